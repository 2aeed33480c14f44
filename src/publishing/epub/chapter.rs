//! Chapters: articles as XHTML.

use super::link_target::strict_address;
use super::texts::EpubTexts;
use crate::model::{Article, Figure, Id, Inline, Lang, Node, Url, Visitor, display_url, walk_blocks};
use crate::publishing::MarkupWriter;
use crate::reading::{Element, MarkupSink, MarkupTexts, MarkupWalk};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Facts that an article does not state itself.
pub struct ChapterContext<'a> {
    /// Displayed title.
    pub title: &'a str,
    /// Display name of the source.
    pub source: &'a str,
    /// Authors.
    pub authors: &'a [String],
    /// Tags.
    pub tags: &'a [String],
    /// True for a text from right to left.
    pub is_rtl: bool,
    /// Paths of the pictures in the book, by their [key](picture_key).
    pub pictures: HashMap<&'a str, String>,
}

/// Page of an article. Its links lead to web addresses until all chapters of the book are known.
#[derive(Debug)]
pub struct ChapterPage {
    xhtml: String,
    links: Vec<WebLink>,
}

/// Link to a web address.
#[derive(Debug)]
struct WebLink {
    /// Id of the article at the address.
    article: Id,
    /// Place of the address in the page.
    place: Range<usize>,
}

impl ChapterPage {
    /// Returns true if the page links to a web address.
    pub fn has_links(&self) -> bool {
        !self.links.is_empty()
    }

    /// Returns the page. Its links to articles for which `path` returns a path lead there.
    pub fn into_xhtml(self, path: impl Fn(Id) -> Option<String>) -> String {
        let ChapterPage { xhtml, links } = self;
        let mut linked = String::with_capacity(xhtml.len());
        let mut end = 0;
        for WebLink { article, place } in links {
            if let Some(path) = path(article) {
                linked.push_str(&xhtml[end..place.start]);
                linked.push_str(&path);
                end = place.end;
            }
        }
        linked + &xhtml[end..]
    }
}

/// Returns the key of a figure in [`ChapterContext::pictures`].
pub fn picture_key(figure: &Figure) -> &str {
    figure.image_key()
}

/// Begins an XHTML document with `title` and the style sheet; `folder` is the path to the book's files.
pub fn open_page(title: &str, lang: Lang, is_rtl: bool, folder: &str) -> MarkupWriter {
    let mut page = MarkupWriter::default();
    page.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n");
    let mut attributes = vec![
        ("xmlns", "http://www.w3.org/1999/xhtml"),
        ("xmlns:epub", "http://www.idpf.org/2007/ops"),
        ("lang", lang.tag()),
        ("xml:lang", lang.tag()),
    ];
    if is_rtl {
        attributes.push(("dir", "rtl"));
    }
    page.open("html", &attributes).raw("<head>").element("title", &[], title);
    page.raw("<link rel=\"stylesheet\" type=\"text/css\" href=\"").raw(folder).raw("style.css\"/></head>");
    page
}

/// Ends an XHTML document.
pub fn close_page(mut page: MarkupWriter) -> String {
    page.raw("</body></html>\n");
    page.0
}

/// Returns the chapter of `article`.
pub fn chapter_page(article: &Article, context: &ChapterContext) -> ChapterPage {
    let texts = EpubTexts::new(article.lang);
    let mut page = open_page(context.title, article.lang, context.is_rtl, "../");
    page.raw("<body epub:type=\"chapter\"><p class=\"kick\">").element("b", &[], context.source);
    if let Some(time) = article.time {
        let (hour, minute) = time.hour_minute();
        page.text(&format!(" {} {hour:02}:{minute:02}", time.date()));
    }
    page.close("p").element("h1", &[], context.title);
    if !context.authors.is_empty() {
        page.element("p", &[("class", "by")], &context.authors.join(texts.comma));
    }
    let mut anchors = HashMap::new();
    walk_blocks(&article.body.blocks, &mut Anchors(&mut anchors));
    let (defined, web_links, ends) = (HashSet::new(), Vec::new(), Vec::new());
    let mut sink = XhtmlSink { page, context, texts, anchors, defined, links: 0, web_links, ends };
    let walk = MarkupWalk::new(&mut sink, article.lang, MarkupTexts::new(article.lang));
    walk.in_direction(context.is_rtl).blocks(&article.body.blocks);
    let XhtmlSink { mut page, web_links: links, .. } = sink;
    write_facts(&mut page, article, context.tags, texts);
    ChapterPage { xhtml: close_page(page), links }
}

/// Numbers the anchors of a document, by name.
struct Anchors<'m, 'a>(&'m mut HashMap<&'a str, usize>);

impl<'a> Visitor<'a> for Anchors<'_, 'a> {
    fn enter(&mut self, node: Node<'a>) {
        if let Node::Inline(Inline::Anchor(name)) = node {
            let number = self.0.len() + 1;
            self.0.entry(name).or_insert(number);
        }
    }
}

