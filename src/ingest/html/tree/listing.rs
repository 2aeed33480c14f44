//! Listings and other preformatted text.

use super::{OpenElement, Traversal, TreeBuilder};
use crate::ingest::html::code::{self, CodeBuffer};
use crate::ingest::html::elements::ElementRole;
use crate::ingest::html::node_context;
use crate::model::Block;
use ego_tree::{NodeId, NodeRef};
use scraper::Node;
use scraper::node::Element;

impl TreeBuilder<'_, '_> {
    pub(super) fn open_listing(&mut self, id: NodeId) {
        self.flush();
        self.preformatted = Some(CodeBuffer::default());
        self.open.push((id, OpenElement::Preformatted));
    }

    pub(super) fn open_in_listing(
        &mut self,
        id: NodeId,
        role: ElementRole,
        node: NodeRef<'_, Node>,
        element: &Element,
    ) -> Traversal {
        if code::is_line_number(node, element) {
            return self.skip_line_numbers(node);
        }
        let Some(listing) = &mut self.preformatted else { return Traversal::Descend };
        match role {
            ElementRole::Hidden | ElementRole::ForeignContent => return Traversal::Skip,
            ElementRole::Break => listing.push_break(),
            ElementRole::Cell { .. } => listing.open_cell(),
            ElementRole::RubyText => self.open_parentheses(id),
            role if role.is_ruby() => {}
            _ => {
                if let Some(line) = listing.lines.line(node, element) {
                    listing.open_line();
                    self.open.push((id, OpenElement::CodeLine(line)));
                }
            }
        }
        Traversal::Descend
    }

    pub(super) fn skip_line_numbers(&mut self, node: NodeRef<'_, Node>) -> Traversal {
        let text = node_context::text_of(node);
        if !text.trim().is_empty() {
            self.diagnostics.count_removed_text("line-number", &text);
        }
        Traversal::Skip
    }

    pub(super) fn close_listing(&mut self) {
        if let Some(code) = self.preformatted.take().and_then(CodeBuffer::finish) {
            self.push(Block::Preformatted(code));
        }
    }
}
