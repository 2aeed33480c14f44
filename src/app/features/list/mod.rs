//! Virtual list: only the visible rows are rendered.
//!
//! The position is a row and an offset, so rows taller than estimated, a rotated window and late pages do not
//! move the visible rows.

pub mod continue_reading;
pub mod empty_state;
pub mod list_commands;
pub mod query_relaxation;
pub mod render;
pub mod row;
pub mod row_gestures;
pub mod scroll_anchor;
pub mod scroll_hooks;
pub mod settling;
pub mod sort_menu;
pub mod spelling_suggestions;

use self::continue_reading::ContinueReading;
use self::empty_state::empty_state;
use self::list_commands::{RowActions, RowFocus, use_list_commands};
use self::render::RowRenderer;
use self::row::DateDisplay;
use self::row_gestures::{RowGesture, use_row_gestures};
use self::scroll_anchor::{ListState, Viewport, measure_and_restore};
use self::scroll_hooks::{
    use_home_end_keys, use_reset_scroll, use_restore_scroll, use_scroll_current_into_view,
    use_scroll_tracking,
};
use self::settling::use_settling;
use crate::app::services::{WindowLayout, use_shared};
use crate::app::state::row_menu::{Point, RowMenuProps};
use crate::app::state::settings::use_settings;
use crate::app::state::{
    Catalogue, CatalogueRow, Command, use_command_context, use_library_view, use_rows, use_user_data,
};
use crate::app::ui::article_link::{ArticleLink, LinkTarget};
use crate::app::ui::lazy_view::{Fallback, lazy_panel};
use crate::view_model::{RoutePage, ScrollPosition};
use std::rc::Rc;
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

