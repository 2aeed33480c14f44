//! Scroll anchor of the list while rows are measured.

use crate::app::services::rc_eq::RcEq;
use crate::app::services::{WindowLayout, dom};
use crate::search::ResultList;
use crate::view_model::RowHeights;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use web_sys::{Element, HtmlCollection};
use yew::prelude::*;

/// Estimated row heights in pixels of a roomy and a compact list.
const ROOMY_ROW_HEIGHT: f32 = 132.0;
const COMPACT_ROW_HEIGHT: f32 = 56.0;

/// Layout of the rows: width class and compactness.
pub(super) type ListLayout = (WindowLayout, bool);

/// Delay of the overscan after the visible rows: their texts show matches meanwhile.
const OVERSCAN_DELAY_MS: u32 = 120;

/// Scroll anchor: an article and the offset of its row from the top of the viewport.
pub(super) type ScrollAnchor = (u32, f64);

/// State of the list between renders.
#[derive(Default)]
pub(super) struct ListState {
    pub(super) heights: RowHeights,
    pub(super) anchor: Option<ScrollAnchor>,
    /// Target to scroll to once the article is in the list.
    pub(super) target: Option<ScrollAnchor>,
    pub(super) rest_timer: Option<Timeout>,
    /// Set while visible rows are loading.
    is_waiting: bool,
    /// Timer of the overscan.
    overscan_timer: Option<Timeout>,
    /// List and layout to which the heights belong.
    pub(super) measured_list: Option<(RcEq<ResultList>, ListLayout)>,
    pub(super) is_active: bool,
    /// Set if the list reappears and was at its top.
    pub(super) scroll_to_top: bool,
    /// Count of history navigations when the list was first rendered.
    pub(super) traversals: Option<u32>,
    /// Set after the current row was first scrolled into view.
    pub(super) has_located_current: bool,
}

impl ListState {
    /// Updates the list. A new list starts at its top. A list that grew, reappeared or changed its layout
    /// keeps its position.
    pub(super) fn update(&mut self, selection: &RcEq<ResultList>, setting: ListLayout, active: bool) {
        let before = self.measured_list.replace((selection.clone(), setting));
        if self.measured_list != before {
            self.reset_heights();
            let reset = before.as_ref().is_some_and(|(list, before)| list == selection && *before != setting);
            self.target = self.target.or(self.anchor.filter(|_| reset));
        }
        if active && !self.is_active && self.target.is_none() {
            self.target = self.anchor;
            // The window was scrolled by the article that covered the list.
            self.scroll_to_top = before.is_some() && self.anchor.is_none();
        }
        self.is_active = active;
    }

    /// Returns true if the overscan may be rendered; else `again` renders it later.
    pub(super) fn should_overscan(
        memory: &Rc<RefCell<ListState>>,
        is_waiting: bool,
        again: &UseForceUpdateHandle,
    ) -> bool {
        let mut this = memory.borrow_mut();
        if is_waiting {
            (this.is_waiting, this.overscan_timer) = (true, None);
        } else if this.is_waiting && this.overscan_timer.is_none() {
            let (memory, again) = (memory.clone(), again.clone());
            this.overscan_timer = Some(Timeout::new(OVERSCAN_DELAY_MS, move || {
                memory.borrow_mut().is_waiting = false;
                again.force_update();
            }));
        }
        !this.is_waiting
    }

    /// Resets all heights to estimates.
    pub(super) fn reset_heights(&mut self) {
        let Some((selection, (_, compact))) = &self.measured_list else { return };
        self.heights = RowHeights::new(
            selection.ordinals.len(),
            if *compact { COMPACT_ROW_HEIGHT } else { ROOMY_ROW_HEIGHT },
        );
    }
}

/// Visible part of the list.
#[derive(Clone)]
pub(super) struct Viewport {
    pub(super) scroller: NodeRef,
    pub(super) inner: NodeRef,
    pub(super) is_wide: bool,
}

impl Viewport {
    /// Returns the top of the viewport within the rows, and its height.
    pub(super) fn visible(&self) -> Option<(f64, f64)> {
        let inner = self.inner.cast::<Element>()?.get_bounding_client_rect();
        if self.is_wide {
            let scroller = self.scroller.cast::<Element>()?;
            return Some((
                scroller.get_bounding_client_rect().top() - inner.top(),
                f64::from(scroller.client_height()),
            ));
        }
        let height = dom::window()?.inner_height().ok()?.as_f64()?;
        Some((-inner.top(), height))
    }

    /// Scrolls to the top or to the end.
    pub(super) fn scroll_to_end(&self, end: bool) {
        let scroller = if self.is_wide { self.scroller.cast() } else { dom::root_element() };
        if let Some(scroller) = scroller {
            scroller.set_scroll_top(if end { scroller.scroll_height() } else { 0 });
        }
    }