/// Writes address, date line and tags of the original.
fn write_facts(page: &mut MarkupWriter, article: &Article, tags: &[String], texts: &EpubTexts) {
    let tags: Vec<String> = tags.iter().map(|tag| ["#", tag].concat()).collect();
    let address = article.url.as_ref();
    let dateline = article.dateline.as_deref().unwrap_or_default();
    if tags.is_empty() && address.is_none() && dateline.is_empty() {
        return;
    }
    page.open("div", &[("class", "facts")]);
    if !tags.is_empty() {
        page.element("p", &[], &tags.join(" "));
    }
    if !dateline.is_empty() {
        page.element("p", &[], &[texts.dateline, texts.colon, dateline].concat());
    }
    if let Some(url) = address {
        page.open("p", &[]).text(&[texts.original, texts.colon].concat());
        match strict_address(url.as_str()) {
            Some(href) => page.element("a", &[("href", &href)], &display_url(url)),
            None => page.text(url.as_str()),
        };
        page.close("p");
    }
    page.close("div");
}

/// End of an element.
#[derive(Default)]
struct End {
    /// Tag name; empty for a void element.
    name: &'static str,
    /// Text before the end tag.
    text: String,
}

/// Writer of a body.
struct XhtmlSink<'c> {
    page: MarkupWriter,
    context: &'c ChapterContext<'c>,
    texts: &'static EpubTexts,
    /// Numbers of the anchors, by name.
    anchors: HashMap<&'c str, usize>,
    /// Anchors that are written: an id occurs once.
    defined: HashSet<usize>,
    /// Number of enclosing links: links must not nest.
    links: usize,
    /// Links to web addresses.
    web_links: Vec<WebLink>,
    /// Open elements.
    ends: Vec<End>,
}

impl XhtmlSink<'_> {
    /// Returns the id of the anchor that a link or an element names.
    fn anchor(&self, id: &str) -> Option<usize> {
        self.anchors.get(id.strip_prefix("n-")?).copied()
    }
}

impl<'a> MarkupSink<'a> for XhtmlSink<'_> {
    fn open(&mut self, element: Element<'a>) {
        if element.name == "hr" {
            self.page.raw("<hr/>");
            self.ends.push(End::default());
            return;
        }
        let mut name = element.name;
        let mut attributes: Vec<(&'static str, String)> = Vec::new();
        let mut add = |name: &'static str, value: Option<String>| {
            attributes.extend(value.map(|value| (name, value)));
        };
        let id = element.id.as_deref().and_then(|id| self.anchor(id));
        let id = id.filter(|&id| self.defined.insert(id));
        add("class", element.class.map(str::to_owned));
        add("id", id.map(|id| format!("n{id}")));
        add("lang", element.lang.map(|lang| lang.tag().to_owned()));
        add("xml:lang", element.lang.map(|lang| lang.tag().to_owned()));
        add("dir", element.dir.map(str::to_owned));
        add("start", element.start.map(|start| start.to_string()));
        add("type", element.list_type.map(str::to_owned));
        add("reversed", element.is_reversed.then(|| "reversed".to_owned()));
        add("colspan", element.columns.filter(|&span| span > 0).map(|span| span.to_string()));
        add("rowspan", element.rows.filter(|&span| span > 0).map(|span| span.to_string()));
        let (mut text, mut linked) = (String::new(), None);
        if name == "a" {
            let href = element.href.as_deref().unwrap_or_default();
            let target = match href.strip_prefix('#') {
                Some(id) => self.anchor(id).map(|id| format!("#n{id}")),
                None => strict_address(href),
            };
            if target.is_none() && !href.starts_with('#') {
                // An address that no link can have stays readable.
                text = format!(" ({href})");
            }
            let target = target.filter(|_| self.links == 0);
            linked = target.as_ref().and_then(|_| Url::parse(href).filter(|url| url.host().is_some()));
            if target.is_none() {
                name = "span";
            }
            add("href", target);
        }
        self.links += usize::from(name == "a");
        let attributes: Vec<(&'static str, &str)> =
            attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let start = self.page.0.len();
        self.page.open(name, &attributes);
        const HREF: &str = "href=\"";
        if let Some(url) = linked
            && let Some(at) = self.page.0[start..].rfind(HREF)
        {
            // The address is the last attribute.
            let place = start + at + HREF.len()..self.page.0.len() - "\">".len();
            self.web_links.push(WebLink { article: Id::from_url(&url), place });
        }
        self.ends.push(End { name, text });
    }

    fn close(&mut self, _: &'static str) {
        let End { name, text } = self.ends.pop().unwrap_or_default();
        self.links -= usize::from(name == "a");
        if !name.is_empty() {
            self.page.text(&text).close(name);
        }
    }

    fn text(&mut self, text: &'a str) {
        self.page.text(text);
    }

    fn line_break(&mut self) {
        self.page.raw("<br/>");
    }

    fn label(&mut self, text: String) {
        self.page.text(&text);
    }

    fn picture(&mut self, figure: &'a Figure, _: Lang) {
        if let Some(path) = self.context.pictures.get(picture_key(figure)) {
            self.page.raw("<img src=\"../").text(path).raw("\" alt=\"").text(&figure.alt).raw("\"/>");
            return;
        }
        let label = match figure.alt.as_str() {
            "" => self.texts.picture.to_owned(),
            alt => [self.texts.picture, self.texts.colon, alt].concat(),
        };
        self.page.raw("<p class=\"picture\">");
        let address = figure.origin().as_str();
        match strict_address(address).filter(|_| figure.origin().host().is_some()) {
            Some(href) => self.page.element("a", &[("href", &href)], &label),
            None => self.page.text(&label),
        };
        self.page.raw("</p>");
    }
}
