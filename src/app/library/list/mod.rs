//! The list, of which only a window is drawn.
//!
//! Its position is a row and an offset: rows that turn out taller than estimated, a window that is turned,
//! pages that arrive late never move what is on screen.

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

/// See [`List`].
#[derive(Properties, PartialEq)]
pub struct ListProps {
    /// What is listed.
    pub scene: Scene,
    /// The days of the list; nothing when it is not in order of time.
    pub groups: Shared<Option<Groups>>,
    /// The rows.
    pub pages: Pages,
    /// Whether rows stand close.
    pub compact: bool,
    /// The article that stands beside the list.
    pub current: Option<u32>,
    /// Whether the list is on screen.
    pub active: bool,
    /// Where the list stood when this entry of the history was left.
    pub place: Option<Place>,
    /// Grows when that place is to be found again.
    pub returns: u32,
    /// Notes where the list stands.
    pub stand: Callback<Place>,
}

/// How many rows are drawn before it is known how tall they are.
const FIRST: usize = 10;
/// How far beyond the view rows are drawn.
const MARGIN: f64 = 700.0;
/// By how many rows what is drawn moves.
const STEP: usize = 8;

/// The list.
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
            // In steps, so that the list is not drawn again for each row that passes.
            let near = near.start / STEP * STEP..near.end.next_multiple_of(STEP);
            window.set(if goes_ahead {
                near
            } else {
                // What is on screen comes before what is near it.
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
        // After every render: what was drawn is measured, and what is on screen stays where it is.
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
    // Beside an article the article is what the page is about.
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
