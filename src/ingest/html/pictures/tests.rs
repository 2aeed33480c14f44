//! Examples of image markup and the resulting URLs.

use crate::ingest::diagnostics::Diagnostics;
use crate::ingest::html::{BodyContext, parse_body};
use crate::model::{Block, Document};

fn parse(html: &str) -> Document {
    let base = url::Url::parse("https://a.example/news/1").unwrap();
    let context = BodyContext { title: "题目", base: Some(&base), pictures: None };
    parse_body(html, 1, &context, &mut Diagnostics::default()).body
}

/// Compares the URLs of the images of `html`, without the site.
fn check(html: &str, expected: &[&str]) {
    let mut found = Vec::new();
    let document = parse(html);
    document.for_each_block(|block| {
        if let Block::Figure(figure) = block {
            found.push(figure.src.as_str().trim_start_matches("https://a.example"));
        }
    });
    assert_eq!(found, expected, "{html}");
}

#[test]
fn lazy_image_is_found_under_any_attribute() {
    for attributes in [
        "src=/s/loading.gif lay-src=/p/1.jpg",
        "src=/s/sg_trans.gif real_src=/p/1.jpg",
        "src=/s/none.gif file=/p/1.jpg aid=3",
        "src=/s/none.gif zoomfile=/p/1.jpg",
        "src='data:image/svg+xml;base64,PHN2Zy8+' data-lazyload=/p/1.jpg",
        "src=/s/blank.png data-echo=/p/1.jpg",
        "src=/s/grey.gif data-ks-lazyload=/p/1.jpg",
        "class=lazy src='data:image/gif;base64,R0lGODlhAQABAAAAACH5' data-large-file=/p/1.jpg",
        "src='' data-img=/p/1.jpg",
        "data-lzimg=../p/1.jpg src=./images/loading.gif",
        "width=1 height=1 src=/1x1.png data-src=/p/1.jpg",
        "src=about:blank data-cfsrc=/p/1.jpg",
        "src=/s/lazyload.png data-original=/p/1.jpg",
        "data-srcset='/p/0.jpg 300w, /p/1.jpg 900w' src=/s/blank.gif",
        "data-lazy-srcset='/p/0.jpg 1x, /p/1.jpg 2x'",
        "data-bgset='/p/1.jpg 900w'",
        "src=/s/dot.png class=lazyload data-photo=/p/1.jpg",
        "src=/s/s.gif data-thumb=/p/0.jpg data-full=/p/1.jpg",
    ] {
        check(&format!("<p>江</p><p><img {attributes}></p>"), &["/p/1.jpg"]);
    }
    check(
        "<img data-src='https://b.example/mmbiz/x/640?wx_fmt=jpeg'>",
        &["https://b.example/mmbiz/x/640?wx_fmt=jpeg"],
    );
    check("<img src=/s/t.gif data-src='/p/1_{width}x.jpg'>", &["/p/1_1080x.jpg"]);
}

