//! Rows that are rendered: those in and near the viewport.

use super::scroll_anchor::{ListState, Viewport, measure_and_restore};
use super::settling::use_settling;
use crate::app::state::{Catalogue, SearchResults, use_rows};
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Rows of the first render, before heights are known.
const INITIAL_ROWS: usize = 10;
/// Overscan in pixels on each side of the viewport.
const OVERSCAN: f64 = 700.0;
/// Step in rows by which the range moves.
const RANGE_STEP: usize = 8;

pub(super) struct RenderedRows {
    pub range: Range<usize>,
    /// Moves the range to the viewport.
    pub refresh: Rc<dyn Fn()>,
}

/// Returns the rows to render, requests them, and measures them once they are rendered.
#[hook]
pub(super) fn use_rendered_rows(
    is_active: bool,
    found: &SearchResults,
    catalogue: &Catalogue,
    memory: &Rc<RefCell<ListState>>,
    viewport: &Viewport,
) -> RenderedRows {
    let selection = found.selection.clone();
    let count = selection.ordinals.len();
    let state = use_state_eq(|| 0..count.min(INITIAL_ROWS));
    let range = state.start.min(count.saturating_sub(1))..state.end.clamp(1, count.max(1)).min(count);
    let wanted = selection.ordinals[range.clone()].to_vec();
    let is_waiting = wanted.iter().any(|&ordinal| matches!(catalogue.row(ordinal), Ok(None)));
    use_rows(catalogue, wanted, found.search.is_some());
    let rested = use_force_update();
    let refresh: Rc<dyn Fn()> = {
        let (memory, viewport, selection) = (memory.clone(), viewport.clone(), selection.clone());
        let (before, state) = ((*state).clone(), state.setter());
        Rc::new(move || {
            if !is_active {
                return;
            }
            let goes_ahead = ListState::should_overscan(&memory, is_waiting, &rested);
            let mut memory = memory.borrow_mut();
            let Some((top, height)) = viewport.visible() else { return };
            let near = memory.heights.visible_rows(top, height, OVERSCAN);
            // Moves in steps, so that not every row that passes causes a render.
            let near = near.start / RANGE_STEP * RANGE_STEP..near.end.next_multiple_of(RANGE_STEP);
            state.set(if goes_ahead {
                near
            } else {
                // Visible rows come before the overscan.
                let seen = memory.heights.visible_rows(top, height, 0.0);
                near.start.max(before.start.min(seen.start))..near.end.min(before.end.max(seen.end))
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
        let before = (*state).clone();
        Rc::new(move || {
            if is_active {
                measure_and_restore(&memory, &viewport, &before, &selection.ordinals);
                refresh();
            }
        })
    };
    use_settling(viewport, count == 0, settled.clone());
    // Rows may be set otherwise without one more or less.
    use_effect(move || settled());
    RenderedRows { range, refresh }
}
