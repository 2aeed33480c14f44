//! Panels and dialogs over the library.

use super::filter_dialog::filter_sheet;
use crate::app::features::menu::MainMenuProps;
use crate::app::features::settings::TypePanelProps;
use crate::app::features::shortcuts::ShortcutsDialogProps;
use crate::app::features::user_data::dialog::UserDataDialogProps;
use crate::app::services::WindowLayout;
use crate::app::state::{LibraryView, PanelKind, Panels};
use crate::app::ui::lazy_view::{Fallback, lazy_panel};
use yew::prelude::*;

/// Default text size in pixels of an article in the pane.
const PANE_TEXT_SIZE: u8 = 17;

/// Renders the open panels.
pub fn open_panels(view: &LibraryView, panels: &Panels, layout: WindowLayout, is_reader_alone: bool) -> Html {
    let is_wide = layout == WindowLayout::Wide;
    let is_open = |panel| panels.is_open(panel);
    let close = |panel| panels.on_close(panel);
    let type_panel = || {
        let default_size = (is_wide && !is_reader_alone).then_some(PANE_TEXT_SIZE);
        let props = TypePanelProps { default_size, close: close(PanelKind::Type) };
        lazy_panel(props, Fallback::with_close(&close(PanelKind::Type)))
    };
    let menu = || {
        let props = MainMenuProps { close: close(PanelKind::Menu) };
        lazy_panel(props, Fallback::with_close(&close(PanelKind::Menu)))
    };
    let user_data = || {
        let props = UserDataDialogProps { close: close(PanelKind::UserData) };
        lazy_panel(props, Fallback::with_close(&close(PanelKind::UserData)))
    };
    let shortcuts = || {
        let props = ShortcutsDialogProps { close: close(PanelKind::Shortcuts) };
        lazy_panel(props, Fallback::with_close(&close(PanelKind::Shortcuts)))
    };
    html! {
        <>
            if is_open(PanelKind::UserData) {
                { user_data() }
            }
            if is_open(PanelKind::Menu) {
                { menu() }
            }
            if is_open(PanelKind::Type) {
                { type_panel() }
            }
            if is_open(PanelKind::Filters) && !is_wide {
                { filter_sheet(view, close(PanelKind::Filters)) }
            }
            if is_open(PanelKind::Shortcuts) {
                { shortcuts() }
            }
        </>
    }
}
