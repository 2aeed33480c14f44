//! Virtual list: only the visible rows are rendered.
//!
//! The position is a row and an offset, so rows taller than estimated, a rotated window and late pages do not
//! move the visible rows.

pub mod continue_reading;
pub mod empty_state;
pub mod list_commands;
pub mod query_relaxation;
pub mod render;
pub mod rendered_rows;
pub mod row;
pub mod row_gestures;
pub mod row_menu;
pub mod scroll_anchor;
pub mod scroll_hooks;
pub mod settling;
pub mod sort_menu;
pub mod spelling_suggestions;

use self::continue_reading::ContinueReading;
use self::empty_state::empty_state;
use self::list_commands::{RowActions, RowFocus, use_list_commands};
use self::render::RowRenderer;
use self::rendered_rows::use_rendered_rows;
use self::row::DateDisplay;
use self::row_gestures::use_row_gestures;
use self::row_menu::use_row_menu;
use self::scroll_anchor::{ListState, Viewport};
use self::scroll_hooks::{
    use_home_end_keys, use_reset_scroll, use_restore_scroll, use_scroll_current_into_view,
    use_scroll_tracking,
};
use crate::app::services::{WindowLayout, use_shared};
use crate::app::state::settings::use_settings;
use crate::app::state::{
    Catalogue, Command, Commands, LibraryView, use_command_context, use_library_view, use_user_data,
};
use crate::app::ui::article_link::{ArticleLink, LinkTarget};
use crate::view_model::{RoutePage, ScrollPosition};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ListProps {
    /// Ordinal of the article in the pane.
    pub current: Option<u32>,
    /// Set if the list is visible.
    pub is_active: bool,
    /// Scroll position stored in this history entry.
    pub scroll: Option<ScrollPosition>,
    /// Incremented when that position is to be restored.
    pub traversals: u32,
    pub save_scroll: Callback<ScrollPosition>,
    /// Notice above the rows.
    pub notice: Html,
    /// Tools below the last row.
    pub footer: Html,
}

#[component]
pub fn List(props: &ListProps) -> Html {
    let (view, user_data, catalogue) = (use_library_view(), use_user_data(), use_shared::<Catalogue>());
    let layout = use_shared::<WindowLayout>().unwrap_or(WindowLayout::Phone);
    let (compact, commands) = (use_settings().settings.compact, use_command_context());
    let (Some(view), Some(user_data), Some(catalogue)) = (view, user_data, catalogue) else {
        return Html::default();
    };
    let (found, texts) = (&view.results, view.ui.library());
    let count = found.selection.ordinals.len();
    let scroller = use_node_ref();
    let inner = use_node_ref();
    let memory = use_mut_ref(ListState::default);

    memory.borrow_mut().update(&found.selection, (layout, compact), props.is_active);
    let viewport =
        Viewport { scroller: scroller.clone(), inner: inner.clone(), is_wide: layout == WindowLayout::Wide };
    use_reset_scroll(props, found, &memory, &viewport);
    use_restore_scroll(props, &view.archive, &memory);
    let rendered = use_rendered_rows(props.is_active, found, &catalogue, &memory, &viewport);
    use_scroll_tracking(props, count == 0, &catalogue, &memory, &viewport, &rendered.refresh);
    use_home_end_keys(&memory, &viewport, props.is_active);
    use_scroll_current_into_view(props, &found.selection, &memory, &viewport);
    use_list_commands(
        &commands,
        RowFocus {
            viewport: viewport.clone(),
            selection: found.selection.clone(),
            catalogue: catalogue.clone(),
        },
        RowActions { navigation: view.navigation.clone(), user_data: user_data.clone(), ui: view.ui },
        props.is_active,
    );
    let menu = use_row_menu(&view, &user_data, &catalogue);
    // In the pane layout the article is the main landmark.
    let role = if viewport.is_wide { "region" } else { "main" };
    use_row_gestures(&scroller, count == 0, view.ui, menu.on_gesture.clone());

    if count == 0 {
        return html! {
            <div class="list" id="list" {role} tabindex="-1" ref={scroller} aria-label={texts.list}>
                { props.notice.clone() }
                { empty_state(&view) }
            </div>
        };
    }
    let rows = RowRenderer {
        view: &view,
        user_data: &user_data,
        catalogue: &catalogue,
        on_gesture: &menu.on_gesture,
        current: props.current,
    };
    let body = match &*found.groups {
        Some(groups) => rows.groups(groups, &rendered.range),
        None => html! {
            <ol class="rows rows--flat">{ for rendered.range.map(|row| rows.row(row, DateDisplay::Date)) }</ol>
        },
    };
    let onkeydown = open_on_enter(&commands, viewport);
    html! {
        <div class="list" id="list" {role} tabindex="-1" ref={scroller} aria-label={texts.list} {onkeydown}>
            { props.notice.clone() }
            <ContinueReading />
            <div class="list__rows" ref={inner}>
                <div class="list__before" />
                { body }
                <div class="list__after" />
            </div>
            if props.is_active {
                { menu.render() }
            }
            if found.search.as_ref().is_none_or(|search| search.is_done) {
                { list_end(&view, &props.footer) }
            }
        </div>
    }
}

/// Opens the article of the focused row in the full window. On a wide screen the row itself is open already.
fn open_on_enter(commands: &Commands, viewport: Viewport) -> Callback<KeyboardEvent> {
    let commands = commands.clone();
    Callback::from(move |event: KeyboardEvent| {
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if event.key() == "Enter" && is_plain && viewport.is_wide && viewport.focused_link().is_some() {
            event.prevent_default();
            commands.run(Command::Open);
        }
    })
}

/// Renders the count of articles, a link to the page about the archive, and the tools of the list.
fn list_end(view: &LibraryView, footer: &Html) -> Html {
    let LibraryView { results: found, navigation, ui, .. } = view;
    let to = LinkTarget::page(&navigation.navigate, RoutePage::About);
    // A bound, or the count of a part, stands above the list with its reason.
    let is_counted = found.search.as_ref().is_none_or(|search| search.failure.is_none());
    let total = is_counted.then(|| ui.library().end(found.selection.total as u64));
    html! {
        <div class="list__end">
            { total }
            <ArticleLink class="link" {to}>{ ui.about().name }</ArticleLink>
            { footer.clone() }
        </div>
    }
}
