//! Article body as HTML, for pages that are read without the app.
//!
//! Elements and classes equal those that the app renders, so that one style sheet serves both.

use super::html_writer::MarkupWriter;
use crate::archive::ImagePolicy;
use crate::model::{Article, Block, Cell, Figure, Href, Inline, List, site_name};

/// `rel` of links to other sites.
const EXTERNAL_REL: &str = "noopener noreferrer nofollow";

/// Writes lead and text of `article`. `images` decides whether remote images are embedded or linked.
pub fn write_body(html: &mut MarkupWriter, article: &Article, images: ImagePolicy) {
    let blocks = &article.body.blocks;
    let lead = blocks.iter().position(|block| matches!(block, Block::Lead(_)));
    let lead = lead.filter(|&at| blocks[..at].iter().all(|block| matches!(block, Block::Figure(_))));
    let mut writer = DocumentWriter { html, images };
    if let Some(at) = lead {
        writer.block(&blocks[at]);
    }
    writer.html.open("div", &[("class", "prose")]);
    for (at, block) in blocks.iter().enumerate() {
        if Some(at) != lead {
            writer.block(block);
        }
    }
    writer.html.close("div");
}

struct DocumentWriter<'a> {
    html: &'a mut MarkupWriter,
    images: ImagePolicy,
}

impl DocumentWriter<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Lead(inlines) => self.line("p", &[("class", "lead")], inlines),
            Block::Paragraph(inlines) => self.line("p", &[], inlines),
            Block::Heading(level, inlines) => {
                let name = match level {
                    0..=2 => "h2",
                    3 => "h3",
                    _ => "h4",
                };
                self.line(name, &[], inlines);
            }
            Block::List(list) => self.list(list),
            Block::Quote(blocks) => {
                self.html.open("blockquote", &[]);
                self.blocks(blocks);
                self.html.close("blockquote");
            }
            Block::Preformatted(text) => {
                self.html.element("pre", &[], text);
            }
            Block::Table(rows) => self.table(rows),
            Block::Figure(figure) => self.figure(figure),
            Block::Embed(url) => {
                self.html.open("p", &[("class", "embed")]);
                self.html.element("a", &[("href", url.as_str()), ("rel", EXTERNAL_REL)], site_name(url));
                self.html.close("p");
            }
            Block::Rule(()) => {
                self.html.open("hr", &[]);
            }
        }
    }

    fn list(&mut self, list: &List) {
        let start = list.start.map(|start| start.to_string());
        let name = if start.is_some() { "ol" } else { "ul" };
        let attributes: Vec<_> = start.iter().map(|start| ("start", start.as_str())).collect();
        self.html.open(name, &attributes);
        for item in &list.items {
            self.html.open("li", &[]);
            self.blocks(item);
            self.html.close("li");
        }
        self.html.close(name);
    }

    fn table(&mut self, rows: &[Vec<Cell>]) {
        self.html.open("div", &[("class", "table")]).open("table", &[]).open("tbody", &[]);
        for row in rows {
            self.html.open("tr", &[]);
            for cell in row {
                let name = if cell.header { "th" } else { "td" };
                let spans = [("colspan", cell.columns), ("rowspan", cell.rows)];
                let spans = spans.map(|(name, span)| (name, span.map(|span| span.to_string())));
                let spans: Vec<_> =
                    spans.iter().filter_map(|(name, span)| Some((*name, span.as_deref()?))).collect();
                self.html.open(name, &spans);
                self.blocks(&cell.blocks);
                self.html.close(name);
            }
            self.html.close("tr");
        }
        self.html.close("tbody").close("table").close("div");
    }

    fn figure(&mut self, figure: &Figure) {
        self.html.open("figure", &[("class", "fig")]);
        let src = figure.src.as_str();
        if figure.src.is_local() || self.images == ImagePolicy::On {
            let size = figure.size.map(|(width, height)| (width.to_string(), height.to_string()));
            let mut attributes = vec![("src", src), ("alt", figure.alt.as_str()), ("loading", "lazy")];
            attributes.push(("referrerpolicy", "no-referrer"));
            if let Some((width, height)) = &size {
                attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
            }
            self.html.open("img", &attributes);
        } else {
            let name = if figure.alt.is_empty() { src } else { &figure.alt };
            self.html.element("a", &[("href", src), ("rel", EXTERNAL_REL)], name);
        }
        if !figure.caption.is_empty() {
            self.line("figcaption", &[], &figure.caption);
        }
        self.html.close("figure");
    }

    fn line(&mut self, name: &'static str, attributes: &[(&'static str, &str)], inlines: &[Inline]) {
        self.html.open(name, attributes);
        self.inlines(inlines);
        self.html.close(name);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        inlines.iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &Inline) {
        let name = match inline {
            Inline::Text(text) => {
                self.html.text(text);
                return;
            }
            Inline::Break => {
                self.html.open("br", &[]);
                return;
            }
            Inline::Anchor(name) => {
                self.html.element("span", &[("class", "anchor"), ("id", &format!("n-{name}"))], "");
                return;
            }
            Inline::Link(Href::Url(url), inner) => {
                return self.line("a", &[("href", url.as_str()), ("rel", EXTERNAL_REL)], inner);
            }
            Inline::Link(Href::Anchor(name), inner) => {
                return self.line("a", &[("href", &format!("#n-{name}"))], inner);
            }
            Inline::Strong(_) => "strong",
            Inline::Emphasis(_) => "em",
            Inline::Underline(_) => "u",
            Inline::Strike(_) => "s",
            Inline::Code(_) => "code",
            Inline::Sub(_) => "sub",
            Inline::Sup(_) => "sup",
        };
        self.line(name, &[], inline.children());
    }
}
