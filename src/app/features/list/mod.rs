//! Virtual list: only the visible rows are rendered.
//!
//! The position is a row and an offset, so rows taller than estimated, a rotated window and late pages do not
//! move the visible rows.

pub mod continue_reading;
pub mod empty_state;
pub mod list_menu;
pub mod query_relaxation;
pub mod render;
pub mod row;
pub mod row_gestures;
pub mod row_menu;
pub mod scroll_anchor;
pub mod scroll_hooks;
pub mod settling;
pub mod sort_menu;

use self::continue_reading::ContinueReading;
use self::empty_state::empty_state;
use self::render::{render_groups, render_row};
use self::row::DateDisplay;
use self::scroll_anchor::{ListState, Viewport, measure_and_restore};
use self::scroll_hooks::{
    use_home_end_keys, use_reset_scroll, use_restore_scroll, use_scroll_current_into_view,
    use_scroll_tracking,
};
use self::settling::use_settling;
use super::export::Export;
use super::print::PrintButton;
use crate::app::features::offline::offline_notice;
use crate::app::services::WindowLayout;
use crate::app::services::rc_eq::RcEq;
use crate::app::state::ScrollPosition;
use crate::app::state::library::LibraryContext;
use crate::app::state::offline::OfflineContext;
use crate::app::state::{Catalogue, CatalogueRow};
use crate::app::ui::article_link::page_link;
use crate::search::DateGroups;
use crate::view_model::RoutePage;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ListProps {
    pub scene: LibraryContext,
    /// Day groups; `None` if the list is not sorted by date.
    pub groups: RcEq<Option<DateGroups>>,
    pub pages: Catalogue,
    pub compact: bool,
    pub current: Option<u32>,
    /// Set if the list is visible.
    pub is_active: bool,
    /// Scroll position stored in this history entry.
    pub scroll: Option<ScrollPosition>,
    /// Incremented when that position is to be restored.
    pub traversals: u32,
    pub save_scroll: Callback<ScrollPosition>,
}

/// Rows of the first render, before heights are known.
const INITIAL_ROWS: usize = 10;
/// Overscan in pixels on each side of the viewport.
const OVERSCAN: f64 = 700.0;
/// Step in rows by which the rendered window moves.
const WINDOW_STEP: usize = 8;

#[component]
pub fn List(props: &ListProps) -> Html {
    let LibraryContext { results: found, layout, ui, .. } = &props.scene;
    let texts = ui.library();
    let kept = props.scene.offline_articles.as_ref().map(|kept| kept.as_slice());
    let notice = use_context::<OfflineContext>().map(|device| offline_notice(&device, kept, *ui));
    let ordinals = &found.selection.ordinals;
    let count = ordinals.len();
    let scroller = use_node_ref();
    let inner = use_node_ref();
    let memory = use_mut_ref(ListState::default);
    let window = use_state_eq(|| 0..count.min(INITIAL_ROWS));

    memory.borrow_mut().update(&found.selection, (*layout, props.compact), props.is_active);
    let view =
        Viewport { scroller: scroller.clone(), inner: inner.clone(), is_wide: *layout == WindowLayout::Wide };
    use_reset_scroll(props, &memory, &view);
    use_restore_scroll(props, &memory);
    let rested = use_force_update();
    let refresh = {
        let drawn = (*window).clone();
        let (memory, view, window, selection) =
            (memory.clone(), view.clone(), window.setter(), found.selection.clone());
        let (active, pages) = (props.is_active, props.pages.clone());
        Rc::new(move || {
            if !active {
                return;
            }
            let goes_ahead = ListState::should_overscan(&memory, pages.is_loading(), &rested);
            let mut memory = memory.borrow_mut();
            let Some((top, height)) = view.visible() else { return };
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
        let (memory, view, refresh) = (memory.clone(), view.clone(), refresh.clone());
        let drawn = (*window).clone();
        let selection = found.selection.clone();
        let active = props.is_active;
        Rc::new(move || {
            if active {
                measure_and_restore(&memory, &view, &drawn, &selection.ordinals);
                refresh();
            }
        })
    };
    use_settling(&view, count == 0, settled.clone());
    // Rows may be set otherwise without one more or less.
    use_effect(move || settled());
    use_scroll_tracking(props, &memory, &view, &refresh);
    use_home_end_keys(&memory, &view, props.is_active);
    use_scroll_current_into_view(props, &memory, &view);
    let pressed = use_state(|| None::<CatalogueRow>);
    let on_press = use_callback((found.selection.clone(), props.pages.clone()), {
        let pressed = pressed.setter();
        let searching = found.search.is_some();
        move |row: usize, (selection, pages)| {
            let ordinal = selection.ordinals.get(row);
            pressed.set(ordinal.and_then(|&ordinal| pages.request_row(ordinal, searching).ok().flatten()));
        }
    });
    // In the pane layout the article is the main landmark.
    let role = if view.is_wide { "region" } else { "main" };
    row_gestures::use_row_gestures(&scroller, count == 0, *ui, on_press);

    if count == 0 {
        return html! {
            <div class="list" id="list" {role} tabindex="-1" ref={scroller} aria-label={texts.list}>
                { notice }
                { empty_state(&props.scene) }
            </div>
        };
    }
    let drawn = window.start.min(count - 1)..window.end.clamp(1, count);
    let body = match &*props.groups {
        Some(groups) => render_groups(props, groups, &drawn),
        None => html! {
            <ol class="rows rows--flat">
                { for drawn.clone().map(|row| render_row(props, row, DateDisplay::Date)) }
            </ol>
        },
    };
    let let_go = {
        let pressed = pressed.setter();
        Callback::from(move |()| pressed.set(None))
    };
    let (href, onclick) = page_link(&props.scene.navigate, RoutePage::About);
    // A bound, or the count of a part, stands above the list with its reason.
    let is_counted = found.search.as_ref().is_none_or(|search| search.failure.is_none());
    let total = is_counted.then(|| texts.end(found.selection.total as u64));
    html! {
        <div class="list" id="list" {role} tabindex="-1" ref={scroller} aria-label={texts.list}>
            { notice }
            <ContinueReading scene={props.scene.clone()} pages={props.pages.clone()} />
            <div class="list__rows" ref={inner}>
                <div class="list__before" />
                { body }
                <div class="list__after" />
            </div>
            if let Some(row) = pressed.as_ref().filter(|_| props.is_active) {
                { row_menu::row_menu(row, props.scene.keeper.data().flag_state(row.id), &props.scene.toggle_flag, &let_go, *ui) }
            }
            if found.search.as_ref().is_none_or(|search| search.is_done) {
                <div class="list__end">
                    { total }
                    <a class="link" {href} {onclick}>{ ui.about().name }</a>
                    <Export scene={props.scene.clone()} />
                    <PrintButton scene={props.scene.clone()} />
                </div>
            }
        </div>
    }
}