    /// Scrolls the top of the viewport to `top` within the rows.
    pub(super) fn scroll_to(&self, top: f64) {
        let Some((now, _)) = self.visible() else { return };
        let by = top - now;
        if by.abs() < 0.5 {
            return;
        }
        if self.is_wide {
            if let Some(scroller) = self.scroller.cast::<Element>() {
                scroller.set_scroll_top(scroller.scroll_top() + by.round() as i32);
            }
        } else if let Some(window) = dom::window() {
            window.scroll_by_with_x_and_y(0.0, by.round());
        }
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.inner.cast::<Element>()?.query_selector(selector).ok().flatten()
    }

    /// Returns the rendered rows.
    fn rows(&self) -> impl Iterator<Item = Element> + use<> {
        let inner = self.inner.cast::<Element>();
        let rows = inner.map(|inner| inner.get_elements_by_class_name("row"));
        let count = rows.as_ref().map_or(0, HtmlCollection::length);
        (0..count).filter_map(move |at| rows.as_ref()?.item(at))
    }

    /// Returns the number of the row that holds the focus.
    pub(super) fn focused_row(&self) -> Option<usize> {
        let (inner, focused) = (self.inner.cast::<Element>()?, dom::active_element()?);
        let row = focused.closest("li").ok()??;
        row_number(&row).filter(|_| inner.contains(Some(&row)))
    }

    /// Returns the number of the row whose link holds the focus.
    pub(super) fn focused_link(&self) -> Option<usize> {
        let focused = dom::active_element();
        self.focused_row().filter(|&number| self.row_link(number) == focused)
    }

    /// Returns the link of a row, if it is rendered.
    pub(super) fn row_link(&self, number: usize) -> Option<Element> {
        link_of(self.rows().find(|row| row_number(row) == Some(number))?)
    }

    pub(super) fn first_link(&self) -> Option<Element> {
        self.rows().find_map(link_of)
    }

    /// Returns the link of the current article's row.
    pub(super) fn current_link(&self) -> Option<Element> {
        link_of(self.rows().find(|row| row.class_list().contains("is-current"))?)
    }
}

/// Returns the position of a row in the list.
pub(super) fn row_number(row: &Element) -> Option<usize> {
    row.get_attribute("data-row")?.parse().ok()
}

/// Returns the link of a row, its first element. A row that is loading has none.
fn link_of(row: Element) -> Option<Element> {
    row.first_element_child().filter(|child| child.tag_name() == "A")
}

/// Measures the rendered rows, sizes the spacers and restores the anchor.
pub(super) fn measure_and_restore(
    memory: &RefCell<ListState>,
    view: &Viewport,
    drawn: &Range<usize>,
    ordinals: &[u32],
) {
    let mut memory = memory.borrow_mut();
    if std::mem::take(&mut memory.scroll_to_top) {
        view.scroll_to_end(false);
    }
    for row in view.rows() {
        let Some(number) = row_number(&row).filter(|&number| number < ordinals.len()) else { continue };
        if row.class_list().contains("is-blank") {
            continue;
        }
        let rect = row.get_bounding_client_rect();
        // The first row of a day is measured from the day's top, to include its heading.
        let head = row.has_attribute("data-first").then(|| row.closest("section").ok().flatten()).flatten();
        let top = head.map_or(rect.top(), |day| day.get_bounding_client_rect().top());
        memory.heights.set_height(number, (rect.bottom() - top) as f32);
    }
    let heights = &memory.heights;
    let room = |selector: &str, height: f64| {
        if let Some(spacer) = view.find(selector) {
            dom::set_number(&spacer, "height", height.max(0.0), "px");
        }
    };
    let span = |element: Option<Element>| -> Option<(usize, usize)> {
        let element = element?;
        let number = |name: &str| element.get_attribute(name)?.parse().ok();
        Some((number("data-start")?, number("data-end")?))
    };
    // Spacers inside a partly rendered day keep its sticky heading in place.
    let first = span(view.find(".day")).map_or(drawn.start, |(start, _)| start);
    let last = span(view.find(".day:last-of-type")).map_or(drawn.end, |(_, end)| end);
    room(".list__before", heights.top(first));
    room(".day__before", heights.top(drawn.start) - heights.top(first));
    room(".day:last-of-type .day__after", heights.top(last) - heights.top(drawn.end));
    room(".list__after", heights.total() - heights.top(last));

    let row_of = |ordinal: u32| ordinals.iter().position(|&other| other == ordinal);
    let wanted = memory.target.and_then(|(ordinal, offset)| Some((row_of(ordinal)?, offset)));
    if let Some((row, offset)) = wanted {
        view.scroll_to(heights.top(row) - offset);
        let near = (drawn.start..drawn.end).contains(&row) && heights.is_measured(row);
        if near {
            memory.anchor = memory.target.take();
        }
    } else if let Some((row, offset)) =
        memory.anchor.and_then(|(ordinal, offset)| Some((row_of(ordinal)?, offset)))
    {
        view.scroll_to(heights.top(row) - offset);
    }
}
