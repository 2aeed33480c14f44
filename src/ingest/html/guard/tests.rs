use super::*;

/// Compares the output for `html` and the codes of its warnings.
fn check(html: &str, expected: &str, codes: &[&str]) {
    let mut found = Findings::default();
    assert_eq!(guard(html, 1, &mut found), expected, "{html}");
    let (warnings, _) = found.finish();
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
fn unterminated_markup_hides_no_text() {
    check("a<!-- b <p>c", "a b <p>c", &["open-comment"]);
    check("a<![CDATA[b<p>c]]>d", "ab<p>cd", &[]);
    check("a<img alt=\"b>c<p>d", "a<img >c<p>d", &["open-quote"]);
    check("a<p class=", "a", &["cut-tag"]);
    check("a<b c d", "a", &["cut-tag"]);
    check("x<y and z", "x&lt;y and z", &["stray-bracket"]);
    check("a<script>b", "a", &["open-script"]);
    check("a<title>b", "ab", &[]);
}

#[test]
fn depth_and_number_of_elements_are_bounded() {
    let mut found = Findings::default();
    let deep = format!("{}江{}水", "<div>".repeat(50_000), "</div>".repeat(50_000));
    let out = guard(&deep, 1, &mut found);
    assert_eq!(out.matches("<div>").count(), 256);
    assert_eq!(out.matches("</div>").count(), 256);
    assert!(out.contains("江") && out.ends_with("水"));
    let many = "<p>江</p>".repeat(300_000);
    let out = guard(&many, 1, &mut found);
    assert!(out.matches('<').count() <= MOST_NODES);
    assert_eq!(out.matches('江').count(), 300_000);
    let (warnings, _) = found.finish();
    let codes: Vec<_> = warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["deep-nesting", "many-elements"]);
}

#[test]
fn number_of_attributes_is_bounded() {
    let attributes: String = (0..1000).map(|i| format!(" a{i}=1")).collect();
    let mut found = Findings::default();
    let out = guard(&format!("<p{attributes}>江"), 1, &mut found);
    assert_eq!(out.matches('=').count(), MOST_ATTRIBUTES);
    assert!(out.ends_with(">江"));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..Default::default() })]

    /// Repeats random tags: if they grew the parser's stack unnoticed, its depth would be unbounded.
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
    let dom = scraper::Html::parse_fragment(&guard(html, 1, &mut Findings::default()));
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
