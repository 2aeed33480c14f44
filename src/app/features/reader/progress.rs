//! Progress line of the article.

use crate::app::services::{dom, use_effect_with};
use crate::app::ui::article::ARTICLE_ID;
use crate::model::clamp;
use gloo::events::EventListener;
use web_sys::Element;
use yew::prelude::*;

/// Height in pixels of the reader's toolbar.
const BAR_HEIGHT: f64 = 57.0;

#[derive(Properties, PartialEq)]
pub struct ReadingProgressProps {
    /// Changes with the article, which changes the length.
    pub title: AttrValue,
    /// Set at the top of the window, instead of the bottom of a toolbar.
    #[prop_or_default]
    pub at_window_top: bool,
}

/// Line that follows the window's scroll position, and marks its toolbar when the title is out of view.
#[component]
pub fn ReadingProgress(props: &ReadingProgressProps) -> Html {
    let line = use_node_ref();
    {
        let line = line.clone();
        use_effect_with(props.title.clone(), move |_| {
            // Browsers fire scroll events once a frame, so no throttling is needed.
            let update = move || {
                // Before the article is rendered there is nothing to measure.
                let _ = line.cast::<Element>().and_then(|line| update_line(&line));
            };
            update();
            let listeners = dom::window().map(|window| {
                ["scroll", "resize"].map(|event| {
                    let update = update.clone();
                    EventListener::new(&window, event, move |_| update())
                })
            });
            move || drop(listeners)
        });
    }
    html! { <span ref={line} class={classes!("prog", props.at_window_top.then_some("prog--top"))} aria-hidden="true" /> }
}

fn update_line(line: &Element) -> Option<()> {
    let window = dom::window()?;
    let element = dom::element_by_id(ARTICLE_ID)?;
    let article = element.get_bounding_client_rect();
    // Scroll distance until the last line of the article is visible.
    let (scrolled, view) = (window.scroll_y().ok()?, window.inner_height().ok()?.as_f64()?);
    let scroll_range = scrolled + article.bottom() - view;
    let read = if scroll_range > 0.0 { clamp(scrolled / scroll_range, 0.0, 1.0) } else { 0.0 };
    dom::set_number(line, "--read", read, "");
    let title = element.get_elements_by_tag_name("h1").item(0)?.get_bounding_client_rect();
    // The class name is a constant and well formed.
    let _ = line.parent_element()?.class_list().toggle_with_force("is-past", title.bottom() < BAR_HEIGHT);
    Some(())
}
