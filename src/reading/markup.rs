//! Markup of a document: the HTML elements of its nodes. App, static pages and books share it.

use super::slices::{Slice, SliceStart};
use crate::model::{
    Block, Figure, Href, Inline, Lang, List, ListMarker, Node, Visitor, site_name, walk_blocks,
};
use crate::text::{TextDirection, display_parts, is_even, listing_parts, span_language};
use std::borrow::Cow;

/// Element of HTML.
#[derive(Debug, Default)]
pub struct Element<'a> {
    /// Tag name.
    pub name: &'static str,
    /// Class for the style sheet.
    pub class: Option<&'static str>,
    /// Id that links lead to.
    pub id: Option<String>,
    /// Language, if it differs from the context.
    pub lang: Option<Lang>,
    /// True for a line of Chinese or Japanese that may be justified.
    pub is_even: bool,
    /// Direction of a block, if it differs from the context.
    pub dir: Option<&'static str>,
    /// Target of a link.
    pub href: Option<Cow<'a, str>>,
    /// True for a link to another site.
    pub is_external: bool,
    /// Number of the first item of a list.
    pub start: Option<i32>,
    /// `type` of an ordered list without numbers.
    pub list_type: Option<&'static str>,
    /// True for a list that counts down.
    pub is_reversed: bool,
    /// Column span of a cell.
    pub columns: Option<u16>,
    /// Row span of a cell.
    pub rows: Option<u16>,
    /// `tabindex`: `0` for scroll containers, `-1` for targets of links.
    pub tab_index: Option<&'static str>,
    /// Accessible name of a region.
    pub label: Option<&'static str>,
    /// True if a line of text begins with the element.
    pub is_line: bool,
}

