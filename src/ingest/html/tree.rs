//! Walk over the DOM that builds the blocks.
//!
//! An iterative walk, so that a deep DOM cannot exhaust the stack. Block depth is limited to [`MAX_BLOCK_DEPTH`], as
//! readers of the JSON require.

mod listing;
mod media;
mod table;

use super::block_stack::{BlockKind, LineStyle, OpenBlock};
use super::boilerplate::Boilerplate;
use super::code::{self, CodeBuffer, CodeLine};
use super::elements::{self, ElementRole};
use super::inline_runs::{FormatStack, InlineFormat};
use super::line::LineBuffer;
use super::preparse::SCRIPT;
use super::{BodyContext, block_stack, node_context, pictures, ruby};
use crate::ingest::address;
use crate::ingest::diagnostics::Diagnostics;
use crate::model::Block;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};
use std::collections::HashSet;
use std::rc::Rc;

/// Maximum nesting depth of quotes, lists and tables; deeper ones keep their text but not their block.
///
/// A table level takes five levels of JSON, and decoders reject more than 127.
const MAX_BLOCK_DEPTH: usize = 12;

/// Builds the blocks of `dom` without the elements in `furniture`.
pub(super) fn build_blocks(
    dom: &Html,
    furniture: &Boilerplate,
    context: &BodyContext<'_>,
    found: &mut Diagnostics,
) -> Vec<Block> {
    walk(dom, furniture, TreeBuilder::new(context, found))
}

