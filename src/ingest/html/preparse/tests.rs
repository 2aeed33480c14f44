use super::*;
use crate::ingest::html::visible_text;
use proptest::prelude::Strategy;

/// Compares the output for `html` and the codes of its warnings.
fn check(html: &str, expected: &str, codes: &[&str]) {
    let mut found = Diagnostics::default();
    assert_eq!(preprocess(html, 1, &mut found), expected, "{html}");
    let (warnings, _) = found.into_parts();
    let got: Vec<_> = warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(got, codes, "{html}");
}

#[test]
fn valid_html_is_unchanged() {
    for html in [
        "<p class=\"a > b\" id='x'>江<br>水</p>",
        "<table><tr><td>1</td><td>2</td></tr></table>",
        "<p><b>江</p><p>水</b></p>",
        "<o:p></o:p><lt-div>x</lt-div>",
        "1 > 0 &lt; &amp;",
    ] {
        check(html, html, &[]);
    }
}

#[test]
fn invalid_tags_become_text() {
    let stray = &["stray-bracket"][..];
    check("发展<人民的利益<爱国</p>", "发展&lt;人民的利益&lt;爱国</p>", stray);
    check("<<华尔街日报>>", "&lt;&lt;华尔街日报>>", stray);
    check("<a股>和<b中文>", "&lt;a股>和&lt;b中文>", stray);
    check("<me@a.example> <https://a.example/>", "&lt;me@a.example> &lt;https://a.example/>", stray);
    check("1 < 2 </中文> <!江> <?江>", "1 &lt; 2 &lt;/中文> &lt;!江> &lt;?江>", stray);
    check("a<", "a&lt;", stray);
}

#[test]
fn implied_end_tags_are_written() {
    check("<p>1<p>2<ul><li>3<li>4</ul>", "<p>1</p><p>2</p><ul><li>3</li><li>4</li></ul>", &[]);
    check("<table><tr><td>1<td>2<tr></table>", "<table><tr><td>1</td><td>2</td></tr><tr></tr></table>", &[]);
    check("1</div><td>2</li>", "1<br><br>2<br><br>", &[]);
    check("<svg><path d=1 /><g/></svg><div/>1", "<svg><path d=1 ></path><g></g></svg><div>1", &[]);
}

#[test]
fn joined_tag_names_are_repaired() {
    let glued = &["glued-tag"][..];
    check("<divclass=\"x\"id=\"y\">江</div>", "<div class=\"x\"id=\"y\">江</div>", glued);
    check(
        "<imgclass=\"x\"src=\"https://a.example/i.png\">",
        "<img class=\"x\"src=\"https://a.example/i.png\">",
        glued,
    );
    check("<ahref=https://a.example/>江</a>", "<a href=https://a.example/>江</a>", glued);
}

#[test]
fn invisible_content_is_removed() {
    check(
        "a<script>if (a < b) '<p>'</script >b<STYLE>p{}</style>c<!-- <p> -->d<!doctype html>e<?xml x?>f",
        "abcdef",
        &[],
    );
    check("<iframe src=x><p>old</iframe>a", "<iframe src=x></iframe>a", &[]);
    check(
        "<noscript><caption><svg></noscript>a",
        "<sheaf-noscript><br><br><svg></svg></sheaf-noscript>a",
        &[],
    );
    check("<noscript><img src=a></noscript>", "<sheaf-noscript><img src=a></sheaf-noscript>", &[]);
    check("<textarea><b>1</textarea>", "<textarea>&lt;b>1</textarea>", &[]);
    check("<xmp><b>1</xmp>", "<pre>&lt;b>1</pre>", &[]);
}

#[test]
fn text_behind_odd_nesting_stays_visible() {
    for html in [
        "<template><table></template>江",
        "<table><tr><td><svg><td><foreignObject><span></td>江",
        "<script><!--<script></script>--></script>江",
        "<object><source src=>江",
    ] {
        let guarded = preprocess(html, 1, &mut Diagnostics::default());
        assert_eq!(visible_text(&guarded), "江", "{guarded}");
    }
    check("<source src=><source src= ><source src=a=>", "<source src /><source src /><source src=a= />", &[]);
}

#[test]
fn comment_of_any_ending_hides_itself_alone() {
    for comment in [
        "<!-->",
        "<!--->",
        "<!---->",
        "<!----->",
        "<!--x-->",
        "<!--x--->",
        "<!--x---->",
        "<!--x--!>",
        "<!--x---!>",
        "<!--x--!-->",
        "<!--<!-->",
        "<!--x>y-->",
    ] {
        check(&format!("江{comment}水<!--y-->退"), "江水退", &[]);
    }
}

