//! Parts, rows and cells of tables.

use super::{OpenElement, TreeBuilder};
use crate::ingest::html::block_stack::{BlockKind, OpenBlock};
use ego_tree::NodeId;
use scraper::node::Element;

impl TreeBuilder<'_, '_> {
    pub(super) fn open_table_part(&mut self, id: NodeId, element: &Element) {
        self.open_border(id);
        if element.name() == "tfoot"
            && let Some(OpenBlock { kind: BlockKind::Table { rows, .. }, .. }) = self.blocks.last()
        {
            self.open.push((id, OpenElement::TableFoot(rows.len())));
        }
    }

    /// Moves the rows of the open table from `first_row` on to its foot.
    pub(super) fn close_table_foot(&mut self, first_row: usize) {
        if let Some(OpenBlock { kind: BlockKind::Table { rows, foot }, .. }) = self.blocks.last_mut() {
            foot.extend(rows.drain(first_row.min(rows.len())..));
        }
    }

    pub(super) fn open_row(&mut self, id: NodeId) {
        match self.blocks.last() {
            Some(OpenBlock { kind: BlockKind::Table { .. }, .. }) => {
                self.open_block(id, BlockKind::Row { cells: Vec::new() });
            }
            _ => self.open_border(id),
        }
    }

    pub(super) fn open_cell(&mut self, id: NodeId, header: bool, element: &Element) {
        match self.blocks.last() {
            Some(OpenBlock { kind: BlockKind::Row { .. }, .. }) => {
                let columns = cell_span(element, "colspan");
                let rows = cell_span(element, "rowspan");
                self.open_block(id, BlockKind::Cell { header, columns, rows });
            }
            _ => self.open_border(id),
        }
    }
}

/// Returns the number of columns or rows that a cell spans, if more than one; at most 1,000 as in HTML.
fn cell_span(element: &Element, name: &str) -> Option<u16> {
    let span: u16 = element.attr(name)?.trim().parse().ok()?;
    (span > 1).then_some(span.min(1000))
}