#[test]
fn lazy_image_is_found_in_json() {
    check(r#"<img data-attrs='{"src":"https://a.example/p/1.jpg","thumb":"/p/0.jpg"}'>"#, &["/p/1.jpg"]);
    check(r#"<img src='' data-set='{"/p/0.jpg":[90,60],"/p/1.jpg":[900,600]}'>"#, &["/p/1.jpg"]);
    check(r#"<img src='' data-set='{"filename":"1.jpg"}' srcset='/p/1.jpg 1x'>"#, &["/p/1.jpg"]);
    check(r#"<img src=/p/2.jpg data-attrs='{"src":"/p/1.jpg"}'>"#, &["/p/2.jpg"]);
}

#[test]
fn shown_image_precedes_other_attributes() {
    check("<img src=/p/1.jpg data-large-file=/p/2.jpg data-share-image=/p/3.jpg>", &["/p/1.jpg"]);
    check("<img src=/p/1.jpg data-placeholder-src=/p/2.jpg data-error=/p/3.jpg>", &["/p/1.jpg"]);
    check("<img class=lazyloaded src=/p/1.jpg data-photo=/p/2.jpg>", &["/p/1.jpg"]);
    check("<img src=/p/loading-dock.jpg>", &["/p/loading-dock.jpg"]);
    check("<img src=/p/1.jpg data-lazy=true data-original=1>", &["/p/1.jpg"]);
    check("<img data-thumb-src=/p/0.jpg src=/s/blank.gif>", &["/p/0.jpg"]);
}

#[test]
fn placeholder_alone_is_no_image() {
    check("<img src=/s/loading.gif><img src=/s/blank.png><img src=#>", &[]);
    check("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACH5'>", &[]);
}

#[test]
fn sources_of_a_picture_may_be_lazy() {
    check(
        "<picture><source data-srcset='/p/1.webp 900w' srcset='data:image/gif;base64,R0lGODlhAQABAAAAACH5'><img src=/s/blank.gif></picture>",
        &["/p/1.webp"],
    );
    check(
        "<picture><source srcset='/p/1.webp'><img src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAJ'></picture>",
        &["/p/1.webp"],
    );
}

#[test]
fn image_and_its_copy_in_noscript_are_shown_once() {
    check(
        "<img class=lazy src=/s/t.gif data-u=/p/1-300.jpg><noscript><img src=/p/1.jpg></noscript>",
        &["/p/1-300.jpg"],
    );
    check(
        "<noscript><img src=/p/1.jpg></noscript><img class=lazy src=/s/t.gif data-src=/p/1.jpg>",
        &["/p/1.jpg"],
    );
    check("<img src=/60/1.jpg?q=20><noscript><img src=/700/1.jpg></noscript>", &["/700/1.jpg"]);
    check("<img src=/s/t.gif alt=江><noscript><img src=/p/1.jpg alt=江></noscript>", &["/p/1.jpg"]);
    check("<img src=/p/1.jpg><noscript><img src=/p/2.jpg></noscript>", &["/p/1.jpg", "/p/2.jpg"]);
    check(
        "<noscript><img src=/p/1.jpg></noscript><p>江</p><img data-src=/p/2.jpg>",
        &["/p/1.jpg", "/p/2.jpg"],
    );
}

#[test]
fn blurred_copy_gives_way_to_its_image() {
    check(
        "<div><img src='data:image/jpeg;base64,/9j/4AAQSkZJRg'><picture><img src=/p/1.jpg></picture></div>",
        &["/p/1.jpg"],
    );
    check(
        "<p><img src='data:image/jpeg;base64,/9j/4AAQSkZJRg'>江<img src=/p/1.jpg></p>",
        &["data:image/jpeg;base64,/9j/4AAQSkZJRg", "/p/1.jpg"],
    );
}

#[test]
fn image_drawn_by_a_style_or_script_is_shown() {
    check("<div role=img aria-label=渡口 style='background-image:url(/p/1.jpg)'></div>", &["/p/1.jpg"]);
    check("<div style='background: #fff url(\"/p/1.jpg\") no-repeat; padding-top:56%'></div>", &["/p/1.jpg"]);
    check(
        "<div data-bg=\"url('/p/1.jpg')\"></div><span class=lazy data-src=/p/2.jpg></span>",
        &["/p/1.jpg", "/p/2.jpg"],
    );
    check(
        "<noscript><img src=/p/1.jpg></noscript><span class=lazy-image data-src=/p/1.jpg>&nbsp;</span>",
        &["/p/1.jpg"],
    );
    check("<x-image src=/p/1.jpg></x-image>", &["/p/1.jpg"]);
    check("<div class=wp-block-cover style='background-image:url(/p/1.jpg)'><p>江</p></div>", &["/p/1.jpg"]);
    check("<div style='background-image:url(/p/1.jpg)'><p>江</p></div>", &[]);
    check(
        "<p>江</p><i class=icon style='background:url(/p/1.png)'></i><p style='background:url(/p/1.png) repeat-x'></p>",
        &[],
    );
}

#[test]
fn photographs_named_like_icons_are_kept() {
    check(
        "<p>江</p><img src=/p/icon-of-st-nicholas.jpg><img src=/p/btn-tower.png width=800 height=600><img src=/p/blank.-page.jpg>",
        &["/p/icon-of-st-nicholas.jpg", "/p/btn-tower.png", "/p/blank.-page.jpg"],
    );
    check("<p>江</p><img src=/p/icon-play.png width=640>", &["/p/icon-play.png"]);
    check(
        "<p>江</p><img src=/p/icon-zoom.png><img src=/p/icon-x.png width=24 height=24><img src=/p/btn_share.gif>",
        &[],
    );
}

#[test]
fn text_of_an_image_that_cannot_be_shown_is_kept() {
    let text = |html: &str| {
        let mut text = String::new();
        parse(html).push_text(&mut text);
        text
    };
    assert_eq!(text("<p><img src='data:image/svg+xml;utf8,<svg/>' alt=水位曲线></p>"), "\n水位曲线");
    assert_eq!(
        text("<p>江</p><img src='' alt='图片'><img src='' alt=i.jpg><img src='' alt=98A7-5A6D>"),
        "\n江"
    );
    assert_eq!(
        text("<figure><img src='' alt=渡口><figcaption>清早的渡口</figcaption></figure>"),
        "\n清早的渡口"
    );
}

#[test]
fn image_of_a_character_stays_in_its_line() {
    let line =
        |html: &str, text: &str| crate::ingest::html::tests::check(html, &format!(r#"[{{"p":[{text}]}}]"#));
    line("<p>江<img src=/z/1.gif alt=赟 width=16 height=16>水</p>", r#""江赟水""#);
    line("<p>江<img src=/z/1.gif alt=赟>水</p>", r#""江赟水""#);
    line(
        "<p>江<img class=face alt=[笑哭] src=/f/1.png style='width:1em;height:1em;'>，水</p>",
        r#""江[笑哭]，水""#,
    );
    line(
        "<p>江<span><img alt='[心]' src=/f/1.png style='width:1rem'><img alt='[心]' src=/f/1.png style='width:1rem'></span></p>",
        r#""江[心][心]""#,
    );
    line("<p><img src=/z/1.png alt=赟 height=16>水</p>", r#""赟水""#);
    line("<p>江<img src=/core/emoji/72x72/1f40d.png alt=':snake:' class=wp-smiley>水</p>", r#""江🐍水""#);
    line("<p><img src=/emoji/emoji_u1f468_200d_1f4bb.png></p>", "\"👨\u{200d}💻\"");
    line("<p>好<img class=emoji alt=😀 src=e.png></p>", r#""好😀""#);
    line("<p>江<img src='https://b.example/equation?tex=E%3Dmc%5E2' eeimg=1>水</p>", r#""江E=mc²水""#);
    line(
        r"<p>当<img class=mwe-math-fallback-image-inline src=/m alt='{\displaystyle x&gt;0}' style='vertical-align:-0.3ex;width:5.3ex;height:2.1ex'>时</p>",
        r#""当x>0时""#,
    );
    line(
        "<p>“<img src=/z/9.png style='height:1em;vertical-align:middle'>”字残缺</p>",
        r#""“",{"a":["https://a.example/z/9.png",["〓"]]},"”字残缺""#,
    );
    line("<p>江<img class=icon src=/z/9.png width=12 height=12>水</p>", r#""江水""#);
}

#[test]
fn image_outside_of_a_line_is_a_figure() {
    check("<p>江</p><p><img src=/z/9.png height=20></p><p>水</p>", &["/z/9.png"]);
    check("<p>江<br><img src=/z/9.png height=20><br>水</p>", &["/z/9.png"]);
    check("<p>江<img src=/p/1.jpg width=600 alt=赟>水</p>", &["/p/1.jpg"]);
    check("<p>江<img src=/p/1.jpg alt=渡口>水</p>", &["/p/1.jpg"]);
    check("<p><img src=/m/1.png class=latex alt='x^2'></p>", &["/m/1.png"]);
    check("<p>江</p><img class=face src=/p/1.jpg alt=一张脸的照片><p>水</p>", &["/p/1.jpg"]);
}