#[test]
fn unterminated_markup_hides_no_text() {
    check("a<!-- b <p>c", "a b <p>c", &["open-comment"]);
    check("a<![CDATA[b<p>c]]>d", "ab<p>cd", &[]);
    check("a<img alt=\"b>c<p>d", "a<img >c<p>d", &["open-quote"]);
    check("a<p class=", "a", &["cut-tag"]);
    check("a<b c d", "a", &["cut-tag"]);
    check("x<y and z", "x&lt;y and z", &["stray-bracket"]);
    check("a<script>b", "a", &["open-script"]);
    for name in ["title", "textarea", "xmp"] {
        check(&format!("a<{name}>b<p>c"), "ab<p>c", &["open-text"]);
    }
    check(
        "<noscript><!--</noscript>江<noscript>--></noscript>",
        "<sheaf-noscript></sheaf-noscript>江<sheaf-noscript>--></sheaf-noscript>",
        &[],
    );
}

#[test]
fn depth_and_number_of_elements_are_bounded() {
    let mut found = Diagnostics::default();
    let deep = format!("{}江{}水", "<div>".repeat(50_000), "</div>".repeat(50_000));
    let out = preprocess(&deep, 1, &mut found);
    assert_eq!(out.matches("<div>").count(), 256);
    assert_eq!(out.matches("</div>").count(), 256);
    assert!(out.contains("江") && out.ends_with("水"));
    let many = "<p>江</p>".repeat(300_000);
    let out = preprocess(&many, 1, &mut found);
    assert!(out.matches('<').count() <= MAX_NODES);
    assert_eq!(out.matches('江').count(), 300_000);
    let (warnings, _) = found.into_parts();
    let codes: Vec<_> = warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["deep-nesting", "many-elements"]);
}

#[test]
fn number_of_attributes_is_bounded() {
    let attributes: String = (0..1000).map(|i| format!(" a{i}=1")).collect();
    let mut found = Diagnostics::default();
    let out = preprocess(&format!("<p{attributes}>江"), 1, &mut found);
    assert_eq!(out.matches('=').count(), MAX_ATTRIBUTES);
    assert!(out.ends_with(">江"));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..Default::default() })]

    /// The order is not compared: text astray in a table moves in front of it, or stays in its cell.
    #[test]
    fn guarded_markup_shows_the_characters_that_it_showed_before(html in markup()) {
        let guarded = preprocess(&html, 1, &mut Diagnostics::default());
        let characters = |html: &str| {
            let mut characters: Vec<char> = visible_text(html).chars().collect();
            characters.sort_unstable();
            characters
        };
        proptest::prop_assert_eq!(characters(&guarded), characters(&html), "{}", guarded);
    }

    /// Repeats a few random tags: what makes the parser's stack grow unseen would grow without bound.
    #[test]
    fn repeated_random_tags_keep_the_depth_bounded(
        part in proptest::collection::vec((proptest::sample::select(NAMES.to_vec()), 0..5_usize), 1..7)
    ) {
        let part: String = part
            .iter()
            .map(|(name, kind)| match kind {
                0 | 1 => format!("<{name}>"),
                2 => format!("<{name} id={}>", name.len()),
                3 => format!("</{name}>"),
                _ => format!("<{name}/>"),
            })
            .collect();
        let depth = parsed_depth(&part.repeat(1500));
        proptest::prop_assert!(depth < 1000, "{} nests {} levels", part, depth);
    }
}

