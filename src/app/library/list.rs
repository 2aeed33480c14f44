//! The list, of which only a window is drawn.
//!
//! Its position is a row and an offset: rows that turn out taller than estimated, a window that is turned,
//! pages that arrive late never move what is on screen.

use super::Scene;
use super::nothing::nothing;
use super::row::{ListRow, When};
use crate::app::dom;
use crate::app::handle::Shared;
use crate::app::hooks::{Layout, Pages, Place};
use crate::app::i18n::{fill, number};
use crate::model::Date;
use crate::view::{Action, Group, Groups, Heights, Selection, Sort, State};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, NodeList};
use yew::platform::spawn_local;
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

/// How far beyond the view rows are drawn.
const MARGIN: f64 = 700.0;
/// A row as tall as most.
const ROW_HEIGHT: f32 = 132.0;
/// How long a list rests before its place is noted.
const REST_MS: u32 = 250;

/// A place in the list: an article, and how far below the view's upper edge its row begins.
type Anchor = (u32, f64);

/// What the list remembers between renders.
#[derive(Default)]
struct Memory {
    heights: Heights,
    anchor: Option<Anchor>,
    /// Where to go as soon as the article is in the list.
    wanted: Option<Anchor>,
    rest: Option<Timeout>,
    /// Which list and layout the heights belong to.
    listed: Option<(Shared<Selection>, Layout)>,
    /// Whether the list was on screen.
    active: bool,
    /// How often the browser had gone back or forward when the list began.
    returns: Option<u32>,
    /// Whether the current row was looked for already.
    looked: bool,
}

impl Memory {
    /// Another list begins at its top; the same list that grew keeps its place. A list that comes back from
    /// under an article stands where it stood.
    fn draw(&mut self, selection: &Shared<Selection>, layout: Layout, active: bool) {
        let listed = Some((selection.clone(), layout));
        if self.listed != listed {
            self.heights = Heights::new(selection.ordinals.len(), self.heights.estimate().max(ROW_HEIGHT));
            self.listed = listed;
        }
        if active && !self.active && self.wanted.is_none() {
            self.wanted = self.anchor;
        }
        self.active = active;
    }
}

