//! The line that shows how far somebody has read.

use crate::app::dom;
use crate::app::hooks::use_effect_with;
use crate::view::between;
use gloo::events::EventListener;
use web_sys::Element;
use yew::prelude::*;

/// Under this height the reader's bar covers the page.
const BAR: f64 = 57.0;

/// See [`Progress`].
#[derive(Properties, PartialEq)]
pub struct ProgressProps {
    /// Changes with the article, whose length changes the line.
    pub title: AttrValue,
    /// Whether it stands at the window's upper edge, instead of a bar's lower one.
    #[prop_or_default]
    pub top: bool,
}

/// The line. It follows the window, which scrolls while an article is read on its own, and tells the bar
/// around it when the title has left the view.
#[component]
pub fn Progress(props: &ProgressProps) -> Html {
    let line = use_node_ref();
    {
        let line = line.clone();
        use_effect_with(props.title.clone(), move |_| {
            // The browser reports scrolling once a frame, so nothing has to be put off to the next.
            let update = move || {
                // Before the article is there is nothing to measure.
                let _ = line.cast::<Element>().and_then(|line| show(&line));
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
    html! { <span ref={line} class={classes!("prog", props.top.then_some("prog--top"))} aria-hidden="true" /> }
}

fn show(line: &Element) -> Option<()> {
    let document = dom::document()?;
    let window = dom::window()?;
    let article = document.get_element_by_id("read")?.get_bounding_client_rect();
    // The way from the top of the page to where the last line of the article comes into view.
    let (gone, view) = (window.scroll_y().ok()?, window.inner_height().ok()?.as_f64()?);
    let way = gone + article.bottom() - view;
    let read = if way > 0.0 { between(gone / way, 0.0, 1.0) } else { 0.0 };
    dom::set_number(line, "--read", read, "");
    let title = document.query_selector("#read h1").ok()??.get_bounding_client_rect();
    // A name of ours is well formed.
    let _ = line.parent_element()?.class_list().toggle_with_force("is-past", title.bottom() < BAR);
    Some(())
}
