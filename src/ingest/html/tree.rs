//! Walk over the DOM that builds the blocks.
//!
//! An iterative walk, so that a deep DOM cannot exhaust the stack. Block depth is limited to [`DEEPEST`], as readers
//! of the JSON require.

use super::elements::{self, Role};
use super::frames::{self, Frame, Kind, Style};
use super::furniture::Furniture;
use super::line::Line;
use super::runs::{Format, Formats};
use super::{Context, around, embeds, pictures};
use crate::ingest::address;
use crate::ingest::findings::Findings;
use crate::model::Block;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};
use std::collections::HashSet;
use std::rc::Rc;

/// Maximum nesting depth of quotes, lists and tables; deeper ones keep their text but not their block.
///
/// A table level takes five levels of JSON, and decoders reject more than 128.
const DEEPEST: usize = 12;

/// Builds the blocks of `dom` without the elements in `furniture`.
pub(super) fn build(
    dom: &Html,
    furniture: &Furniture,
    context: &Context<'_>,
    found: &mut Findings,
) -> Vec<Block> {
    let mut tree = Tree::new(context, found);
    let mut skipped: Option<NodeId> = None;
    for edge in dom.tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Text(text) => tree.text(text),
                Node::Element(element) => {
                    if furniture.contains(node.id()) {
                        tree.border_around(element);
                        skipped = Some(node.id());
                    } else if tree.open(node.id(), node, element) == Content::Skip {
                        skipped = Some(node.id());
                    }
                }
                _ => {}
            },
            Edge::Close(node) if skipped.is_none_or(|skipped| skipped == node.id()) => {
                skipped = None;
                if node.value().is_element() {
                    tree.close(node.id());
                }
            }
            _ => {}
        }
    }
    tree.finish()
}

#[derive(PartialEq)]
enum Content {
    Walk,
    Skip,
}

/// State to restore when an element ends.
enum Open {
    /// Block border.
    Border,
    Frame,
    Style,
    Format,
    Preformatted,
    Set,
    /// `pre` that holds prose.
    Prose,
    NoScript,
    /// `true` if the enclosing content is a drawing.
    Drawing(bool),
    /// Text to append.
    Text(&'static str),
}

struct Tree<'a, 'f> {
    context: &'a Context<'a>,
    found: &'f mut Findings,
    line: Line,
    frames: Vec<Frame>,
    styles: Vec<Style>,
    formats: Formats,
    /// Open elements with an effect, the innermost last.
    open: Vec<(NodeId, Open)>,
    /// Text of the open `pre`.
    preformatted: Option<String>,
    /// URLs of the sources of the open `picture`.
    set: Option<Vec<String>>,
    /// `true` if line ends are breaks.
    prose: bool,
    no_script: bool,
    /// `true` if text belongs to an `svg`.
    drawing: bool,
    /// URLs of all images so far.
    shown: HashSet<String>,
    /// `alt` of the last image; empty before the first.
    last_alt: Option<String>,
}

impl<'a, 'f> Tree<'a, 'f> {
    fn new(context: &'a Context<'a>, found: &'f mut Findings) -> Self {
        Tree {
            context,
            found,
            line: Line::default(),
            frames: vec![Frame::new(Kind::Body)],
            styles: Vec::new(),
            formats: Rc::from([]),
            open: Vec::new(),
            preformatted: None,
            set: None,
            prose: false,
            no_script: false,
            drawing: false,
            shown: HashSet::new(),
            last_alt: None,
        }
    }

