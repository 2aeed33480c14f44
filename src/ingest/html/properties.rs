//! Property tests on random sequences of tags and text.

use super::tests::visible_text;
use super::*;
use crate::ingest::char_cleanup::{CharAction, char_action};
use crate::model::{Cell, Figure, Href, List, ReadableText};
use proptest::prelude::*;
use std::collections::HashMap;
use std::fmt::Write;

/// Generates up to 60 pieces of HTML, mostly valid.
fn soup() -> impl Strategy<Value = String> {
    let text = prop::sample::select(vec![
        "江",
        "水退了。",
        " ",
        "\n",
        "a",
        "word ",
        "&amp;",
        "&lt;b",
        "<",
        "&nbsp;",
        "\u{3000}",
        "\u{2028}",
        "\u{200b}",
        "1 < 2",
        "<中",
        "<!-- x -->",
        "分享",
        "😀\u{200d}🔥",
        "&#0;",
        "\u{e000}",
        "]]>",
        "'",
        "\"",
    ]);
    let name = prop::sample::select(vec![
        "p",
        "div",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "code",
        "sub",
        "sup",
        "span",
        "font",
        "a",
        "h1",
        "h3",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "pre",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "dd",
        "ruby",
        "rb",
        "rt",
        "rtc",
        "center",
        "section",
        "o:p",
        "x-y",
        "button",
        "select",
        "option",
        "svg",
        "math",
        "mi",
        "details",
        "summary",
        "small",
        "noscript",
        "form",
        "label",
        "q",
    ]);
    let attributes = prop::sample::select(vec![
        "",
        "",
        "",
        " class='caption'",
        " id=n1",
        " href='#n1'",
        " href='/b'",
        " style='font-weight:bold'",
        " hidden",
        " start=2",
        " colspan=2",
        "/",
    ]);
    let piece = prop_oneof![
        4 => text.prop_map(str::to_owned),
        4 => (name.clone(), attributes).prop_map(|(name, attributes)| format!("<{name}{attributes}>")),
        3 => name.prop_map(|name| format!("</{name}>")),
        1 => prop::sample::select(vec!["<br>", "<hr>", "<img src=/i.png alt=江>", "<img>", "<iframe src=/v></iframe>"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn read_body(html: &str) -> (Vec<Block>, String) {
    let base = url::Url::parse("https://a.example/news/1").unwrap();
    // A title, so that the parser does not search for one.
    let context = BodyContext { title: "—", base: Some(&base), pictures: None };
    let mut found = Diagnostics::default();
    let read = parse_body(html, 1, &context, &mut found);
    (read.body.blocks, found.removed_text)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..Default::default() })]

    #[test]
    fn visible_text_is_kept(html in soup()) {
        let (blocks, mut kept) = read_body(&html);
        kept += &ReadableText::from_parts("", &Document::new(blocks)).text();
        let mut count: HashMap<char, i32> = HashMap::new();
        let is_shown = |c: &char| !c.is_whitespace() && char_action(*c, None) == CharAction::Keep;
        visible_text(&html).chars().filter(is_shown).for_each(|c| *count.entry(c).or_default() += 1);
        kept.chars().filter(is_shown).for_each(|c| *count.entry(c).or_default() -= 1);
        let missing: String = count.iter().filter(|(_, n)| **n > 0).map(|(c, _)| *c).collect();
        prop_assert!(missing.is_empty(), "{} is missing from {}", missing, kept);
    }

    #[test]
    fn parsing_is_idempotent(html in soup()) {
        let (blocks, _) = read_body(&html);
        let written = write(&blocks);
        prop_assert_eq!(read_body(&written).0, blocks, "{}", written);
    }

    #[test]
    fn arbitrary_text_does_not_panic(html in any::<String>()) {
        read_body(&html);
    }

    #[test]
    fn document_round_trips_through_json(html in soup()) {
        let body = Document::new(read_body(&html).0);
        let json = serde_json::to_string(&body).unwrap();
        prop_assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), body);
    }
}

