//! Layouts of the reader.

use super::masthead_tools::MastheadTools;
use super::progress::ReadingProgress;
use super::toolbar::ToolbarProps;
use super::toolbars::ReaderToolbars;
use crate::app::services::use_media;
use crate::app::state::settings::Settings;
use yew::prelude::*;

/// Place of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReaderLayout {
    /// Right of the list.
    Pane,
    FullWindow,
    Phone,
}

/// Renders the toolbars of the layout around the text.
pub fn layout_frame(
    layout: ReaderLayout,
    (tools, type_button): (ToolbarProps, Html),
    body: Html,
    back: Callback<()>,
    (title, lang): (&AttrValue, &'static str),
) -> Html {
    let bar = ReaderToolbars { tools: &tools, type_button, back };
    match layout {
        ReaderLayout::Pane => html! { <>{ body }<MastheadTools ..tools /></> },
        ReaderLayout::FullWindow => html! {
            <div class="reader">
                { bar.top_bar(title, lang) }
                <main>{ body }</main>
            </div>
        },
        ReaderLayout::Phone => html! {
            <div class="reader">
                <ReadingProgress {title} at_window_top=true />
                <main>{ body }</main>
                { bar.bottom_bar() }
            </div>
        },
    }
}

/// Default size and measure in the full window, in pixels and characters.
const DEFAULT_TEXT_SIZE: u32 = 19;
const DEFAULT_MEASURE: u32 = 34;
/// Width in pixels of a margin note and its spacing.
const MARGIN_NOTE_WIDTH: u32 = 216 + 32 + 24;

/// Returns true if notes fit into the margin.
#[hook]
pub fn use_fits_margin_notes(layout: ReaderLayout, settings: &Settings) -> bool {
    let Settings { size, measure, .. } = settings;
    let text = size.map_or(DEFAULT_TEXT_SIZE, u32::from) * measure.map_or(DEFAULT_MEASURE, u32::from);
    let wide = (text + 2 * MARGIN_NOTE_WIDTH).max(1200);
    use_media(format!("(min-width: {wide}px)")) && layout == ReaderLayout::FullWindow
}
