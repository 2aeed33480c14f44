//! Menu of a row, requested by the list and rendered by a lazily loaded chunk.

use super::catalogue::CatalogueRow;
use yew::prelude::*;

/// CSS class of the menu.
pub const ROW_MENU: &str = "aa--row";

/// Point of the window.
pub type Point = (i32, i32);

#[derive(Clone, Properties, PartialEq)]
pub struct RowMenuProps {
    pub row: CatalogueRow,
    /// Position in the list.
    pub number: usize,
    /// Corner of the menu, unless it is a sheet.
    pub at: Point,
    pub close: Callback<()>,
}
