//! Examples of HTML and the resulting blocks.

use super::*;

/// Returns the visible text of a plain parse of `html`, as in a browser without style sheets.
pub(in crate::ingest) fn visible_text(html: &str) -> String {
    const HIDDEN: [&str; 14] = [
        "script", "style", "template", "svg", "title", "noscript", "iframe", "rp", "video", "audio",
        "canvas", "datalist", "noembed", "noframes",
    ];
    let dom = scraper::Html::parse_fragment(html);
    let mut text = String::new();
    let is_shown = |node: &ego_tree::NodeRef<'_, scraper::Node>| {
        !node
            .ancestors()
            .filter_map(|node| node.value().as_element())
            .any(|element| HIDDEN.contains(&element.name()))
    };
    for node in dom.tree.root().descendants().filter(is_shown) {
        if let scraper::Node::Text(piece) = node.value() {
            text.push_str(piece);
        }
    }
    text
}

/// Compares the blocks of `html` as JSON.
pub(super) fn check(html: &str, expected: &str) {
    assert_eq!(blocks(html), expected, "{html}");
}

pub(super) fn blocks(html: &str) -> String {
    let base = url::Url::parse("https://a.example/news/1").unwrap();
    let context = BodyContext { title: "题目", base: Some(&base), pictures: None };
    let read = parse_body(html, 1, &context, &mut Diagnostics::default());
    serde_json::to_string(&read.body).unwrap()
}

