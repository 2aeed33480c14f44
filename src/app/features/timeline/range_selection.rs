//! Selection of a range in the histogram: by a drag, a click, a grip or a key.

use crate::app::state::LibraryView;
use crate::search::{Histogram, Period};
use crate::view_model::{RangeDrag, RangeEnd, RouteAction, select_range, step_range};
use std::ops::Range;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Searches a range of bars; the flags tell which ends were moved.
type SearchRange = Rc<dyn Fn(Range<usize>, [bool; 2])>;

/// Selected bars.
pub struct RangeSelection {
    /// Bars of the query's range, or those of the drag in progress.
    pub displayed: Option<Range<usize>>,
    /// Bars of the query's range.
    settled: Option<Range<usize>>,
    drag: UseStateHandle<Option<RangeDrag>>,
    bars: Histogram,
    area: NodeRef,
    search: SearchRange,
}

/// Returns the selection among `bars`, which fill the width of `area`.
#[hook]
pub fn use_range_selection(view: &LibraryView, bars: &Histogram, area: &NodeRef) -> RangeSelection {
    let found = &view.results;
    let drag = use_state_eq(|| None::<RangeDrag>);
    let chosen = found.query.date_range();
    let settled =
        chosen.and_then(|(from, to)| bars.bins_between(from.map(Period::start), to.map(Period::start)));
    let displayed = drag.as_ref().map_or(settled.clone(), |drag| Some(drag.range()));
    let search = {
        let (bars, found, navigate) = (bars.clone(), found.clone(), view.navigation.navigate.clone());
        Rc::new(move |range: Range<usize>, moves: [bool; 2]| {
            let query = select_range(&found.query, &found.query_text, &bars, &range, moves);
            navigate.emit(RouteAction::Search(query));
        })
    };
    RangeSelection { displayed, settled, drag, bars: bars.clone(), area: area.clone(), search }
}

impl RangeSelection {
    pub fn on_pointer_down(&self) -> Callback<PointerEvent> {
        let (drag, displayed) = (self.drag.clone(), self.displayed.clone());
        let (area, count) = (self.area.clone(), self.bars.counts.len());
        Callback::from(move |event: PointerEvent| {
            let Some(at) = bar_at(&area, count, &event).filter(|_| event.button() == 0) else { return };
            let target = event.target_dyn_into::<Element>();
            let grip = target.and_then(|target| match target.get_attribute("data-grip")?.as_str() {
                "from" => Some(RangeEnd::From),
                _ => Some(RangeEnd::To),
            });
            if let Some(area) = area.cast::<Element>() {
                // Without pointer capture the drag ends at the edge of the strip.
                let _ = area.set_pointer_capture(event.pointer_id());
            }
            drag.set(Some(RangeDrag::new(at, grip, displayed.as_ref())));
        })
    }

    pub fn on_pointer_move(&self) -> Callback<PointerEvent> {
        let (drag, area, count) = (self.drag.clone(), self.area.clone(), self.bars.counts.len());
        Callback::from(move |event: PointerEvent| {
            if let (Some(before), Some(at)) = (*drag, bar_at(&area, count, &event)) {
                drag.set(Some(before.to(at)));
            }
        })
    }

    pub fn on_pointer_up(&self) -> Callback<PointerEvent> {
        let (drag, search) = (self.drag.clone(), self.search.clone());
        Callback::from(move |_: PointerEvent| {
            if let Some(last) = *drag {
                drag.set(None);
                search(last.range(), last.moves);
            }
        })
    }

    pub fn on_pointer_cancel(&self) -> Callback<PointerEvent> {
        let drag = self.drag.clone();
        Callback::from(move |_: PointerEvent| drag.set(None))
    }

    /// Moves one end of the range by keys.
    pub fn on_key_down(&self, end: RangeEnd) -> Callback<KeyboardEvent> {
        let (search, bars) = (self.search.clone(), self.bars.clone());
        let range = self.settled.clone().unwrap_or(0..bars.counts.len());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(range) = step_range(&bars, &range, end, &event.key(), event.shift_key()) {
                event.prevent_default();
                search(range, [end == RangeEnd::From, end == RangeEnd::To]);
            }
        })
    }
}

/// Returns the bar below the pointer.
fn bar_at(area: &NodeRef, count: usize, event: &PointerEvent) -> Option<usize> {
    let rect = area.cast::<Element>()?.get_bounding_client_rect();
    let share = (f64::from(event.client_x()) - rect.left()) / rect.width();
    Some(((share * count as f64) as usize).min(count.checked_sub(1)?))
}