/// Renders blocks as HTML; for tests only.
fn write(blocks: &[Block]) -> String {
    let mut html = String::new();
    write_blocks(blocks, &mut html);
    html
}

fn write_blocks(blocks: &[Block], html: &mut String) {
    for block in blocks {
        match block {
            Block::Lead(inlines) => wrap("strong", html, |html| write_inlines(inlines, html)),
            Block::Paragraph(inlines) => wrap("p", html, |html| write_inlines(inlines, html)),
            Block::Heading(level, inlines) => {
                wrap(&format!("h{level}"), html, |html| write_inlines(inlines, html))
            }
            Block::List(list) => write_list(list, html),
            Block::Quote(inner) => wrap("blockquote", html, |html| write_blocks(inner, html)),
            Block::Preformatted(text) => wrap("pre", html, |html| {
                html.push('\n');
                html.push_str(&escape(text));
            }),
            Block::Table(rows) => {
                wrap("table", html, |html| rows.iter().for_each(|row| write_row(row, html)))
            }
            Block::Figure(figure) => write_figure(figure, html),
            Block::Embed(url) => write!(html, "<iframe src=\"{}\"></iframe>", escape(url.as_str())).unwrap(),
            Block::Rule(()) => html.push_str("<hr>"),
        }
    }
}

fn wrap(name: &str, html: &mut String, inner: impl FnOnce(&mut String)) {
    write!(html, "<{name}>").unwrap();
    inner(html);
    write!(html, "</{name}>").unwrap();
}

fn write_list(list: &List, html: &mut String) {
    let name = if list.start.is_some() { "ol" } else { "ul" };
    write!(html, "<{name} start={}>", list.start.unwrap_or(1)).unwrap();
    list.items.iter().for_each(|item| wrap("li", html, |html| write_blocks(item, html)));
    write!(html, "</{name}>").unwrap();
}

fn write_row(row: &[Cell], html: &mut String) {
    wrap("tr", html, |html| {
        for cell in row {
            let name = if cell.header { "th" } else { "td" };
            let (columns, rows) = (cell.columns.unwrap_or(1), cell.rows.unwrap_or(1));
            write!(html, "<{name} colspan={columns} rowspan={rows}>").unwrap();
            write_blocks(&cell.blocks, html);
            write!(html, "</{name}>").unwrap();
        }
    });
}

fn write_figure(figure: &Figure, html: &mut String) {
    wrap("figure", html, |html| {
        let (src, alt) = (escape(figure.src.as_str()), escape(&figure.alt));
        write!(html, "<img src=\"{src}\" alt=\"{alt}\">").unwrap();
        wrap("figcaption", html, |html| write_inlines(&figure.caption, html));
    });
}

fn write_inlines(inlines: &[Inline], html: &mut String) {
    for inline in inlines {
        let name = match inline {
            Inline::Strong(_) => "b",
            Inline::Emphasis(_) => "i",
            Inline::Underline(_) => "u",
            Inline::Strike(_) => "s",
            Inline::Code(_) => "code",
            Inline::Sub(_) => "sub",
            Inline::Sup(_) => "sup",
            Inline::Ruby(inner, reading) => {
                wrap("ruby", html, |html| {
                    wrap("rb", html, |html| write_inlines(inner, html));
                    wrap("rt", html, |html| html.push_str(&escape(reading)));
                });
                continue;
            }
            Inline::Link(href, inner) => {
                let href = match href {
                    Href::Url(url) => escape(url.as_str()),
                    Href::Anchor(name) => format!("#{}", escape(name)),
                };
                write!(html, "<a href=\"{href}\">").unwrap();
                write_inlines(inner, html);
                html.push_str("</a>");
                continue;
            }
            Inline::Text(text) => {
                html.push_str(&escape(text));
                continue;
            }
            Inline::Anchor(name) => {
                write!(html, "<span id=\"{}\"></span>", escape(name)).unwrap();
                continue;
            }
            Inline::Break => {
                html.push_str("<br>");
                continue;
            }
        };
        wrap(name, html, |html| write_inlines(inline.children(), html));
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