/// Output of a document: nodes of the app, or HTML text.
pub trait MarkupSink<'a> {
    /// Begins an element.
    fn open(&mut self, element: Element<'a>);
    /// Ends the innermost element, which has this name.
    fn close(&mut self, name: &'static str);
    /// Adds text of the article.
    fn text(&mut self, text: &'a str);
    /// Adds a line break, which counts as a space of the text.
    fn line_break(&mut self);
    /// Adds text that does not belong to the article.
    fn label(&mut self, text: String);
    /// Adds the image of a figure; `lang` is the language of its context.
    fn picture(&mut self, figure: &'a Figure, lang: Lang);
    /// Ends a block.
    fn end_block(&mut self) {}
    /// Leaves a slice of a very long document for later and returns true, or returns false.
    fn defer(&mut self, _: SliceStart) -> bool {
        false
    }
    /// Passes the start of a node in a deferred slice.
    fn skip(&mut self, _: Node<'a>) {}
    /// Passes the end of a node in a deferred slice.
    fn skip_end(&mut self, _: Node<'a>) {}
}

/// Element id of a heading by its index.
pub fn heading_id(number: usize) -> String {
    format!("h-{number}")
}

/// Element id of an anchor of the article.
fn anchor_id(name: &str) -> String {
    format!("n-{name}")
}

/// Labels of tables, embeds and images, in one language.
#[derive(Clone, Copy, Debug)]
pub struct MarkupTexts {
    lang: Lang,
    table: &'static str,
}

impl MarkupTexts {
    /// Returns the texts in Chinese, or else in English.
    pub fn new(lang: Lang) -> MarkupTexts {
        match lang {
            Lang::ZhHans => MarkupTexts { lang, table: "表格，可左右滚动" },
            Lang::ZhHant => MarkupTexts { lang, table: "表格，可左右捲動" },
            _ => MarkupTexts { lang: Lang::En, table: "Scrollable table" },
        }
    }

    /// Returns the text of a link to an embedded page.
    fn embed(self, site: &str) -> String {
        match self.lang {
            Lang::ZhHans => format!("嵌入内容：在 {site} 查看"),
            Lang::ZhHant => format!("嵌入內容：在 {site} 查看"),
            _ => format!("Embedded content: view on {site}"),
        }
    }

    /// Returns the credit line of an image.
    fn credit(self, host: &str) -> String {
        match self.lang {
            Lang::ZhHans => format!("图片来自 {host}"),
            Lang::ZhHant => format!("圖片來自 {host}"),
            _ => format!("Picture from {host}"),
        }
    }
}

/// State of [`MarkupWalk`] at a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkupPlace {
    /// Languages of the enclosing nodes; the first is the article's.
    langs: Vec<Lang>,
    /// True for each enclosing block that is written from right to left.
    directions: Vec<bool>,
    heading_count: usize,
}

/// Writer of blocks to a sink.
pub struct MarkupWalk<'s, 'a> {
    sink: &'s mut dyn MarkupSink<'a>,
    texts: MarkupTexts,
    place: MarkupPlace,
}

impl<'s, 'a> MarkupWalk<'s, 'a> {
    /// Creates a writer for an article in `lang`.
    pub fn new(sink: &'s mut dyn MarkupSink<'a>, lang: Lang, texts: MarkupTexts) -> MarkupWalk<'s, 'a> {
        let place = MarkupPlace { langs: vec![lang], directions: Vec::new(), heading_count: 0 };
        MarkupWalk { sink, texts, place }
    }

    /// Creates a writer that continues at `place`.
    pub fn resume(
        sink: &'s mut dyn MarkupSink<'a>,
        place: MarkupPlace,
        texts: MarkupTexts,
    ) -> MarkupWalk<'s, 'a> {
        MarkupWalk { sink, texts, place }
    }

    /// Sets the direction of the context, which is else from left to right.
    pub fn in_direction(mut self, is_rtl: bool) -> MarkupWalk<'s, 'a> {
        self.place.directions.push(is_rtl);
        self
    }

    /// Writes the next blocks.
    pub fn blocks(&mut self, blocks: &'a [Block]) {
        walk_blocks(blocks, self);
    }

    /// Returns the state at the next node.
    pub(super) fn place(&self) -> MarkupPlace {
        self.place.clone()
    }

    /// Offers a slice to the sink.
    pub(super) fn defer(&mut self, start: SliceStart) -> bool {
        self.sink.defer(start)
    }

    /// Begins a slice.
    pub(super) fn open_slice(&mut self, slice: &Slice) {
        if slice.is_run {
            self.open_part("run");
        }
    }

    /// Ends a slice.
    pub(super) fn close_slice(&mut self, slice: &Slice) {
        if slice.is_run {
            self.sink.close("span");
        }
    }

    /// Passes the end of a node of a deferred slice.
    pub(super) fn skip_end(&mut self, node: Node<'a>) {
        self.sink.skip_end(node);
    }

    /// Passes the start of a node of a deferred slice.
    pub(super) fn skip(&mut self, node: Node<'a>) {
        self.sink.skip(node);
        self.place.heading_count += usize::from(matches!(node, Node::Block(Block::Heading(..))));
    }

    /// Begins a part of a very long line, which the browser lays out on its own.
    fn open_part(&mut self, class: &'static str) {
        self.sink.open(Element { name: "span", class: Some(class), ..Element::default() });
    }

    /// Returns the language of the current node.
    fn lang(&self) -> Lang {
        self.place.langs.last().copied().unwrap_or_default()
    }

    fn open(&mut self, name: &'static str) {
        self.sink.open(Element { name, ..Element::default() });
    }

    /// Begins an element that holds `inlines`, with their language.
    fn open_run(&mut self, inlines: &[Inline], element: Element<'a>) {
        let lang = span_language(inlines, self.lang());
        self.place.langs.push(lang.unwrap_or_else(|| self.lang()));
        self.sink.open(Element { lang, ..element });
    }

    /// Begins an element that is a line of text.
    fn open_line(&mut self, inlines: &[Inline], element: Element<'a>) {
        let is_even = is_even(inlines);
        self.open_run(inlines, Element { is_line: true, is_even, ..element });
    }

    /// Enters the direction of a block, and returns it if it differs from that of the context.
    fn enter_direction(&mut self, block: &Block) -> Option<&'static str> {
        let mut direction = TextDirection::default();
        walk_blocks(std::slice::from_ref(block), &mut |node: Node| {
            direction.add(node.text().unwrap_or_default())
        });
        let outer = self.place.directions.last().copied().unwrap_or_default();
        let is_rtl = direction.is_rtl().unwrap_or(outer);
        self.place.directions.push(is_rtl);
        (is_rtl != outer).then_some(if is_rtl { "rtl" } else { "ltr" })
    }

    fn enter_block(&mut self, block: &'a Block) {
        let dir = self.enter_direction(block);
        match block {
            Block::Lead(inlines) => {
                self.open_line(
                    inlines,
                    Element { name: "p", class: Some("lead"), dir, ..Element::default() },
                );
            }
            Block::Paragraph(inlines) => {
                // A fully emphasised paragraph is an aside; emphasis dots under all of it would mean nothing.
                let class = matches!(inlines.as_slice(), [Inline::Emphasis(_)]).then_some("aside");
                self.open_line(inlines, Element { name: "p", class, dir, ..Element::default() });
            }
            Block::Heading(level, inlines) => {
                let id = Some(heading_id(self.place.heading_count));
                self.place.heading_count += 1;
                let name = heading_name(*level);
                self.open_line(
                    inlines,
                    Element { name, id, dir, tab_index: Some("-1"), ..Element::default() },
                );
            }
            Block::List(list) => {
                let name = list_name(list);
                self.sink.open(Element {
                    name,
                    dir,
                    start: list.start,
                    list_type: list.marker.map(ListMarker::attribute),
                    is_reversed: list.reversed,
                    ..Element::default()
                });
            }
            Block::Quote(_) => self.sink.open(Element { name: "blockquote", dir, ..Element::default() }),
            Block::Preformatted(text) => {
                let tab_index = Some("0");
                self.sink.open(Element { name: "pre", dir, tab_index, is_line: true, ..Element::default() });
                self.listing(text);
            }
            Block::Table(_) => {
                self.sink.open(Element {
                    name: "div",
                    class: Some("table"),
                    dir,
                    tab_index: Some("0"),
                    label: Some(self.texts.table),
                    ..Element::default()
                });
                self.open("table");
                self.open("tbody");
            }
            Block::Figure(figure) => {
                self.sink.open(Element { name: "figure", class: Some("fig"), dir, ..Element::default() });
                self.sink.picture(figure, self.lang());
            }
            Block::Embed(url) => {
                let lang = Some(self.texts.lang);
                self.sink.open(Element { name: "p", class: Some("embed"), lang, ..Element::default() });
                self.sink.open(external_link(url.as_str()));
                self.sink.label(self.texts.embed(site_name(url)));
                self.sink.close("a");
            }
            Block::Rule(()) => self.open("hr"),
        }
    }

    fn leave_block(&mut self, block: &'a Block) {
        match block {
            Block::Lead(_) | Block::Paragraph(_) => self.close_run("p"),
            Block::Heading(level, _) => self.close_run(heading_name(*level)),
            Block::List(list) => self.sink.close(list_name(list)),
            Block::Quote(_) => self.sink.close("blockquote"),
            Block::Preformatted(_) => self.sink.close("pre"),
            Block::Table(_) => ["tbody", "table", "div"].into_iter().for_each(|name| self.sink.close(name)),
            Block::Figure(figure) => {
                if figure.caption.is_empty() {
                    self.credit(figure);
                }
                self.sink.close("figure");
            }
            Block::Embed(_) => self.sink.close("p"),
            Block::Rule(()) => self.sink.close("hr"),
        }
        self.place.directions.pop();
        self.sink.end_block();
    }

    /// Writes the host below an image without caption; nothing for an image without host.
    fn credit(&mut self, figure: &Figure) {
        let Some(host) = figure.origin().host() else { return };
        let (class, lang) = (Some("fig__c"), Some(self.texts.lang));
        self.sink.open(Element { name: "figcaption", class, lang, ..Element::default() });
        self.sink.label(self.texts.credit(host));
        self.sink.close("figcaption");
    }

    /// Writes text; long text in parts, which the browser lays out one by one.
    fn text(&mut self, text: &'a str) {
        display_parts(text).for_each(|part| self.part(part, text, "run"));
    }

    /// Writes a part of a text.
    fn part(&mut self, part: &'a str, text: &'a str, class: &'static str) {
        let is_whole = part.len() == text.len();
        if !is_whole {
            self.open_part(class);
        }
        self.sink.text(part);
        if !is_whole {
            self.sink.close("span");
        }
    }

    /// Writes a listing; a long one in parts.
    fn listing(&mut self, text: &'a str) {
        listing_parts(text)
            .for_each(|(part, is_even)| self.part(part, text, if is_even { "run rows" } else { "run" }));
    }

    fn close_run(&mut self, name: &'static str) {
        self.place.langs.pop();
        self.sink.close(name);
    }

    fn enter_inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Break => self.sink.line_break(),
            Inline::Anchor(name) => self.sink.open(Element {
                name: "span",
                class: Some("anchor"),
                id: Some(anchor_id(name)),
                tab_index: Some("-1"),
                ..Element::default()
            }),
            Inline::Link(Href::Url(url), inner) => {
                let class = is_visible_url(inner).then_some("address");
                self.open_run(inner, Element { class, ..external_link(url.as_str()) });
            }
            Inline::Link(Href::Anchor(name), _) => {
                let href = Some(format!("#{}", anchor_id(name)).into());
                self.sink.open(Element { name: "a", href, ..Element::default() });
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Underline(inner) => {
                self.open_run(inner, Element { name: inline_name(inline), ..Element::default() });
            }
            Inline::Strike(_) | Inline::Code(_) | Inline::Sub(_) | Inline::Sup(_) | Inline::Ruby(..) => {
                self.open(inline_name(inline));
            }
        }
    }

    fn leave_inline(&mut self, inline: &'a Inline) {
        let name = inline_name(inline);
        match inline {
            Inline::Text(_) | Inline::Break => {}
            Inline::Strong(_)
            | Inline::Emphasis(_)
            | Inline::Underline(_)
            | Inline::Link(Href::Url(_), _) => self.close_run(name),
            Inline::Ruby(_, reading) => {
                for (part, text) in [("rp", "（"), ("rt", reading), ("rp", "）")] {
                    self.open(part);
                    self.sink.label(text.to_owned());
                    self.sink.close(part);
                }
                self.sink.close(name);
            }
            _ => self.sink.close(name),
        }
    }
}

impl<'a> Visitor<'a> for MarkupWalk<'_, 'a> {
    fn enter(&mut self, node: Node<'a>) {
        match node {
            Node::Block(block) => self.enter_block(block),
            Node::Item(_) => self.open("li"),
            Node::Row(_) => self.open("tr"),
            Node::Cell(cell) => {
                let (columns, rows) = (cell.columns, cell.rows);
                self.sink.open(Element { name: cell_name(cell.header), columns, rows, ..Element::default() });
            }
            Node::Caption(inlines) => {
                self.open_line(inlines, Element { name: "figcaption", ..Element::default() });
            }
            Node::Inline(inline) => self.enter_inline(inline),
            Node::NoteMark(text) => {
                let class = Some("note-mark");
                self.sink.open(Element { name: "span", class, ..Element::default() });
                self.sink.label(text.to_owned());
                self.sink.close("span");
            }
        }
    }

    fn leave(&mut self, node: Node<'a>) {
        match node {
            Node::Block(block) => self.leave_block(block),
            Node::Item(_) => self.sink.close("li"),
            Node::Row(_) => self.sink.close("tr"),
            Node::Cell(cell) => self.sink.close(cell_name(cell.header)),
            Node::Caption(_) => self.close_run("figcaption"),
            Node::Inline(inline) => self.leave_inline(inline),
            Node::NoteMark(_) => {}
        }
    }
}

/// Level 1 is the article's title.
fn heading_name(level: u8) -> &'static str {
    match level {
        0..=2 => "h2",
        3 => "h3",
        _ => "h4",
    }
}

fn list_name(list: &List) -> &'static str {
    if list.start.is_some() { "ol" } else { "ul" }
}

fn cell_name(is_header: bool) -> &'static str {
    if is_header { "th" } else { "td" }
}

fn inline_name(inline: &Inline) -> &'static str {
    match inline {
        Inline::Strong(_) => "strong",
        Inline::Emphasis(_) => "em",
        Inline::Underline(_) => "u",
        Inline::Strike(_) => "s",
        Inline::Code(_) => "code",
        Inline::Sub(_) => "sub",
        Inline::Sup(_) => "sup",
        Inline::Link(..) => "a",
        Inline::Ruby(..) => "ruby",
        Inline::Anchor(_) | Inline::Text(_) => "span",
        Inline::Break => "br",
    }
}

fn external_link(href: &str) -> Element<'_> {
    Element { name: "a", href: Some(href.into()), is_external: true, ..Element::default() }
}

/// Returns true for a link that shows its URL, which may break anywhere: else it would stretch justified
/// lines.
fn is_visible_url(inlines: &[Inline]) -> bool {
    matches!(inlines, [Inline::Text(text)] if text.starts_with("http") || text.starts_with("www."))
}
