//! Virtual list: only the visible rows are rendered.
//!
//! The position is a row and an offset, so rows taller than estimated, a rotated window and late pages do not
//! move the visible rows.

mod drawing;
mod following;
mod menu;
mod place;
mod touch;

use super::Scene;
use super::export::Export;
use super::go_on::GoOn;
use super::nothing::nothing;
use super::paper::Paper;
use super::row::When;
use crate::app::handle::Shared;
use crate::app::hooks::{Layout, Pages, Place, RowAt};
use crate::app::i18n::{fill, number};
use crate::app::offline::{Handle, notice};
use crate::app::pages::front::to_page;
use crate::view::{Groups, Page};
use drawing::{draw_groups, draw_row};
use following::{use_current_in_view, use_ends, use_return, use_scrolling, use_start};
use place::{Memory, View, settle};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ListProps {
    pub scene: Scene,
    /// Day groups; `None` if the list is not sorted by date.
    pub groups: Shared<Option<Groups>>,
    pub pages: Pages,
    pub compact: bool,
    pub current: Option<u32>,
    /// Set if the list is visible.
    pub active: bool,
    /// Scroll position stored in this history entry.
    pub place: Option<Place>,
    /// Incremented when that position is to be restored.
    pub returns: u32,
    pub stand: Callback<Place>,
}

/// Rows of the first render, before heights are known.
const FIRST: usize = 10;
/// Overscan in pixels on each side of the viewport.
const MARGIN: f64 = 700.0;
/// Step in rows by which the rendered window moves.
const STEP: usize = 8;

#[component]
pub fn List(props: &ListProps) -> Html {
    let Scene { found, layout, ui, .. } = &props.scene;
    let texts = ui.library();
    let kept = props.scene.kept.as_ref().map(|kept| kept.as_slice());
    let notice = use_context::<Handle>().map(|device| notice(&device, kept, *ui));
    let ordinals = &found.selection.ordinals;
    let count = ordinals.len();
    let scroller = use_node_ref();
    let inner = use_node_ref();
    let memory = use_mut_ref(Memory::default);
    let window = use_state_eq(|| 0..count.min(FIRST));

    memory.borrow_mut().draw(&found.selection, (*layout, props.compact), props.active);
    let view = View { scroller: scroller.clone(), inner: inner.clone(), wide: *layout == Layout::Wide };
    use_start(props, &memory, &view);
    use_return(props, &memory);
    let rested = use_force_update();
    let refresh = {
        let drawn = (*window).clone();
        let (memory, view, window, selection) =
            (memory.clone(), view.clone(), window.setter(), found.selection.clone());
        let (active, pages) = (props.active, props.pages.clone());
        Rc::new(move || {
            if !active {
                return;
            }
            let goes_ahead = Memory::goes_ahead(&memory, pages.is_waiting(), &rested);
            let mut memory = memory.borrow_mut();
            let Some((top, height)) = view.visible() else { return };
            let near = memory.heights.window(top, height, MARGIN);
            // Moves in steps, so that not every row that passes causes a render.
            let near = near.start / STEP * STEP..near.end.next_multiple_of(STEP);
            window.set(if goes_ahead {
                near
            } else {
                // Visible rows come before the overscan.
                let seen = memory.heights.window(top, height, 0.0);
                near.start.max(drawn.start.min(seen.start))..near.end.min(drawn.end.max(seen.end))
            });
            if memory.wanted.is_none() {
                let row = memory.heights.row_at(top);
                let offset = memory.heights.top(row) - top;
                memory.anchor = (top > 0.0).then(|| Some((*selection.ordinals.get(row)?, offset))).flatten();
            }
        })
    };
    {
        let (memory, view, refresh) = (memory.clone(), view.clone(), refresh.clone());
        let drawn = (*window).clone();
        let selection = found.selection.clone();
        let active = props.active;
        // After every render: measure the rows and restore the anchor.
        use_effect(move || {
            if active {
                settle(&memory, &view, &drawn, &selection.ordinals);
                refresh();
            }
        });
    }
    use_scrolling(props, &memory, &view, &refresh);
    use_ends(&memory, &view, props.active);
    use_current_in_view(props, &memory, &view);
    let pressed = use_state(|| None::<RowAt>);
    let on_press = use_callback((found.selection.clone(), props.pages.clone()), {
        let pressed = pressed.setter();
        let searching = found.search.is_some();
        move |row: usize, (selection, pages)| {
            let ordinal = selection.ordinals.get(row);
            pressed.set(ordinal.and_then(|&ordinal| pages.row(ordinal, searching).ok().flatten()));
        }
    });
    // In the pane layout the article is the main landmark.
    let role = if view.wide { "region" } else { "main" };
    touch::use_touch(&scroller, count == 0, *ui, on_press);

    if count == 0 {
        return html! {
            <div class="list" id="list" {role} tabindex="-1" ref={scroller} aria-label={texts.list}>
                { notice }
                { nothing(&props.scene) }
            </div>
        };
    }
    let drawn = window.start.min(count - 1)..window.end.clamp(1, count);
    let body = match &*props.groups {
        Some(groups) => draw_groups(props, groups, &drawn),
        None => html! {
            <ol class="rows rows--flat">
                { for drawn.clone().map(|row| draw_row(props, row, When::Date)) }
            </ol>
        },
    };
    let let_go = {
        let pressed = pressed.setter();
        Callback::from(move |()| pressed.set(None))
    };
    let (href, onclick) = to_page(&props.scene.navigate, Page::About);
    // A bound, or the count of a part, stands above the list with its reason.
    let is_counted = found.search.as_ref().is_none_or(|search| search.failure.is_none());
    let total = is_counted.then(|| fill(texts.end, &[&number(found.selection.total as u64)]));
    html! {
        <div class="list" id="list" {role} tabindex="-1" ref={scroller} aria-label={texts.list}>
            { notice }
            <GoOn scene={props.scene.clone()} pages={props.pages.clone()} />
            <div class="list__rows" ref={inner}>
                <div class="list__before" />
                { body }
                <div class="list__after" />
            </div>
            if let Some(row) = pressed.as_ref().filter(|_| props.active) {
                { menu::menu(row, props.scene.keeper.kept().marked(row.id), &props.scene.mark, &let_go, *ui) }
            }
            if found.search.as_ref().is_none_or(|search| search.done) {
                <div class="list__end">
                    { total }
                    <a class="link" {href} {onclick}>{ ui.about().name }</a>
                    <Export scene={props.scene.clone()} />
                    <Paper scene={props.scene.clone()} />
                </div>
            }
        </div>
    }
}