/// Rows of the first render, before heights are known.
const INITIAL_ROWS: usize = 10;
/// Overscan in pixels on each side of the viewport.
const OVERSCAN: f64 = 700.0;
/// Step in rows by which the rendered window moves.
const WINDOW_STEP: usize = 8;

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
    let window = use_state_eq(|| 0..count.min(INITIAL_ROWS));
    let drawn = window.start.min(count.saturating_sub(1))..window.end.clamp(1, count.max(1)).min(count);

    memory.borrow_mut().update(&found.selection, (layout, compact), props.is_active);
    let viewport =
        Viewport { scroller: scroller.clone(), inner: inner.clone(), is_wide: layout == WindowLayout::Wide };
    use_reset_scroll(props, found, &memory, &viewport);
    use_restore_scroll(props, &view.archive, &memory);
    let wanted = found.selection.ordinals[drawn.clone()].to_vec();
    let is_waiting = wanted.iter().any(|&ordinal| matches!(catalogue.row(ordinal), Ok(None)));
    use_rows(&catalogue, wanted, found.search.is_some());
    let rested = use_force_update();
    let refresh = {
        let drawn = (*window).clone();
        let (memory, viewport, window, selection) =
            (memory.clone(), viewport.clone(), window.setter(), found.selection.clone());
        let active = props.is_active;
        Rc::new(move || {
            if !active {
                return;
            }
            let goes_ahead = ListState::should_overscan(&memory, is_waiting, &rested);
            let mut memory = memory.borrow_mut();
            let Some((top, height)) = viewport.visible() else { return };
            let near = memory.heights.visible_rows(top, height, OVERSCAN);
            // Moves in steps, so that not every row that passes causes a render.
            let near = near.start / WINDOW_STEP * WINDOW_STEP..near.end.next_multiple_of(WINDOW_STEP);
            window.set(if goes_ahead {
                near
            } else {
                // Visible rows come before the overscan.
                let seen = memory.heights.visible_rows(top, height, 0.0);
                near.start.max(drawn.start.min(seen.start))..near.end.min(drawn.end.max(seen.end))
            });
            if memory.target.is_none() {
                let row = memory.heights.row_at(top);
                let offset = memory.heights.top(row) - top;
                memory.anchor = (top > 0.0).then(|| Some((*selection.ordinals.get(row)?, offset))).flatten();
            }
        })
    };
    // Rendered rows are measured, and the visible ones keep their position.
    let settled: Rc<dyn Fn()> = {
        let (memory, viewport, refresh) = (memory.clone(), viewport.clone(), refresh.clone());
        let drawn = (*window).clone();
        let selection = found.selection.clone();
        let active = props.is_active;
        Rc::new(move || {
            if active {
                measure_and_restore(&memory, &viewport, &drawn, &selection.ordinals);
                refresh();
            }
        })
    };
    use_settling(&viewport, count == 0, settled.clone());
    // Rows may be set otherwise without one more or less.
    use_effect(move || settled());
    use_scroll_tracking(props, count == 0, &catalogue, &memory, &viewport, &refresh);
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
    let menu = use_state(|| None::<(CatalogueRow, usize, Point)>);
    // A stable callback, so that a star renders its own row only.
    let on_gesture = use_callback((found.selection.clone(), view.ui), {
        let (user_data, catalogue, menu) = (user_data.clone(), catalogue.clone(), menu.setter());
        move |(number, gesture): (usize, RowGesture), (selection, ui)| {
            let ordinal = selection.ordinals.get(number);
            let Some(row) = ordinal.and_then(|&ordinal| catalogue.cached_row(ordinal)) else { return };
            match gesture {
                RowGesture::Toggle(flag) => user_data.toggle_flag(row.id, flag, *ui),
                RowGesture::Menu(at) => menu.set(Some((row, number, at))),
            }
        }
    });
    // In the pane layout the article is the main landmark.
    let role = if viewport.is_wide { "region" } else { "main" };
    use_row_gestures(&scroller, count == 0, view.ui, on_gesture.clone());

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
        on_gesture: &on_gesture,
        current: props.current,
    };
    let body = match &*found.groups {
        Some(groups) => rows.groups(groups, &drawn),
        None => html! {
            <ol class="rows rows--flat">{ for drawn.clone().map(|row| rows.row(row, DateDisplay::Date)) }</ol>
        },
    };
    let row_menu = |(row, number, at): &(CatalogueRow, usize, Point)| {
        let menu = menu.setter();
        let close = Callback::from(move |()| menu.set(None));
        let props = RowMenuProps { row: row.clone(), number: *number, at: *at, close };
        lazy_panel(props.clone(), Fallback::with_close(&props.close))
    };
    let onkeydown = {
        let commands = commands.clone();
        Callback::from(move |event: KeyboardEvent| {
            let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
            // On a wide screen the row is open already, and the key opens its article in the full window.
            if event.key() == "Enter" && is_plain && viewport.is_wide && viewport.focused_link().is_some() {
                event.prevent_default();
                commands.run(Command::Open);
            }
        })
    };
    let to = LinkTarget::page(&view.navigation.navigate, RoutePage::About);
    // A bound, or the count of a part, stands above the list with its reason.
    let is_counted = found.search.as_ref().is_none_or(|search| search.failure.is_none());
    let total = is_counted.then(|| texts.end(found.selection.total as u64));
    html! {
        <div class="list" id="list" {role} tabindex="-1" ref={scroller} aria-label={texts.list} {onkeydown}>
            { props.notice.clone() }
            <ContinueReading />
            <div class="list__rows" ref={inner}>
                <div class="list__before" />
                { body }
                <div class="list__after" />
            </div>
            if let Some(menu) = menu.as_ref().filter(|_| props.is_active) {
                { row_menu(menu) }
            }
            if found.search.as_ref().is_none_or(|search| search.is_done) {
                <div class="list__end">
                    { total }
                    <ArticleLink class="link" {to}>{ view.ui.about().name }</ArticleLink>
                    { props.footer.clone() }
                </div>
            }
        </div>
    }
}
