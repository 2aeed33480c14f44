//! Slices of a very long article, each drawn in a task of its own.

use super::blocks::SlicePlace;
use super::scene::{Scene, render_slice};
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{use_effect_with, use_task};
use crate::reading::Slice;
use gloo::timers::future::TimeoutFuture;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use yew::prelude::*;

/// Number of slices in a task.
const SLICES_PER_TASK: usize = 2;

/// Slices that are not drawn yet, in reading order.
#[derive(Default)]
pub struct SliceQueue {
    waiting: RefCell<VecDeque<(usize, Callback<()>)>>,
}

impl SliceQueue {
    /// Adds a slice by its number.
    fn add(&self, number: usize, draw: Callback<()>) {
        let mut waiting = self.waiting.borrow_mut();
        let at = waiting.partition_point(|(other, _)| *other < number);
        waiting.insert(at, (number, draw));
    }

    /// Draws the next slices; returns false if there are none.
    fn draw(&self) -> bool {
        let mut waiting = self.waiting.borrow_mut();
        let count = waiting.len().min(SLICES_PER_TASK);
        waiting.drain(..count).for_each(|(_, draw)| draw.emit(()));
        count > 0
    }
}

/// Slices of an article; none for most articles.
#[derive(Clone, PartialEq)]
pub struct ArticleSlices {
    pub slices: RcEq<Vec<Slice>>,
    /// Called when all slices are drawn.
    pub on_drawn: Callback<()>,
}

/// Returns the queue of an article. It draws the waiting slices in tasks of their own.
#[hook]
pub fn use_slice_queue(article: &ArticleSlices) -> RcEq<SliceQueue> {
    let queue = RcEq::from(use_memo((), |()| SliceQueue::default()));
    let (drawing, on_drawn) = (queue.clone(), article.on_drawn.clone());
    use_task(article.slices.clone(), move |slices, token| async move {
        if slices.is_empty() {
            return;
        }
        loop {
            TimeoutFuture::new(0).await;
            if !token.is_active() {
                return;
            }
            if !drawing.draw() {
                break;
            }
        }
        on_drawn.emit(());
    });
    queue
}

#[derive(Properties, PartialEq)]
pub struct SliceViewProps {
    pub scene: Rc<Scene>,
    pub queue: RcEq<SliceQueue>,
    pub place: SlicePlace,
}

/// Slice that is empty until its turn comes.
#[component]
pub fn SliceView(props: &SliceViewProps) -> Html {
    let is_drawn = use_state_eq(bool::default);
    {
        let (draw, queue, number) = (is_drawn.setter(), props.queue.clone(), props.place.start.number);
        use_effect_with((), move |()| queue.add(number, Callback::from(move |()| draw.set(true))));
    }
    if *is_drawn { render_slice(&props.scene, &props.place) } else { Html::default() }
}