/// Text, comments of all endings and tags.
fn markup() -> impl Strategy<Value = String> {
    let comment = (
        proptest::sample::select(vec![
            "", "x", "-", "--", "x--", "!", "--!", "x--!-", "<!--", "<!", "<p>", ">", "x>",
        ]),
        proptest::sample::select(vec!["-->", "--->", "---->", "--!>", "---!>"]),
    );
    // Elements of raw text are whole: without an end they hide what follows from a browser.
    let raw = proptest::sample::select(vec![
        "<script><!--<script></script>--></script>",
        "<style><p></style>",
        "<iframe><p>x</iframe>",
        "<textarea><p></textarea>",
        "<title><p></title>",
        "<xmp><p></xmp>",
    ]);
    let names: Vec<_> = NAMES
        .into_iter()
        .filter(|name| !["noscript", "iframe", "textarea", "title"].contains(name))
        .collect();
    let name = proptest::sample::select(names);
    let piece = proptest::prop_oneof![
        3 => "[a-z]{1,2}",
        2 => comment.prop_map(|(content, end)| format!("<!--{content}{end}")),
        1 => proptest::sample::select(vec!["<!-->", "<!--->", "<!x>", "<?x>", "</>"]).prop_map(str::to_owned),
        1 => raw.prop_map(str::to_owned),
        3 => name.clone().prop_map(|name| format!("<{name}>")),
        2 => name.prop_map(|name| format!("</{name}>")),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

const NAMES: [&str; 60] = [
    "a",
    "b",
    "font",
    "nobr",
    "i",
    "span",
    "div",
    "p",
    "li",
    "ul",
    "ol",
    "dd",
    "dt",
    "dl",
    "h1",
    "h2",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "colgroup",
    "col",
    "select",
    "option",
    "optgroup",
    "button",
    "form",
    "object",
    "applet",
    "marquee",
    "template",
    "svg",
    "g",
    "foreignObject",
    "desc",
    "title",
    "math",
    "mi",
    "mo",
    "annotation-xml",
    "ruby",
    "rb",
    "rt",
    "rtc",
    "rp",
    "pre",
    "listing",
    "textarea",
    "iframe",
    "noscript",
    "body",
    "html",
    "head",
    "frameset",
    "image",
    "input",
    "br",
    "x-y",
];

/// Returns the depth of the DOM that the parser builds from the output.
fn parsed_depth(html: &str) -> usize {
    let dom = scraper::Html::parse_fragment(&preprocess(html, 1, &mut Diagnostics::default()));
    dom.tree.nodes().map(|node| node.ancestors().count()).max().unwrap_or_default()
}

#[test]
fn known_nesting_attacks_keep_the_depth_bounded() {
    for part in [
        "<div>",
        "<b><div></b>",
        "<div><table><td></div>",
        "<span><div></span>",
        "<svg><p><div/>",
        "<svg><g></svg><div>",
        "<svg><title><g></title>",
        "<svg><desc><div></svg>",
        "<math><mi><p></math>",
        "<b id=1><p>",
        "<a><div></a>",
        "<table><tr><td><table>",
        "<table><b>",
        "<select><div></select>",
        "<button><div></button><p>",
        "<li><div><li>",
        "<ul><li></ul><div>",
        "<object><p></p></object><div>",
        "<template><div></template>",
        "<p><table></p>",
        "<form><div></form>",
        "<h1><div></h2>",
        "<ruby><rt><div></rt>",
        "<dl><dd><div><dd>",
        "<font size=1><p></font>",
    ] {
        let html = part.repeat(5000);
        assert!(parsed_depth(&html) < 1000, "{part} {}", parsed_depth(&html));
    }
}

#[test]
fn formats_and_headings_without_end_tag_end_with_their_block() {
    for (html, expected) in [
        ("<p>先<a href=x>这里</p><p>第二</p>", "<p>先<a href=x>这里</a></p><p>第二</p>"),
        ("<p>原价<s>十元<p>第二", "<p>原价<s>十元</s></p><p>第二"),
        ("<p>三尺<sup>1<p>第二</p>", "<p>三尺<sup>1</sup></p><p>第二</p>"),
        ("<h2>标题<p>第一</p><p>第二</p>", "<h2>标题</h2><p>第一</p><p>第二</p>"),
        ("<b>标题<p>第一</p><table></table>", "<b>标题</b><p>第一</p><table></table>"),
        ("<ul><li><b>一<li>二</ul>", "<ul><li><b>一</b></li><li>二</li></ul>"),
        ("<i>一<b>二</i>三<p>四", "<i>一<b>二</b></i>三<p>四"),
        ("<s>一<s>二</s>三<p>四", "<s>一<s>二</s>三</s><p>四"),
        ("<a name=x />一<p>二", "<a name=x >一</a><p>二"),
    ] {
        check(html, expected, &[]);
    }
}

#[test]
fn script_without_end_tag_ends_at_a_paragraph() {
    let open = &["open-script"][..];
    check("<p>一</p><script>a='<div>';<p>二</p>", "<p>一</p><p>二</p>", open);
    check("<style>p { color: red }\n<h2>一</h2>", "<h2>一</h2>", open);
    check("<p>一</p><script>a = '<div>'", "<p>一</p>", open);
}