fn walk(dom: &Html, furniture: &Boilerplate, mut tree: TreeBuilder<'_, '_>) -> Vec<Block> {
    let mut skipped: Option<NodeId> = None;
    for edge in dom.tree.root().traverse() {
        match edge {
            Edge::Open(node) if skipped.is_none() => match node.value() {
                Node::Text(text) => tree.text(text),
                Node::Element(element) => {
                    if furniture.contains(node.id()) {
                        tree.flush_before(element);
                        skipped = Some(node.id());
                    } else if tree.open(node.id(), node, element) == Traversal::Skip {
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
enum Traversal {
    Descend,
    Skip,
}

/// State to restore when an element ends.
enum OpenElement {
    /// Block border.
    Border,
    /// `tfoot`, with the number of rows before it.
    TableFoot(usize),
    Frame,
    Style,
    Format,
    Preformatted,
    /// Line of a listing.
    CodeLine(CodeLine),
    PictureSet,
    /// Element with another treatment of line ends: `true` if those around it are breaks.
    WhiteSpace(bool),
    NoScript,
    /// `true` if the enclosing content is a drawing.
    ForeignContent(bool),
    /// Text to append.
    Text(&'static str),
    Ruby,
}

struct TreeBuilder<'a, 'f> {
    context: &'a BodyContext<'a>,
    diagnostics: &'f mut Diagnostics,
    line: LineBuffer,
    blocks: Vec<OpenBlock>,
    styles: Vec<LineStyle>,
    formats: FormatStack,
    /// Open elements with an effect, the innermost last.
    open: Vec<(NodeId, OpenElement)>,
    /// Text of the open listing.
    preformatted: Option<CodeBuffer>,
    /// URLs of the sources of the open `picture`.
    picture_sources: Option<pictures::PictureSources>,
    /// `true` if line ends are breaks.
    in_prose: bool,
    in_no_script: bool,
    /// `true` if text belongs to an `svg`.
    in_foreign_content: bool,
    /// URLs of all images so far.
    shown_images: HashSet<String>,
    last_image: Option<media::LastImage>,
    /// `true` if the texts of the open drawing form a block.
    is_drawing_block: bool,
    /// `true` inside a frame whose content is written in an attribute.
    is_source_document: bool,
    /// Nesting depth outside of that frame.
    outer_depth: usize,
}

impl<'a, 'f> TreeBuilder<'a, 'f> {
    fn new(context: &'a BodyContext<'a>, found: &'f mut Diagnostics) -> Self {
        TreeBuilder {
            context,
            diagnostics: found,
            line: LineBuffer::default(),
            blocks: vec![OpenBlock::new(BlockKind::Body)],
            styles: Vec::new(),
            formats: Rc::from([]),
            open: Vec::new(),
            preformatted: None,
            picture_sources: None,
            in_prose: false,
            in_no_script: false,
            in_foreign_content: false,
            shown_images: HashSet::new(),
            last_image: None,
            is_drawing_block: false,
            is_source_document: false,
            outer_depth: 0,
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_foreign_content {
            return;
        }
        if let Some(open) = &mut self.preformatted {
            return open.push_text(text, self.diagnostics);
        }
        if !self.in_prose {
            return self.line.push_text(text, &self.formats, self.diagnostics);
        }
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.line.push_break(&self.formats);
            }
            self.line.push_text(line, &self.formats, self.diagnostics);
        }
    }

    fn open(&mut self, id: NodeId, node: NodeRef<'_, Node>, element: &Element) -> Traversal {
        let role = elements::element_role(element);
        if let Some(name) = element.id().or_else(|| element.attr("name").filter(|_| element.name() == "a"))
            && !name.is_empty()
            && self.preformatted.is_none()
        {
            self.push_anchor(role, name);
        }
        if self.in_foreign_content && role != ElementRole::IntegrationPoint {
            return self.open_in_drawing(node, element);
        }
        if self.preformatted.is_some() {
            return self.open_in_listing(id, role, node, element);
        }
        if code::is_gutter(node, element) {
            return self.skip_line_numbers(node);
        }
        if code::is_listing(node, element) {
            self.open_listing(id);
            return Traversal::Descend;
        }
        if self.is_caption(role, node, element) {
            self.open_style(id, LineStyle::Caption);
            return Traversal::Descend;
        }
        if let Some(traversal) = self.push_formula(node, element) {
            return traversal;
        }
        let may_draw = matches!(
            role,
            ElementRole::Block
                | ElementRole::Plain
                | ElementRole::Styled
                | ElementRole::Figure
                | ElementRole::Quote
        );
        if may_draw || element.name() == SCRIPT {
            self.push_drawn_image(node, element);
            self.push_attributed_embed(node, element);
        }
        if self.open_role(id, role, node, element) == Traversal::Skip {
            return Traversal::Skip;
        }
        if let Some(are_breaks) = elements::preserves_line_ends(element) {
            self.set_line_ends(id, are_breaks);
        }
        Traversal::Descend
    }

    /// Opens an element outside of listings, drawings and formulas.
    fn open_role(
        &mut self,
        id: NodeId,
        role: ElementRole,
        node: NodeRef<'_, Node>,
        element: &Element,
    ) -> Traversal {
        match role {
            ElementRole::Hidden => return Traversal::Skip,
            ElementRole::Plain => {
                if let Some(format) = node_context::math_format(node) {
                    self.push_format(id, format);
                }
            }
            ElementRole::Block => self.open_border(id),
            ElementRole::TablePart => self.open_table_part(id, element),
            ElementRole::Styled => self.open_format(id, element),
            ElementRole::Heading(level) => self.open_style(id, LineStyle::Heading(level)),
            ElementRole::Caption => self.open_style(id, LineStyle::Caption),
            ElementRole::Term => {
                self.open_border(id);
                self.push_format(id, InlineFormat::Strong);
            }
            ElementRole::Quote => self.open_nested_block(id, BlockKind::Quote),
            ElementRole::List { ordered } => {
                self.open_nested_block(id, BlockKind::List(elements::new_list(element, ordered)));
            }
            ElementRole::Item => self.open_item(id, element),
            ElementRole::Table => {
                self.open_nested_block(id, BlockKind::Table { rows: Vec::new(), foot: Vec::new() });
            }
            ElementRole::Row => self.open_row(id),
            ElementRole::Cell { header } => self.open_cell(id, header, element),
            ElementRole::Figure => self.open_block(id, BlockKind::Figure { captions: Vec::new() }),
            ElementRole::Preformatted if node_context::is_prose(node) => {
                self.open_border(id);
                self.set_line_ends(id, true);
            }
            ElementRole::Preformatted => self.open_listing(id),
            ElementRole::PictureSet => {
                self.picture_sources = Some(pictures::picture_sources(node));
                self.open.push((id, OpenElement::PictureSet));
                if self.context.pictures.is_some() && pictures::lacks_image(node) {
                    self.push_image(node, element);
                }
            }
            ElementRole::Picture => {
                self.push_image(node, element);
                return Traversal::Skip;
            }
            ElementRole::Embed => return self.push_embed(node, element),
            ElementRole::Rule => {
                self.flush();
                self.push(Block::Rule(()));
            }
            ElementRole::Break => self.line.push_break(&self.formats),
            ElementRole::Ruby => {
                self.line.open_ruby(&self.formats);
                self.open.push((id, OpenElement::Ruby));
            }
            ElementRole::RubyBase => self.line.open_ruby_base(),
            ElementRole::RubyText | ElementRole::RubyTextContainer => {
                match ruby::push_reading(&mut self.line, node, role, &self.formats, self.diagnostics) {
                    ruby::ReadingPlace::Ruby => return Traversal::Skip,
                    ruby::ReadingPlace::Inside => {}
                    ruby::ReadingPlace::Text => self.open_parentheses(id),
                }
            }
            ElementRole::InlineQuote => {
                self.text("“");
                self.open.push((id, OpenElement::Text("”")));
            }
            ElementRole::ForeignContent => self.open_drawing(id, node, element),
            ElementRole::IntegrationPoint => {
                self.open.push((id, OpenElement::ForeignContent(self.in_foreign_content)));
                self.in_foreign_content = false;
                self.open_border(id);
            }
            ElementRole::NoScript => {
                self.in_no_script = true;
                self.open.push((id, OpenElement::NoScript));
            }
        }
        Traversal::Descend
    }

    fn open_item(&mut self, id: NodeId, element: &Element) {
        if !matches!(self.blocks.last(), Some(OpenBlock { kind: BlockKind::List(_), .. })) {
            return self.open_nested_block(id, BlockKind::Item { stray: true });
        }
        self.flush();
        if let Some(number) = elements::integer_attribute(element, "value") {
            block_stack::set_item_number(&mut self.blocks, number);
        }
        self.open_block(id, BlockKind::Item { stray: false });
    }

    /// Treats line ends in the element as breaks, or as spaces.
    fn set_line_ends(&mut self, id: NodeId, are_breaks: bool) {
        self.open.push((id, OpenElement::WhiteSpace(self.in_prose)));
        self.in_prose = are_breaks;
    }

    fn close(&mut self, id: NodeId) {
        while self.open.last().is_some_and(|(open, _)| *open == id) {
            let Some((_, open)) = self.open.pop() else { return };
            match open {
                OpenElement::Border => self.flush(),
                OpenElement::TableFoot(first_row) => self.close_table_foot(first_row),
                OpenElement::Frame => self.close_block(),
                OpenElement::Style => {
                    self.flush();
                    self.styles.pop();
                }
                OpenElement::Format => {
                    let outer = self.formats.len().saturating_sub(1);
                    self.formats = Rc::from(&self.formats[..outer]);
                }
                OpenElement::Preformatted => self.close_listing(),
                OpenElement::CodeLine(line) => {
                    if let Some(listing) = &mut self.preformatted {
                        listing.close_line(line);
                    }
                }
                OpenElement::PictureSet => self.picture_sources = None,
                OpenElement::WhiteSpace(around) => self.in_prose = around,
                OpenElement::NoScript => self.in_no_script = false,
                OpenElement::ForeignContent(around) => self.in_foreign_content = around,
                OpenElement::Text(text) => self.text(text),
                OpenElement::Ruby => self.line.close_ruby(),
            }
        }
    }

    fn open_parentheses(&mut self, id: NodeId) {
        self.text("（");
        self.open.push((id, OpenElement::Text("）")));
    }

    fn finish(mut self) -> Vec<Block> {
        self.flush();
        while self.blocks.len() > 1 {
            self.close_block();
        }
        self.blocks.pop().map(|frame| frame.blocks).unwrap_or_default()
    }

    fn flush(&mut self) {
        let style = self.styles.last().copied().unwrap_or(LineStyle::Paragraph);
        block_stack::flush_line(&mut self.line, style, &mut self.blocks);
    }

    fn push(&mut self, block: Block) {
        if let Some(frame) = self.blocks.last_mut() {
            frame.push_block(block);
        }
    }

    fn flush_before(&mut self, element: &Element) {
        let role = elements::element_role(element);
        if !matches!(
            role,
            ElementRole::Plain | ElementRole::Styled | ElementRole::Hidden | ElementRole::Picture
        ) && !role.is_ruby()
        {
            self.flush();
        }
    }

    fn open_border(&mut self, id: NodeId) {
        self.flush();
        self.open.push((id, OpenElement::Border));
    }

    fn open_style(&mut self, id: NodeId, style: LineStyle) {
        self.flush();
        self.styles.push(style);
        self.open.push((id, OpenElement::Style));
    }

    /// Opens a block, or only a border beyond the maximum depth.
    fn open_nested_block(&mut self, id: NodeId, kind: BlockKind) {
        if self.depth() < MAX_BLOCK_DEPTH {
            self.open_block(id, kind);
        } else {
            self.open_border(id);
        }
    }

    fn depth(&self) -> usize {
        self.outer_depth + self.blocks.iter().filter(|frame| frame.is_nesting_level()).count()
    }

    fn open_block(&mut self, id: NodeId, kind: BlockKind) {
        self.flush();
        // A heading or caption around a list does not apply to the lines of the list.
        self.styles.push(LineStyle::Paragraph);
        self.blocks.push(OpenBlock::new(kind));
        self.open.push((id, OpenElement::Frame));
    }

    fn close_block(&mut self) {
        self.flush();
        self.styles.pop();
        if self.blocks.len() > 1
            && let Some(frame) = self.blocks.pop()
            && let Some(outer) = self.blocks.last_mut()
        {
            frame.close_into(outer);
        }
    }

    fn open_format(&mut self, id: NodeId, element: &Element) {
        let format = if element.name() == "a" {
            element
                .attr("href")
                .and_then(|href| address::resolve_link(href, self.context.base))
                .map(InlineFormat::Link)
        } else {
            elements::inline_format(element)
        };
        if let Some(format) = format {
            self.push_format(id, format);
        }
    }

    /// Adds a format, at most once per kind.
    fn push_format(&mut self, id: NodeId, format: InlineFormat) {
        let same_kind = |open: &InlineFormat| std::mem::discriminant(open) == std::mem::discriminant(&format);
        if !self.formats.iter().any(same_kind) {
            self.formats = self.formats.iter().cloned().chain([format]).collect();
            self.open.push((id, OpenElement::Format));
        }
    }

    fn push_anchor(&mut self, role: ElementRole, name: &str) {
        // The anchor of a block belongs to its first line, not to the preceding line.
        if !matches!(
            role,
            ElementRole::Plain | ElementRole::Styled | ElementRole::Break | ElementRole::Hidden
        ) && !role.is_ruby()
        {
            self.flush();
        }
        self.line.push_anchor(name.to_owned());
    }
}