/// The list.
#[component]
pub fn List(props: &ListProps) -> Html {
    let Scene { found, layout, ui, .. } = &props.scene;
    let texts = ui.library();
    let ordinals = &found.selection.ordinals;
    let count = ordinals.len();
    let scroller = use_node_ref();
    let inner = use_node_ref();
    let memory = use_mut_ref(Memory::default);
    let window = use_state_eq(|| 0..count.min(12));

    memory.borrow_mut().draw(&found.selection, *layout, props.active);
    let view = View { scroller: scroller.clone(), inner: inner.clone(), wide: *layout == Layout::Wide };
    use_start(props, &memory, &view);
    use_return(props, &memory);
    let refresh = {
        let (memory, view, window, selection) =
            (memory.clone(), view.clone(), window.setter(), found.selection.clone());
        let active = props.active;
        Rc::new(move || {
            if !active {
                return;
            }
            let mut memory = memory.borrow_mut();
            let Some((top, height)) = view.visible() else { return };
            window.set(memory.heights.window(top, height, MARGIN));
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
    use_current_in_view(props, &memory, &view);

    if count == 0 {
        return html! {
            <main class="list" id="list" tabindex="-1" ref={scroller} aria-label={texts.list}>
                { nothing(&props.scene) }
            </main>
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
    let total = fill(texts.end, &[&number(count as u64)]);
    html! {
        <main class="list" id="list" tabindex="-1" ref={scroller} aria-label={texts.list}>
            <div class="list__rows" ref={inner}>
                <div class="list__before" />
                { body }
                <div class="list__after" />
            </div>
            if found.search.as_ref().is_none_or(|search| search.done) {
                <p class="list__end">{ total }</p>
            }
        </main>
    }
}

/// The list on screen.
#[derive(Clone)]
struct View {
    scroller: NodeRef,
    inner: NodeRef,
    wide: bool,
}

impl View {
    /// The top of the view inside the rows, and its height.
    fn visible(&self) -> Option<(f64, f64)> {
        let inner = self.inner.cast::<Element>()?.get_bounding_client_rect();
        if self.wide {
            let scroller = self.scroller.cast::<Element>()?;
            return Some((
                scroller.get_bounding_client_rect().top() - inner.top(),
                f64::from(scroller.client_height()),
            ));
        }
        let height = dom::window()?.inner_height().ok()?.as_f64()?;
        Some((-inner.top(), height))
    }

    /// Scrolls so that the view's upper edge is at `top` of the rows.
    fn scroll_to(&self, top: f64) {
        let Some((now, _)) = self.visible() else { return };
        let by = top - now;
        if by.abs() < 0.5 {
            return;
        }
        if self.wide {
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

    fn find_all(&self, selector: &str) -> Option<NodeList> {
        self.inner.cast::<Element>()?.query_selector_all(selector).ok()
    }
}

/// Measures what is drawn, gives the undrawn rows their room, and puts the anchor where it was.
fn settle(memory: &RefCell<Memory>, view: &View, drawn: &Range<usize>, ordinals: &[u32]) {
    let mut memory = memory.borrow_mut();
    let rows = view.find_all("[data-row]");
    for at in 0..rows.as_ref().map_or(0, NodeList::length) {
        let row = rows.as_ref().and_then(|rows| rows.get(at)).and_then(|row| row.dyn_into::<Element>().ok());
        let Some(row) = row else { continue };
        let number = row.get_attribute("data-row").and_then(|number| number.parse().ok());
        let Some(number) = number.filter(|&number: &usize| number < ordinals.len()) else { continue };
        if row.class_list().contains("is-blank") {
            continue;
        }
        let rect = row.get_bounding_client_rect();
        // The first row of a day is measured from the top of the day, so that its head counts.
        let head = row.has_attribute("data-first").then(|| row.closest(".day").ok().flatten()).flatten();
        let top = head.map_or(rect.top(), |day| day.get_bounding_client_rect().top());
        memory.heights.measure(number, (rect.bottom() - top) as f32);
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
    // Undrawn rows of a day that is partly drawn keep their room inside it, for its date to stick to.
    let first = span(view.find(".day")).map_or(drawn.start, |(start, _)| start);
    let last = span(view.find(".day:last-of-type")).map_or(drawn.end, |(_, end)| end);
    room(".list__before", heights.top(first));
    room(".day__before", heights.top(drawn.start) - heights.top(first));
    room(".day:last-of-type .day__after", heights.top(last) - heights.top(drawn.end));
    room(".list__after", heights.total() - heights.top(last));

    let row_of = |ordinal: u32| ordinals.iter().position(|&other| other == ordinal);
    let wanted = memory.wanted.and_then(|(ordinal, offset)| Some((row_of(ordinal)?, offset)));
    if let Some((row, offset)) = wanted {
        view.scroll_to(heights.top(row) - offset);
        let near = (drawn.start..drawn.end).contains(&row) && heights.is_measured(row);
        if near {
            memory.anchor = memory.wanted.take();
        }
    } else if let Some((row, offset)) =
        memory.anchor.and_then(|(ordinal, offset)| Some((row_of(ordinal)?, offset)))
    {
        view.scroll_to(heights.top(row) - offset);
    }
}

/// A new query or order begins at the top, unless the browser went back to it.
#[hook]
fn use_start(props: &ListProps, memory: &Rc<RefCell<Memory>>, view: &View) {
    let (memory, view) = (memory.clone(), view.clone());
    let returns = props.returns;
    use_effect_with((props.scene.found.text.clone(), props.scene.found.sort), move |_| {
        let mut memory = memory.borrow_mut();
        let before = memory.returns.replace(returns);
        // The first list, and one that the browser went back to.
        if before.is_none_or(|before| returns > before) {
            return;
        }
        memory.anchor = None;
        memory.wanted = None;
        if view.visible().is_some_and(|(top, _)| top > 0.0) {
            view.scroll_to(0.0);
        }
    });
}

/// Goes where the list stood when the browser went back, and when the page was reloaded.
#[hook]
fn use_return(props: &ListProps, memory: &Rc<RefCell<Memory>>) {
    let (memory, archive, place) = (memory.clone(), props.scene.archive.clone(), props.place.clone());
    let again = use_force_update();
    use_effect_with(props.returns, move |_| {
        if let Some((id, offset)) = place.and_then(|place| Some((place.id.parse().ok()?, place.offset))) {
            spawn_local(async move {
                if let Ok(Some(ordinal)) = archive.locate(id).await {
                    memory.borrow_mut().wanted = Some((ordinal, offset));
                    again.force_update();
                }
            });
        }
    });
}

/// Follows scrolling and resizing, and notes the place when the list rests.
#[hook]
fn use_scrolling(
    props: &ListProps,
    memory: &Rc<RefCell<Memory>>,
    view: &View,
    refresh: &Rc<impl Fn() + 'static>,
) {
    let latest = use_mut_ref(|| None::<Rc<dyn Fn()>>);
    let note = {
        let (memory, pages, stand) = (memory.clone(), props.pages.clone(), props.stand.clone());
        Rc::new(move || {
            let anchor = memory.borrow().anchor;
            if let Some((ordinal, offset)) = anchor
                && let Ok(Some(row)) = pages.row(ordinal)
            {
                stand.emit(Place { id: row.id.to_string(), offset });
            }
        })
    };
    let active = props.active;
    let scrolled = {
        let (refresh, memory) = (refresh.clone(), memory.clone());
        Rc::new(move || {
            if active {
                refresh();
                let note = note.clone();
                memory.borrow_mut().rest = Some(Timeout::new(REST_MS, move || note()));
            }
        })
    };
    *latest.borrow_mut() = Some(scrolled);
    let (wide, scroller, memory) = (view.wide, view.scroller.clone(), memory.clone());
    let count = props.scene.found.selection.ordinals.len();
    use_effect_with((wide, count == 0), move |_| {
        let follow = move || {
            let call = latest.borrow().clone();
            if let Some(call) = call {
                call();
            }
        };
        let window = dom::window();
        let target: Option<web_sys::EventTarget> =
            if wide { scroller.cast::<Element>().map(Into::into) } else { window.clone().map(Into::into) };
        let on_scroll = {
            let follow = follow.clone();
            target.map(|target| EventListener::new(&target, "scroll", move |_| follow()))
        };
        let on_resize = window.map(|window| {
            EventListener::new(&window, "resize", move |_| {
                // Lines break anew: every height is an estimate again, and the anchor stays.
                let mut kept = memory.borrow_mut();
                kept.heights = Heights::new(kept.heights.count(), kept.heights.estimate().max(ROW_HEIGHT));
                kept.wanted = kept.wanted.or(kept.anchor);
                drop(kept);
                follow();
            })
        });
        move || drop((on_scroll, on_resize))
    });
}

/// Keeps the row of the article beside the list in view when it changes.
#[hook]
fn use_current_in_view(props: &ListProps, memory: &Rc<RefCell<Memory>>, view: &View) {
    let (memory, view, selection) = (memory.clone(), view.clone(), props.scene.found.selection.clone());
    use_effect_with((props.current, props.active), move |(current, active)| {
        // At the start the place of the history wins over the current row.
        let at_start = !std::mem::replace(&mut memory.borrow_mut().looked, true);
        // Who steps along the rows by keyboard takes the focus along.
        let focused = dom::document().and_then(|document| document.active_element());
        if focused.is_some_and(|element| element.class_list().contains("row__a")) {
            dom::focus(".row.is-current .row__a");
        }
        let row =
            current.and_then(|current| selection.ordinals.iter().position(|&ordinal| ordinal == current));
        let (Some(row), Some((top, height)), true) = (row, view.visible(), *active) else { return };
        let mut memory = memory.borrow_mut();
        if memory.wanted.is_some() {
            return;
        }
        let (start, end) = (memory.heights.top(row), memory.heights.top(row + 1));
        let offset = match () {
            () if start >= top && end <= top + height => return,
            () if start < top || at_start => 0.0,
            () => height - (end - start),
        };
        memory.wanted = selection.ordinals.get(row).map(|&ordinal| (ordinal, offset));
        view.scroll_to(start - offset);
    });
}

fn draw_groups(props: &ListProps, groups: &Groups, drawn: &Range<usize>) -> Html {
    let (Some(first), Some(last)) = (groups.at(drawn.start), groups.at(drawn.end - 1)) else {
        return Html::default();
    };
    let when = if groups.monthly { When::Day } else { When::Clock };
    groups.groups[first..=last]
        .iter()
        .enumerate()
        .map(|(at, group)| {
            let rows = group.rows.start.max(drawn.start)..group.rows.end.min(drawn.end);
            let head = draw_head(props, group, groups.monthly);
            html! {
                <section class={classes!("day", (first + at == 0).then_some("day--first"), head.today.then_some("is-today"))}
                    key={group.rows.start} data-start={group.rows.start.to_string()}
                    data-end={group.rows.end.to_string()}>
                    { head.html }
                    <div class="day__rows">
                        if at == 0 {
                            <div class="day__before" />
                        }
                        <ol class="rows">{ for rows.map(|row| draw_row(props, row, when)) }</ol>
                        // A day that was the last one drawn must not keep the room that it had then.
                        if first + at == last {
                            <div class="day__after" />
                        }
                    </div>
                </section>
            }
        })
        .collect()
}

/// The head of a day.
struct Head {
    html: Html,
    today: bool,
}

fn draw_head(props: &ListProps, group: &Group, monthly: bool) -> Head {
    let (dates, texts) = (props.scene.ui.dates(), props.scene.ui.library());
    let count = match group.rows.len() {
        1 => texts.article.to_owned(),
        count => fill(texts.articles, &[&number(count as u64)]),
    };
    let Some(date) = group.date else {
        let html = html! {
            <h2 class="day__h">
                <span class="day__m day__m--alone">{ texts.undated }</span>
                <span class="day__n">{ count }</span>
            </h2>
        };
        return Head { html, today: false };
    };
    let today = !monthly && date == today();
    let (numeral, rest) = match monthly {
        true => (dates.month(date), dates.year(date)),
        false if today => (date.day.to_string(), format!("{} {}", texts.today, dates.weekday(date))),
        false => (date.day.to_string(), format!("{} {}", dates.month(date), dates.weekday(date))),
    };
    let html = html! {
        <h2 class="day__h">
            <span class={classes!("day__d", monthly.then_some("day__d--month"))}>{ numeral }</span>
            <span class="day__m">{ rest }</span>
            if !monthly && date.year != this_year() {
                <span class="day__m">{ dates.year(date) }</span>
            }
            <span class="day__n">{ count }</span>
        </h2>
    };
    Head { html, today }
}

fn draw_row(props: &ListProps, at: usize, when: When) -> Html {
    let Scene { archive, found, ui, navigate, .. } = &props.scene;
    let ordinal = found.selection.ordinals[at];
    let starts = (*props.groups)
        .as_ref()
        .is_some_and(|groups| groups.at(at).is_some_and(|group| groups.groups[group].rows.start == at));
    let current = props.current == Some(ordinal);
    let first = starts.then_some("true");
    let row = match props.pages.row(ordinal) {
        Ok(Some(row)) => row,
        Ok(None) => {
            return html! { <li class="row is-blank" key={ordinal} data-row={at.to_string()} data-first={first} /> };
        }
        Err(_) => {
            let retry = {
                let pages = props.pages.clone();
                Callback::from(move |_: MouseEvent| pages.retry())
            };
            let texts = ui.library();
            return html! {
                <li class="row is-failed" key={ordinal} data-row={at.to_string()} data-first={first}>
                    <p class="row__f">{ texts.row_failed }<button class="link" onclick={retry}>{ texts.again }</button></p>
                </li>
            };
        }
    };
    let places =
        found.search.as_ref().and_then(|search| search.hits.iter().find(|hit| hit.ordinal == ordinal));
    let state = State {
        query: found.text.to_string(),
        sort: (found.sort == Sort::Oldest).then_some(Sort::Oldest),
        article: Some(row.id),
        alone: false,
    };
    let stop = if props.current.is_some() { current } else { at == 0 };
    html! {
        <li class={classes!("row", current.then_some("is-current"))} key={ordinal} data-row={at.to_string()} data-first={first}>
            <ListRow archive={archive.clone()} {ordinal} query={found.search.is_some().then(|| found.query.clone())}
                places={places.map_or(0, |hit| hit.count)} {when} this_year={this_year()} href={state.to_url()} {stop}
                {current} ui={*ui} open={navigate.reform(Action::Open)} {row} />
        </li>
    }
}

/// Today on the reader's own clock, for what is called today and whose year need not be said.
fn today() -> Date {
    let now = js_sys::Date::new_0();
    Date { year: now.get_full_year() as i32, month: now.get_month() as u8 + 1, day: now.get_date() as u8 }
}

fn this_year() -> i32 {
    today().year
}
