//! Reading tracker: stores the reading position, marks finished articles as read, and restores the position.

use super::lines::{self, Cover};
use super::{Layout, ReaderProps};
use crate::app::dom;
use crate::app::handle::Shared;
use crate::app::hooks::use_effect_with;
use crate::app::keep::{Keeper, Place, now};
use crate::app::settings::Settings;
use crate::keep::{Change, Position, Spot};
use crate::model::{Article, Id};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::EventTarget;
use yew::prelude::*;

/// Pause after scrolling before the position is recorded.
const REST_MS: u32 = 400;
/// Time after which a fully visible article counts as read.
const GLANCE_MS: u32 = 2000;

/// Reading state of an open article.
struct Reading {
    keeper: RefCell<Keeper>,
    id: Id,
    cover: Cover,
    lines: Vec<String>,
    /// Character at the upper edge and its distance; `None` at the beginning.
    spot: Cell<Option<(Spot, f64)>>,
    /// Window width for which the position was set.
    width: Cell<f64>,
    timer: RefCell<Option<Timeout>>,
}

/// Tracks the reading of an article. An article opens at its stored position, unless it is opened for its
/// `matches`. `drawn` may be converted to another script; positions refer to the original.
#[hook]
pub fn use_kept_place(
    props: &ReaderProps,
    article: Option<Shared<Article>>,
    drawn: Option<Shared<Article>>,
    matches: bool,
) {
    let (keeper, id, layout) = (props.keeper.clone(), props.id, props.layout);
    let opening = keeper.place() == Place::Opening;
    let current = use_mut_ref(|| None::<Rc<Reading>>);
    if let Some(reading) = &*current.borrow() {
        *reading.keeper.borrow_mut() = keeper.clone();
    }
    {
        let (current, opened) = (current.clone(), props.opened);
        let deps = (article, drawn, layout, opened, opening);
        use_effect_with(deps, move |(article, _, layout, opened, opening)| {
            let reading = article.as_ref().filter(|article| article.id == id && !opening).map(|article| {
                let before = current.take().filter(|reading| reading.id == id);
                let reading = Rc::new(Reading::new(keeper, article, *layout));
                match before.and_then(|before| before.spot.get()) {
                    // In another layout the same text stays at the edge.
                    Some(spot) => reading.go(spot),
                    None if matches => {}
                    None => reading.go_back(),
                }
                reading.listen(*layout == Layout::Pane, *opened)
            });
            *current.borrow_mut() = reading.as_ref().map(|(reading, _)| reading.clone());
            move || drop(reading)
        });
    }
    // Another size, face or measure wraps the lines differently.
    let Settings { size, face, leading, measure, indent, ragged, .. } = props.settings.clone();
    let look = Settings { size, face, leading, measure, indent, ragged, ..Settings::default() };
    use_effect_with(look, move |_| {
        if let Some(reading) = &*current.borrow() {
            reading.stay();
        }
    });
}

impl Reading {
    fn new(keeper: Keeper, article: &Article, layout: Layout) -> Reading {
        Reading {
            keeper: RefCell::new(keeper),
            id: article.id,
            cover: match layout {
                Layout::Pane => Cover(8),
                Layout::Alone => Cover(72),
                Layout::Phone => Cover(16),
            },
            lines: article.lines(),
            spot: Cell::new(None),
            width: Cell::new(width()),
            timer: RefCell::default(),
        }
    }

    fn listen(self: Rc<Self>, pane: bool, opened: bool) -> (Rc<Reading>, Vec<EventListener>) {
        // The article in the pane counts as read only if it is scrolled.
        if opened {
            self.look_after(GLANCE_MS);
        }
        let target: Option<EventTarget> = match pane {
            true => dom::document().and_then(|document| document.get_element_by_id("pane")).map(Into::into),
            false => dom::window().map(Into::into),
        };
        let scrolled = target.map(|target| {
            let reading = self.clone();
            EventListener::new(&target, "scroll", move |_| reading.look_after(REST_MS))
        });
        let resized = dom::window().map(|window| {
            let reading = self.clone();
            EventListener::new(&window, "resize", move |_| {
                // Collapsing browser bars change only the height.
                if reading.width.replace(width()) != width() {
                    reading.stay();
                }
            })
        });
        (self, scrolled.into_iter().chain(resized).collect())
    }

    fn look_after(self: &Rc<Self>, pause: u32) {
        let reading = Rc::downgrade(self);
        let look = move || {
            if let Some(reading) = reading.upgrade() {
                reading.look();
            }
        };
        *self.timer.borrow_mut() = Some(Timeout::new(pause, look));
    }

    /// Records the visible position.
    fn look(&self) {
        let spot = lines::first_seen(self.cover);
        self.spot.set(spot);
        let keeper = self.keeper.borrow().clone();
        let (read, old) = {
            let kept = keeper.kept();
            (kept.is_read(self.id), kept.positions.get(&self.id).cloned())
        };
        let mut changes = Vec::new();
        let ended = lines::is_at_end(self.cover).unwrap_or_default();
        if ended && !read {
            changes.push(Change::Read(self.id, Some(now())));
        }
        match spot.filter(|_| !ended) {
            Some((spot, _)) => {
                let position = Position::of(&self.lines, spot, now());
                let same = |old: &Position| (old.line, old.at) == (position.line, position.at);
                if !old.as_ref().is_some_and(same) {
                    changes.push(Change::Position(self.id, Some(position)));
                }
            }
            // A finished article starts at its beginning next time.
            None if old.is_some() => changes.push(Change::Position(self.id, None)),
            None => {}
        }
        if !changes.is_empty() {
            keeper.change(changes);
        }
    }

    /// Restores the stored position.
    fn go_back(&self) {
        let spot = self.keeper.borrow().kept().positions.get(&self.id).map(|left| left.find(&self.lines));
        if let Some(spot) = spot {
            self.go((spot, 0.0));
        }
    }

    fn go(&self, spot: (Spot, f64)) {
        self.spot.set(Some(spot));
        // If the line no longer exists, the article stays at its top.
        let _ = lines::show(spot, self.cover);
    }

    /// Restores the text at the edge.
    fn stay(&self) {
        if let Some(spot) = self.spot.get() {
            self.go(spot);
        }
    }
}

fn width() -> f64 {
    let width = dom::window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.unwrap_or_default()
}