    fn text(&mut self, text: &str) {
        if self.drawing {
            return;
        }
        if let Some(open) = &mut self.preformatted {
            return push_preformatted(open, text, self.found);
        }
        if !self.prose {
            return self.line.push_text(text, &self.formats, self.found);
        }
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.line.push_break(&self.formats);
            }
            self.line.push_text(line, &self.formats, self.found);
        }
    }

    fn open(&mut self, id: NodeId, node: NodeRef<'_, Node>, element: &Element) -> Content {
        if let Some(name) = element.id().or_else(|| element.attr("name").filter(|_| element.name() == "a"))
            && !name.is_empty()
            && self.preformatted.is_none()
        {
            self.anchor(element, name);
        }
        let role = elements::role(element);
        if self.drawing && role != Role::Island {
            return Content::Walk;
        }
        if self.preformatted.is_some() {
            return self.open_in_preformatted(role);
        }
        if self.is_caption(role, node, element) {
            self.open_style(id, Style::Caption);
            return Content::Walk;
        }
        match role {
            Role::Hidden => return Content::Skip,
            Role::Plain => {
                if let Some(format) = around::math_format(node) {
                    self.push_format(id, format);
                }
            }
            Role::Block | Role::TablePart => self.open_border(id),
            Role::Styled => self.open_format(id, element),
            Role::Heading(level) => self.open_style(id, Style::Heading(level)),
            Role::Caption => self.open_style(id, Style::Caption),
            Role::Term => {
                self.open_border(id);
                self.push_format(id, Format::Strong);
            }
            Role::Quote => self.open_level(id, Kind::Quote),
            Role::List { ordered } => {
                let start = ordered.then(|| number(element, "start").unwrap_or(1));
                self.open_level(id, Kind::List { start, items: Vec::new() });
            }
            Role::Item => match self.frames.last() {
                Some(Frame { kind: Kind::List { .. }, .. }) => {
                    self.open_frame(id, Kind::Item { stray: false })
                }
                _ => self.open_level(id, Kind::Item { stray: true }),
            },
            Role::Table => self.open_level(id, Kind::Table { rows: Vec::new() }),
            Role::Row => match self.frames.last() {
                Some(Frame { kind: Kind::Table { .. }, .. }) => {
                    self.open_frame(id, Kind::Row { cells: Vec::new() })
                }
                _ => self.open_border(id),
            },
            Role::Cell { header } => match self.frames.last() {
                Some(Frame { kind: Kind::Row { .. }, .. }) => {
                    let columns = span(element, "colspan");
                    let rows = span(element, "rowspan");
                    self.open_frame(id, Kind::Cell { header, columns, rows });
                }
                _ => self.open_border(id),
            },
            Role::Figure => self.open_frame(id, Kind::Figure { captions: Vec::new() }),
            Role::Preformatted if around::is_prose(node) => {
                self.open_border(id);
                if !self.prose {
                    self.prose = true;
                    self.open.push((id, Open::Prose));
                }
            }
            Role::Preformatted => {
                self.flush();
                self.preformatted = Some(String::new());
                self.open.push((id, Open::Preformatted));
            }
            Role::PictureSet => {
                self.set = Some(pictures::sources(node));
                self.open.push((id, Open::Set));
            }
            Role::Picture => {
                self.picture(element);
                return Content::Skip;
            }
            Role::Embed => return self.embed(node, element),
            Role::Rule => {
                self.flush();
                self.push(Block::Rule(()));
            }
            Role::Break => self.line.push_break(&self.formats),
            Role::Reading => {
                self.text("（");
                self.open.push((id, Open::Text("）")));
            }
            Role::Quotation => {
                self.text("“");
                self.open.push((id, Open::Text("”")));
            }
            Role::Drawing | Role::Island => {
                self.open.push((id, Open::Drawing(self.drawing)));
                self.drawing = role == Role::Drawing;
                if role == Role::Island {
                    self.open_border(id);
                }
            }
            Role::NoScript => {
                self.no_script = true;
                self.open.push((id, Open::NoScript));
            }
        }
        Content::Walk
    }

    fn open_in_preformatted(&mut self, role: Role) -> Content {
        match role {
            Role::Hidden | Role::Drawing => Content::Skip,
            Role::Break => {
                self.text("\n");
                Content::Walk
            }
            Role::Plain | Role::Styled | Role::NoScript => Content::Walk,
            _ => {
                if self.preformatted.as_ref().is_some_and(|open| !open.is_empty() && !open.ends_with('\n')) {
                    self.text("\n");
                }
                Content::Walk
            }
        }
    }

    fn close(&mut self, id: NodeId) {
        while self.open.last().is_some_and(|(open, _)| *open == id) {
            let Some((_, open)) = self.open.pop() else { return };
            match open {
                Open::Border => self.flush(),
                Open::Frame => self.close_frame(),
                Open::Style => {
                    self.flush();
                    self.styles.pop();
                }
                Open::Format => {
                    let outer = self.formats.len().saturating_sub(1);
                    self.formats = Rc::from(&self.formats[..outer]);
                }
                Open::Preformatted => self.close_preformatted(),
                Open::Set => self.set = None,
                Open::Prose => self.prose = false,
                Open::NoScript => self.no_script = false,
                Open::Drawing(around) => self.drawing = around,
                Open::Text(text) => self.text(text),
            }
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.flush();
        while self.frames.len() > 1 {
            self.close_frame();
        }
        self.frames.pop().map(|frame| frame.blocks).unwrap_or_default()
    }

    fn flush(&mut self) {
        let style = self.styles.last().copied().unwrap_or(Style::Paragraph);
        frames::flush(&mut self.line, style, &mut self.frames);
    }

    fn push(&mut self, block: Block) {
        if let Some(frame) = self.frames.last_mut() {
            frame.push(block);
        }
    }

    fn border_around(&mut self, element: &Element) {
        if !matches!(elements::role(element), Role::Plain | Role::Styled | Role::Hidden | Role::Picture) {
            self.flush();
        }
    }

    fn open_border(&mut self, id: NodeId) {
        self.flush();
        self.open.push((id, Open::Border));
    }

    fn open_style(&mut self, id: NodeId, style: Style) {
        self.flush();
        self.styles.push(style);
        self.open.push((id, Open::Style));
    }

    /// Opens a block, or only a border beyond the maximum depth.
    fn open_level(&mut self, id: NodeId, kind: Kind) {
        if self.frames.iter().filter(|frame| frame.is_level()).count() < DEEPEST {
            self.open_frame(id, kind);
        } else {
            self.open_border(id);
        }
    }

    fn open_frame(&mut self, id: NodeId, kind: Kind) {
        self.flush();
        // A heading or caption around a list does not apply to the lines of the list.
        self.styles.push(Style::Paragraph);
        self.frames.push(Frame::new(kind));
        self.open.push((id, Open::Frame));
    }

    fn close_frame(&mut self) {
        self.flush();
        self.styles.pop();
        if self.frames.len() > 1
            && let Some(frame) = self.frames.pop()
            && let Some(outer) = self.frames.last_mut()
        {
            frame.finish(outer);
        }
    }

    fn open_format(&mut self, id: NodeId, element: &Element) {
        let format = if element.name() == "a" {
            element.attr("href").and_then(|href| address::of_link(href, self.context.base)).map(Format::Link)
        } else {
            elements::format(element)
        };
        if let Some(format) = format {
            self.push_format(id, format);
        }
    }

    /// Adds a format, at most once per kind.
    fn push_format(&mut self, id: NodeId, format: Format) {
        let same_kind = |open: &Format| std::mem::discriminant(open) == std::mem::discriminant(&format);
        if !self.formats.iter().any(same_kind) {
            self.formats = self.formats.iter().cloned().chain([format]).collect();
            self.open.push((id, Open::Format));
        }
    }

    fn anchor(&mut self, element: &Element, name: &str) {
        // The anchor of a block belongs to its first line, not to the preceding line.
        if !matches!(elements::role(element), Role::Plain | Role::Styled | Role::Break | Role::Hidden) {
            self.flush();
        }
        self.line.push_anchor(name.to_owned());
    }

    fn close_preformatted(&mut self) {
        let text = self.preformatted.take().unwrap_or_default();
        let text = text.trim_end().trim_start_matches('\n');
        if !text.trim().is_empty() {
            self.push(Block::Preformatted(text.to_owned()));
        }
    }

    fn picture(&mut self, element: &Element) {
        match pictures::read(element, self.set.as_deref().unwrap_or_default(), self.context.base) {
            pictures::Read::Figure(figure) => {
                // In `noscript`, pages often repeat an image that is otherwise loaded by a script.
                let again = !figure.alt.is_empty() && self.last_alt.as_ref() == Some(&figure.alt);
                let new = self.shown.insert(figure.src.to_string());
                if self.no_script && (again || !new) {
                    self.found.removed("repeated-picture", 1);
                    return;
                }
                self.last_alt = Some(figure.alt.clone());
                self.flush();
                self.push(Block::Figure(figure));
            }
            pictures::Read::Character(text) => self.text(&text),
            pictures::Read::Removed(rule) => self.found.removed(rule, 1),
        }
    }

    /// Returns `true` if an element other than `figcaption` is the caption of the preceding image.
    fn is_caption(&self, role: Role, node: NodeRef<'_, Node>, element: &Element) -> bool {
        if !matches!(role, Role::Block | Role::Plain | Role::Styled) || self.line.is_visible() {
            return false;
        }
        let Some(frame) = self.frames.last() else { return false };
        let follows_picture =
            matches!(frame.blocks.last(), Some(Block::Figure(figure)) if figure.caption.is_empty());
        follows_picture
            && (elements::is_named_caption(element) && !around::has_picture(node)
                || around::is_small_line(node, element))
    }

    fn embed(&mut self, node: NodeRef<'_, Node>, element: &Element) -> Content {
        match embeds::address(node, element, self.context.base) {
            Some(url) => {
                self.flush();
                self.push(Block::Embed(url));
                Content::Skip
            }
            // The fallback content is all that remains of an object without a URL.
            None if element.name() == "object" => Content::Walk,
            None => {
                self.found.removed("empty-embed", 1);
                Content::Skip
            }
        }
    }
}

fn push_preformatted(open: &mut String, text: &str, found: &mut Findings) {
    use crate::ingest::characters::{Fate, fate};
    for c in text.chars() {
        match fate(c, open.chars().next_back()) {
            Fate::Keep | Fate::Space => open.push(c),
            Fate::LineEnd => open.push('\n'),
            Fate::Drop(rule) => found.removed(rule, 1),
        }
    }
}

fn number(element: &Element, name: &str) -> Option<i32> {
    element.attr(name)?.trim().parse().ok()
}

/// Returns the number of columns or rows that a cell spans, if more than one; at most 1,000 as in HTML.
fn span(element: &Element, name: &str) -> Option<u16> {
    let span: u16 = element.attr(name)?.trim().parse().ok()?;
    (span > 1).then_some(span.min(1000))
}
