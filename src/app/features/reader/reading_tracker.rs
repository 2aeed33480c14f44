//! Reading tracker: stores the reading position, marks finished articles as read, and restores the position.

use super::layout::ReaderLayout;
use super::text_geometry::TopInset;
use super::{ReaderProps, text_geometry};
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{dom, use_effect_with};
use crate::app::state::settings::Settings;
use crate::app::state::user_data::{StorageBackend, UserDataHandle, now};
use crate::model::{Article, Id, ReadableText};
use crate::user_data::{ReadingPosition, TextPosition, UserDataEdit};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::EventTarget;
use yew::prelude::*;

/// Pause after scrolling before the position is recorded.
const SCROLL_REST_MS: u32 = 400;
/// Time after which a fully visible article counts as read.
const GLANCE_DURATION_MS: u32 = 2000;

/// Reading state of an open article.
struct ReadingTracker {
    keeper: RefCell<UserDataHandle>,
    id: Id,
    inset: TopInset,
    lines: Vec<String>,
    /// The lines with readings, if the article has any.
    readable: Option<ReadableText>,
    /// Character at the upper edge and its distance; `None` at the beginning.
    position: Cell<Option<(TextPosition, f64)>>,
    /// Window width for which the position was set.
    width: Cell<f64>,
    timer: RefCell<Option<Timeout>>,
}

/// Tracks the reading position. `articles` are the stored and the displayed article; positions refer to the stored one.
/// An article opens at its stored position, unless it is opened for its `matches`.
#[hook]
pub fn use_reading_position(
    props: &ReaderProps,
    user_data: &UserDataHandle,
    settings: &Settings,
    articles: (Option<RcEq<Article>>, Option<RcEq<Article>>),
    matches: bool,
) {
    let (article, drawn) = articles;
    let (keeper, id, layout) = (user_data.clone(), props.id, props.layout);
    let opening = keeper.backend() == StorageBackend::Opening;
    let current = use_mut_ref(|| None::<Rc<ReadingTracker>>);
    if let Some(reading) = &*current.borrow() {
        *reading.keeper.borrow_mut() = keeper.clone();
    }
    {
        let (current, opened) = (current.clone(), props.is_opened_by_user);
        let deps = (article, drawn, layout, opened, opening);
        use_effect_with(deps, move |(article, _, layout, opened, opening)| {
            let reading = article.as_ref().filter(|article| article.id == id && !opening).map(|article| {
                let before = current.take().filter(|reading| reading.id == id);
                let reading = Rc::new(ReadingTracker::new(keeper, article, *layout));
                match before.and_then(|before| before.position.get()) {
                    // In another layout the same text stays at the edge.
                    Some(spot) => reading.scroll_to(spot),
                    None if matches => {}
                    None => reading.restore(),
                }
                reading.listen(*layout == ReaderLayout::Pane, *opened)
            });
            *current.borrow_mut() = reading.as_ref().map(|(reading, _)| reading.clone());
            move || drop(reading)
        });
    }
    // Another size, face or measure wraps the lines differently.
    let Settings { size, face, leading, measure, indent, ragged, .. } = settings.clone();
    let look = Settings { size, face, leading, measure, indent, ragged, ..Settings::default() };
    use_effect_with(look, move |_| {
        if let Some(reading) = &*current.borrow() {
            reading.keep_position();
        }
    });
}

impl ReadingTracker {
    fn new(keeper: UserDataHandle, article: &Article, layout: ReaderLayout) -> ReadingTracker {
        ReadingTracker {
            keeper: RefCell::new(keeper),
            id: article.id,
            inset: match layout {
                ReaderLayout::Pane => TopInset(8),
                ReaderLayout::FullWindow => TopInset(72),
                ReaderLayout::Phone => TopInset(16),
            },
            lines: article.lines(),
            readable: Some(ReadableText::new(article)).filter(ReadableText::has_asides),
            position: Cell::new(None),
            width: Cell::new(window_width()),
            timer: RefCell::default(),
        }
    }

    fn listen(self: Rc<Self>, pane: bool, opened: bool) -> (Rc<ReadingTracker>, Vec<EventListener>) {
        // The article in the pane counts as read only if it is scrolled.
        if opened {
            self.schedule_record(GLANCE_DURATION_MS);
        }
        let target: Option<EventTarget> = match pane {
            true => text_geometry::pane().map(Into::into),
            false => dom::window().map(Into::into),
        };
        let scrolled = target.map(|target| {
            let reading = self.clone();
            EventListener::new(&target, "scroll", move |_| reading.schedule_record(SCROLL_REST_MS))
        });
        let resized = dom::window().map(|window| {
            let reading = self.clone();
            EventListener::new(&window, "resize", move |_| {
                // Collapsing browser bars change only the height.
                if reading.width.replace(window_width()) != window_width() {
                    reading.keep_position();
                }
            })
        });
        (self, scrolled.into_iter().chain(resized).collect())
    }

    fn schedule_record(self: &Rc<Self>, pause: u32) {
        let reading = Rc::downgrade(self);
        let look = move || {
            if let Some(reading) = reading.upgrade() {
                reading.record();
            }
        };
        *self.timer.borrow_mut() = Some(Timeout::new(pause, look));
    }

    /// Records the visible position.
    fn record(&self) {
        let spot = text_geometry::first_visible(self.inset);
        self.position.set(spot);
        let keeper = self.keeper.borrow().clone();
        let (read, old) = {
            let kept = keeper.data();
            (kept.is_read(self.id), kept.positions.get(&self.id).cloned())
        };
        let mut changes = Vec::new();
        let ended = text_geometry::is_at_end(self.inset).unwrap_or_default();
        if ended && !read {
            changes.push(UserDataEdit::Read(self.id, Some(now())));
        }
        match spot.filter(|_| !ended) {
            Some((spot, _)) => {
                let position = ReadingPosition::new(&self.lines, spot, now());
                let same = |old: &ReadingPosition| {
                    (old.line, old.char_offset) == (position.line, position.char_offset)
                };
                if !old.as_ref().is_some_and(same) {
                    changes.push(UserDataEdit::Position(self.id, Some(position)));
                }
            }
            // A finished article starts at its beginning next time.
            None if old.is_some() => changes.push(UserDataEdit::Position(self.id, None)),
            None => {}
        }
        if !changes.is_empty() {
            keeper.apply(changes);
        }
    }

    /// Restores the stored position.
    fn restore(&self) {
        let find = |left: &ReadingPosition| match &self.readable {
            Some(readable) => left.find_readable(&self.lines, readable),
            None => left.find(&self.lines),
        };
        let spot = self.keeper.borrow().data().positions.get(&self.id).map(find);
        if let Some(spot) = spot {
            self.scroll_to((spot, 0.0));
        }
    }

    fn scroll_to(&self, spot: (TextPosition, f64)) {
        self.position.set(Some(spot));
        // If the line no longer exists, the article stays at its top.
        let _ = text_geometry::scroll_to_position(spot, self.inset);
    }

    /// Restores the text at the edge.
    fn keep_position(&self) {
        if let Some(spot) = self.position.get() {
            self.scroll_to(spot);
        }
    }
}

fn window_width() -> f64 {
    let width = dom::window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.unwrap_or_default()
}
