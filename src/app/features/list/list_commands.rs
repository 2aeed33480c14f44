//! Commands on the rows of the list.

use super::scroll_anchor::Viewport;
use crate::app::i18n::Locale;
use crate::app::services::dom;
use crate::app::services::rc_eq::RcEq;
use crate::app::state::user_data::UserDataHandle;
use crate::app::state::{Catalogue, CatalogueRow, Command, Commands, FocusTarget, Navigation, use_commands};
use crate::search::ResultList;
use crate::view_model::RouteAction;
use web_sys::Element;
use yew::prelude::*;

/// Rows that take the focus.
pub(super) struct RowFocus {
    pub viewport: Viewport,
    pub selection: RcEq<ResultList>,
    pub catalogue: Catalogue,
}

/// Actions on a row.
pub(super) struct RowActions {
    pub navigation: Navigation,
    pub user_data: UserDataHandle,
    pub ui: Locale,
}

impl RowFocus {
    /// Returns the row whose link is focused.
    fn row(&self) -> Option<CatalogueRow> {
        let ordinal = self.selection.ordinals.get(self.viewport.focused_link()?)?;
        self.catalogue.cached_row(*ordinal)
    }

    /// Moves the focus by rows; to the first row if none is focused.
    fn step(&self, by: isize) -> bool {
        let row = match self.viewport.focused_row() {
            Some(number) => number.checked_add_signed(by).and_then(|number| self.viewport.row_link(number)),
            None => self.viewport.first_link(),
        };
        row.and_then(|link| dom::focus_node(link.into())).is_some()
    }

    /// Moves the focus to the current row, else to the list. A focus outside the list stays.
    fn focus_current(&self) -> bool {
        let is_lost = dom::is_focus_lost();
        let current =
            self.viewport.current_link().filter(|_| is_lost || self.viewport.focused_row().is_some());
        let list = || self.viewport.scroller.cast::<Element>().filter(|_| is_lost);
        current.or_else(list).and_then(dom::focus_element).is_some()
    }
}

/// Handles the commands that concern rows, while the list `is_active`.
#[hook]
pub(super) fn use_list_commands(commands: &Commands, rows: RowFocus, actions: RowActions, is_active: bool) {
    use_commands(commands, move |command| match command {
        Command::Focus(FocusTarget::List) => dom::focus_ref(&rows.viewport.scroller),
        Command::Focus(FocusTarget::FirstRow) => {
            rows.viewport.first_link().and_then(dom::focus_element).is_some()
        }
        Command::Focus(FocusTarget::CurrentRow) => rows.focus_current(),
        Command::FocusRow(by) if is_active => rows.step(by),
        Command::OpenRow if is_active => rows.row().is_some_and(|row| {
            actions.navigation.navigate.emit(RouteAction::Open(row.id));
            true
        }),
        Command::ToggleRowFlag(flag) if is_active => rows.row().is_some_and(|row| {
            actions.user_data.toggle_flag(row.id, flag, actions.ui);
            true
        }),
        _ => false,
    });
}