#[test]
fn block_borders_and_double_breaks_split_paragraphs() {
    check(
        "江<p>水</p>退<div>了<div>。</div></div>",
        r#"[{"p":["江"]},{"p":["水"]},{"p":["退"]},{"p":["了"]},{"p":["。"]}]"#,
    );
    check("江<br>水", r#"[{"p":["江",{"br":0},"水"]}]"#);
    check("<p>江<br> <br/>水<br></p>", r#"[{"p":["江"]},{"p":["水"]}]"#);
    check("<b>江<p>水</p></b>", r#"[{"p":[{"b":["江"]}]},{"p":[{"b":["水"]}]}]"#);
}

#[test]
fn indented_lines_after_breaks_are_paragraphs() {
    check(
        "　　江水退了。<br>　　渡口开船。<br>\n&nbsp;&nbsp;&nbsp;&nbsp;<b>学校</b>复课。",
        r#"[{"p":["江水退了。"]},{"p":["渡口开船。"]},{"p":[{"b":["学校"]},"复课。"]}]"#,
    );
    check("路<br>　雨<br>&nbsp;盐", r#"[{"p":["路",{"br":0},"雨",{"br":0},"盐"]}]"#);
    check("a silence<br>　　—Hamlet", r#"[{"p":["a silence",{"br":0},"—Hamlet"]}]"#);
    check("road<br>&nbsp;&nbsp;&nbsp;&nbsp;rain", r#"[{"p":["road",{"br":0},"rain"]}]"#);
}

#[test]
fn preserved_line_ends_are_breaks() {
    check(
        "<div style='white-space: pre-wrap;'>江：退。\n渡：开。\n\n学：复。</div>水\n文",
        r#"[{"p":["江：退。",{"br":0},"渡：开。"]},{"p":["学：复。"]},{"p":["水文"]}]"#,
    );
    check(
        "<div style='white-space:pre-line'>江\n<p style='white-space:normal'>水\n文</p></div>",
        r#"[{"p":["江"]},{"p":["水文"]}]"#,
    );
}

#[test]
fn numbers_of_lists_are_kept() {
    check("<ol type=A><li>河</ol>", r#"[{"list":{"start":1,"type":"A","items":[[{"p":["河"]}]]}}]"#);
    check(
        "<ol style='list-style-type: lower-roman' start=4><li>河</ol>",
        r#"[{"list":{"start":4,"type":"i","items":[[{"p":["河"]}]]}}]"#,
    );
    check(
        "<ol reversed><li>河<li>湖</ol>",
        r#"[{"list":{"start":2,"reversed":true,"items":[[{"p":["河"]}],[{"p":["湖"]}]]}}]"#,
    );
    check(
        "<ol><li value=7>河<li>湖<li value=20>海</ol>",
        r#"[{"list":{"start":7,"items":[[{"p":["河"]}],[{"p":["湖"]}]]}},{"list":{"start":20,"items":[[{"p":["海"]}]]}}]"#,
    );
    check("<ul type=square><li value=3>河</ul>", r#"[{"list":{"items":[[{"p":["河"]}]]}}]"#);
}

#[test]
fn table_foot_follows_the_body() {
    check(
        "<table><tfoot><tr><td>计<td>3<tbody><tr><td>东<td>1<tr><td>西<td>2</table>",
        r#"[{"table":[[{"in":[{"p":["东"]}]},{"in":[{"p":["1"]}]}],[{"in":[{"p":["西"]}]},{"in":[{"p":["2"]}]}],[{"in":[{"p":["计"]}]},{"in":[{"p":["3"]}]}]]}]"#,
    );
}

#[test]
fn white_space_is_collapsed() {
    check("<p> a \n b&nbsp;&nbsp;c </p>", r#"[{"p":["a b c"]}]"#);
    check("<p>　　江\n水 退</p>", r#"[{"p":["江水 退"]}]"#);
    check("<p>张三　李四</p>", r#"[{"p":["张三　李四"]}]"#);
    check("<p>a<b> b </b>c <i> </i> d</p>", r#"[{"p":["a",{"b":[" b "]},"c d"]}]"#);
    check("<p>a\u{2028}b\u{200b}c</p>", r#"[{"p":["a",{"br":0},"bc"]}]"#);
}

#[test]
fn formats_nest_at_most_once() {
    check("<p><b><strong>江</strong>水</b><i>退</i></p>", r#"[{"p":[{"b":["江水"]},{"i":["退"]}]}]"#);
    check("<p><b>江<i>水</b>退</i></p>", r#"[{"p":[{"b":["江",{"i":["水"]}]},{"i":["退"]}]}]"#);
    check(
        "<p>H<sub>2</sub>O<sup>*</sup> <u>a</u><s>b</s><code>c</code></p>",
        r#"[{"p":["H",{"sub":["2"]},"O",{"sup":["*"]}," ",{"u":["a"]},{"s":["b"]},{"code":["c"]}]}]"#,
    );
    check("<p><span style='font-weight: bold'>江</span><b></b><b> </b></p>", r#"[{"p":[{"b":["江"]}]}]"#);
}

#[test]
fn links_are_resolved_and_unsafe_ones_unwrapped() {
    check(
        "<p><a href='/b'>江</a><a href='javascript:x()'>水</a></p>",
        r#"[{"p":[{"a":["https://a.example/b",["江"]]},"水"]}]"#,
    );
    check("<p><a href='mailto:a@b.example'>信</a></p>", r#"[{"p":[{"a":["mailto:a@b.example",["信"]]}]}]"#);
    check(
        "<p><a href='/1'>第一条消息</a><a href='/2'>第二条消息</a></p>",
        r#"[{"p":[{"a":["https://a.example/1",["第一条消息"]]},{"br":0},{"a":["https://a.example/2",["第二条消息"]]}]}]"#,
    );
}

#[test]
fn only_linked_anchors_are_kept() {
    check(
        "<p>江<a href='#n1'>1</a></p><p id=n1>注</p><p id=n2>水<a href='#n3'>3</a></p>",
        r##"[{"p":["江",{"a":["#n1",["1"]]}]},{"p":[{"#":"n1"},"注"]},{"p":["水3"]}]"##,
    );
    check(
        "<p>江<a href='#n1'>1</a></p><div id=n1><img src=i.png></div><p>注</p>",
        r##"[{"p":["江",{"a":["#n1",["1"]]}]},{"fig":{"src":"https://a.example/news/i.png"}},{"p":[{"#":"n1"},"注"]}]"##,
    );
}

#[test]
fn headings_and_quotes_become_blocks() {
    check("<h1>江</h1><h3>水</h3><h6>退</h6>", r#"[{"h":[2,["江"]]},{"h":[3,["水"]]},{"h":[4,["退"]]}]"#);
    check("<blockquote>江<p>水</p></blockquote>", r#"[{"quote":[{"p":["江"]},{"p":["水"]}]}]"#);
    check("<blockquote> </blockquote>", "[]");
    check("<p>江<q>水</q></p>", r#"[{"p":["江“水”"]}]"#);
}

#[test]
fn lists_contain_their_items() {
    check("<ul><li>江<li>水</ul>", r#"[{"list":{"items":[[{"p":["江"]}],[{"p":["水"]}]]}}]"#);
    check(
        "<ol start=3><li>江<ul><li>水</ul></ol>",
        r#"[{"list":{"start":3,"items":[[{"p":["江"]},{"list":{"items":[[{"p":["水"]}]]}}]]}}]"#,
    );
    check(
        "<li>江</li><li>水</li><p>退</p>",
        r#"[{"list":{"items":[[{"p":["江"]}],[{"p":["水"]}]]}},{"p":["退"]}]"#,
    );
    check("<ul>江<li></li></ul>", r#"[{"list":{"items":[[{"p":["江"]}]]}}]"#);
    check("<dl><dt>江<dd>水</dl>", r#"[{"p":[{"b":["江"]}]},{"p":["水"]}]"#);
    check("<details><summary>江</summary>水</details>", r#"[{"p":[{"b":["江"]}]},{"p":["水"]}]"#);
}

#[test]
fn tables_keep_their_cells() {
    check(
        "<table><caption>表</caption><tr><th>江<td colspan=2>水<tr><td>1<td><td>2</table>",
        r#"[{"p":["表"]},{"table":[[{"th":true,"in":[{"p":["江"]}]},{"cols":2,"in":[{"p":["水"]}]}],[{"in":[{"p":["1"]}]},{"in":[]},{"in":[{"p":["2"]}]}]]}]"#,
    );
    check("<table><tr><td><p>江<tr><td>水</table>", r#"[{"p":["江"]},{"p":["水"]}]"#);
    check("<table><tr><td> </table>", "[]");
}

#[test]
fn preformatted_text_keeps_its_lines() {
    check("<pre>\n a\n  b<br>c </pre>", r#"[{"pre":" a\n  b\nc"}]"#);
    let long = "江".repeat(61);
    check(
        &format!("<pre>{long}\n<b>水</b></pre>"),
        &format!(r#"[{{"p":["{long}",{{"br":0}},{{"b":["水"]}}]}}]"#),
    );
}

#[test]
fn images_split_paragraphs() {
    check(
        "<p>江<img src=i.png alt=' 水位 '>退</p>",
        r#"[{"p":["江"]},{"fig":{"src":"https://a.example/news/i.png","alt":"水位"}},{"p":["退"]}]"#,
    );
    for alt in ["DSC_0042.JPG", "tide-medium.jpg", "https://a.example/news/i.png"] {
        check(&format!("<img src=i.png alt='{alt}'>"), r#"[{"fig":{"src":"https://a.example/news/i.png"}}]"#);
    }
    check(
        "<a href='/b'><img src='//b.example/i.png' width=16 height=9px></a>",
        r#"[{"fig":{"src":"https://b.example/i.png","size":[16,9]}}]"#,
    );
    check(
        "<img src='data:image/gif;base64,AAAA' data-src='/i.png'>",
        r#"[{"fig":{"src":"https://a.example/i.png"}}]"#,
    );
    check("<img srcset='/1.png 1x, /2.png 2x'>", r#"[{"fig":{"src":"https://a.example/2.png"}}]"#);
    check(
        "<picture><source srcset='/1.webp 100w, /2.webp 200w'><img></picture>",
        r#"[{"fig":{"src":"https://a.example/2.webp"}}]"#,
    );
    check(
        "<img src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAJ'><img src='data:image/gif;base64,R0lGODlhAQABAIAA'>",
        r#"[{"fig":{"src":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAJ"}}]"#,
    );
    check("<img src=''><img src='file:///i.png'><img src=p.gif width=1 height=1>", "[]");
    check("<p>好<img class=emoji alt=😀 src=e.png></p>", r#"[{"p":["好😀"]}]"#);
}

#[test]
fn proxied_images_have_the_original_as_fallback() {
    check(
        "<img src='https://images.weserv.nl/?url=a.example/i.png'>",
        r#"[{"fig":{"src":"https://images.weserv.nl/?url=a.example/i.png","fallback":"https://a.example/i.png"}}]"#,
    );
    check(
        "<img src='https://images.weserv.nl?url=https%3A%2F%2Fa.example%2Fi.png&w=9'>",
        r#"[{"fig":{"src":"https://images.weserv.nl/?url=https%3A%2F%2Fa.example%2Fi.png&w=9","fallback":"https://a.example/i.png"}}]"#,
    );
}

#[test]
fn captions_are_attached_to_their_image() {
    let figure = r#"[{"fig":{"src":"https://a.example/i.png","caption":["江"]}}]"#;
    check("<figure><img src=/i.png><figcaption>江</figcaption></figure>", figure);
    check("<figure><figcaption>江</figcaption><img src=/i.png></figure>", figure);
    check("<figure><img src=/i.png><div>江</div></figure>", figure);
    check("<div><img src=/i.png></div><p class='wp-caption-text'>江</p>", figure);
    check("<img src=/i.png><div><small>江</small></div>", figure);
    check("<div><img src=/i.png><br><small>江</small></div>", figure);
    check(
        "<figure><img src=/i.png><span>社</span><figcaption>江</figcaption></figure>",
        r#"[{"fig":{"src":"https://a.example/i.png","caption":["江",{"br":0},"社"]}}]"#,
    );
    check("<figure><figcaption>江</figcaption></figure>", r#"[{"p":["江"]}]"#);
    check("<p><img src=/i.png alt='江'></p><p>江</p>", figure);
    check("<p><img src=/i.png><img src=/icon-zoom.png><div class=image-caption>江</div>", figure);
}

#[test]
fn embeds_become_links() {
    check(
        "<iframe src='//www.youtube.com/embed/abcdefghijk?x'>old</iframe>",
        r#"[{"embed":"https://www.youtube.com/watch?v=abcdefghijk"}]"#,
    );
    check(
        "<video><source src=/v.mp4>old</video><audio src=/a.mp3></audio>",
        r#"[{"embed":"https://a.example/v.mp4"},{"embed":"https://a.example/a.mp3"}]"#,
    );
    check("<iframe src='javascript:x'></iframe><object>江</object>", r#"[{"p":["江"]}]"#);
}

#[test]
fn noscript_fallbacks_are_used_once() {
    check(
        "<img data-src=/i.png><noscript><img src=/i.png></noscript>",
        r#"[{"fig":{"src":"https://a.example/i.png"}}]"#,
    );
    check(
        "<img src=''><noscript><img src=/i.png></noscript>",
        r#"[{"fig":{"src":"https://a.example/i.png"}}]"#,
    );
    check("<p>江<noscript>水</noscript></p>", r#"[{"p":["江水"]}]"#);
}

#[test]
fn readings_belong_to_their_bases() {
    check(
        "<p>在<ruby>江<rp>(</rp><rt>jiāng</rt><rp>)</rp>水<rp>(</rp><rt>shuǐ</rt><rp>)</rp></ruby>边</p>",
        r#"[{"p":["在",{"ruby":[["江"],"jiāng"]},{"ruby":[["水"],"shuǐ"]},"边"]}]"#,
    );
    // Neighbours with the same reading.
    check(
        "<ruby>龘<rt>ㄉㄚˊ</rt></ruby><ruby>龘<rt>ㄉㄚˊ</rt></ruby>",
        r#"[{"p":[{"ruby":[["龘"],"ㄉㄚˊ"]},{"ruby":[["龘"],"ㄉㄚˊ"]}]}]"#,
    );
    // Kana between bases has no reading of its own.
    check("<ruby>降<rt>ふ</rt>りました</ruby>。", r#"[{"p":[{"ruby":[["降"],"ふ"]},"りました。"]}]"#);
    check("<h2>第<ruby>一<rt>いち</rt></ruby>章</h2>", r#"[{"h":[2,["第",{"ruby":[["一"],"いち"]},"章"]]}]"#);
}

#[test]
fn explicit_bases_and_rows_of_readings_are_paired() {
    check(
        "<ruby><rb>東<rb>京<rt>とう<rt>きょう</ruby>",
        r#"[{"p":[{"ruby":[["東"],"とう"]},{"ruby":[["京"],"きょう"]}]}]"#,
    );
    check(
        "<ruby><rb>東</rb><rb>京</rb><rtc><rt>とう</rt><rt>きょう</rt></rtc><rtc>Tokyo</rtc></ruby>",
        r#"[{"p":[{"ruby":[[{"ruby":[["東"],"とう"]},{"ruby":[["京"],"きょう"]}],"Tokyo"]}]}]"#,
    );
    check(
        "<ruby>東京<rt>とうきょう</rt><rt>Tokyo</rt></ruby>",
        r#"[{"p":[{"ruby":[[{"ruby":[["東京"],"とうきょう"]}],"Tokyo"]}]}]"#,
    );
    check(
        "<ruby><ruby>東<rt>ひがし</rt>南<rt>みなみ</rt></ruby><rt>たつみ</rt></ruby>",
        r#"[{"p":[{"ruby":[[{"ruby":[["東"],"ひがし"]},{"ruby":[["南"],"みなみ"]}],"たつみ"]}]}]"#,
    );
    check(
        "<ruby><rb>東</rb><rt>とう</rt><rb>京</rb><rt>きょう</rt></ruby>",
        r#"[{"p":[{"ruby":[["東"],"とう"]},{"ruby":[["京"],"きょう"]}]}]"#,
    );
}

#[test]
fn formats_and_white_space_around_readings_are_kept() {
    check(
        "<p><b>去<ruby>東京<rt><span>とう</span><i>きょう</i></rt></ruby></b></p>",
        r#"[{"p":[{"b":["去",{"ruby":[["東京"],"とうきょう"]}]}]}]"#,
    );
    check(
        "<p>去\n<ruby>\n<b>東</b>京\n<rt>\nとう きょう\n</rt>\n</ruby>\n的</p>",
        r#"[{"p":["去",{"ruby":[[{"b":["東"]},"京"],"とう きょう"]},"的"]}]"#,
    );
}

#[test]
fn readings_without_a_base_stay_in_the_text() {
    check("<p>江<rt>jiāng</rt>水</p>", r#"[{"p":["江（jiāng）水"]}]"#);
    check("<ruby><rt>jiāng</rt></ruby>水", r#"[{"p":["（jiāng）水"]}]"#);
    check("<ruby>江<rt></rt></ruby>水", r#"[{"p":["江水"]}]"#);
    check("<pre><ruby>江<rt>jiāng</rt></ruby>水</pre>", r#"[{"pre":"江（jiāng）水"}]"#);
    let many = format!("<ruby>江{}</ruby>", "<rt>a</rt>".repeat(6));
    assert!(blocks(&many).contains("（a）（a）"), "{}", blocks(&many));
}

#[test]
fn block_nesting_is_bounded() {
    let html = format!("{}江", "<blockquote><ul><li><table><tr><td>1<td>".repeat(100));
    let json = blocks(&html);
    let body: Document = serde_json::from_str(&json).unwrap();
    assert!(json.contains("江"));
    assert_eq!(serde_json::to_string(&body).unwrap(), json);
}

#[test]
fn strong_first_paragraph_becomes_the_lead() {
    let lead = "江水昨夜退了，堤上的人们终于回家。";
    check(
        &format!("<img src=/i.png><p><strong>{lead}</strong></p><p>一</p><p>二</p>"),
        &format!(
            r#"[{{"lead":["{lead}"]}},{{"fig":{{"src":"https://a.example/i.png"}}}},{{"p":["一"]}},{{"p":["二"]}}]"#
        ),
    );
    check(
        &format!("<p><strong>{lead}</strong></p><p>一</p>"),
        &format!(r#"[{{"p":[{{"b":["{lead}"]}}]}},{{"p":["一"]}}]"#),
    );
}

#[test]
fn shadow_roots_are_displayed_and_other_templates_are_not() {
    check(
        "<p>江</p><news-card><template shadowrootmode=open><style>p { color: red }</style><p>水</p></template></news-card>",
        r#"[{"p":["江"]},{"p":["水"]}]"#,
    );
    check(
        "<div><template shadowroot=closed>江<b>水</b></template></div>退",
        r#"[{"p":["江",{"b":["水"]}]},{"p":["退"]}]"#,
    );
    check(
        "<p>江</p><template><p>水</p></template><template shadowrootmode>退</template>",
        r#"[{"p":["江"]}]"#,
    );
}
