//! Gestures on the rows, and the menu that they open.

use super::row_gestures::RowGesture;
use crate::app::state::row_menu::{Point, RowMenuProps};
use crate::app::state::user_data::UserDataHandle;
use crate::app::state::{Catalogue, CatalogueRow, LibraryView};
use crate::app::ui::lazy_view::{Fallback, lazy_panel};
use yew::prelude::*;

#[derive(Clone, PartialEq)]
struct OpenMenu {
    row: CatalogueRow,
    /// Position of the row in the list.
    number: usize,
    at: Point,
}

pub(super) struct RowMenuState {
    pub on_gesture: Callback<(usize, RowGesture)>,
    menu: UseStateHandle<Option<OpenMenu>>,
}

#[hook]
pub(super) fn use_row_menu(
    view: &LibraryView,
    user_data: &UserDataHandle,
    catalogue: &Catalogue,
) -> RowMenuState {
    let menu = use_state(|| None::<OpenMenu>);
    // A stable callback, so that a star renders its own row only.
    let on_gesture = use_callback((view.results.selection.clone(), view.ui), {
        let (user_data, catalogue, menu) = (user_data.clone(), catalogue.clone(), menu.setter());
        move |(number, gesture): (usize, RowGesture), (selection, ui)| {
            let ordinal = selection.ordinals.get(number);
            let Some(row) = ordinal.and_then(|&ordinal| catalogue.cached_row(ordinal)) else { return };
            match gesture {
                RowGesture::Toggle(flag) => user_data.toggle_flag(row.id, flag, *ui),
                RowGesture::Menu(at) => menu.set(Some(OpenMenu { row, number, at })),
            }
        }
    });
    RowMenuState { on_gesture, menu }
}

impl RowMenuState {
    /// Renders the open menu.
    pub(super) fn render(&self) -> Html {
        let Some(OpenMenu { row, number, at }) = (*self.menu).clone() else { return Html::default() };
        let menu = self.menu.setter();
        let close = Callback::from(move |()| menu.set(None));
        lazy_panel(RowMenuProps { row, number, at, close: close.clone() }, Fallback::with_close(&close))
    }
}
