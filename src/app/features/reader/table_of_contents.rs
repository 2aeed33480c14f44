//! Table of contents.

use super::text_geometry;
use crate::app::services::{dom, use_effect_with};
use crate::app::state::use_locale;
use crate::app::ui::panel::Panel;
use crate::reading::{TocEntry, heading_id};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// CSS class of the panel.
pub const PANEL_NAME: &str = "aa--contents";
/// Distance in pixels below the top of the viewport at which a heading counts as being read.
const READING_LINE: f64 = 120.0;

#[derive(Properties, PartialEq)]
pub struct TableOfContentsProps {
    pub sections: Rc<Vec<TocEntry>>,
    pub tag: &'static str,
    pub close: Callback<()>,
}

/// Panel of headings, with the current one marked.
#[component]
pub fn TableOfContents(props: &TableOfContentsProps) -> Html {
    let current = use_state_eq(|| current_section(&props.sections));
    let (list, ui) = (use_node_ref(), use_locale());
    {
        let (sections, at, list) = (props.sections.clone(), *current, list.clone());
        let current = current.setter();
        use_effect_with((), move |()| {
            let look = move || current.set(current_section(&sections));
            // Pane and window both scroll. The pane's event does not bubble, but can be captured.
            let options = gloo::events::EventListenerOptions {
                phase: gloo::events::EventListenerPhase::Capture,
                passive: true,
            };
            let listener = dom::window()
                .map(|window| EventListener::new_with_options(&window, "scroll", options, move |_| look()));
            // The focus starts at the current heading.
            let _ = entry_button(&list, at.unwrap_or_default()).and_then(dom::focus_element);
            move || drop(listener)
        });
    }
    let label = ui.tools().contents;
    let keys_list = list.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        // At the end of the list the focus stays.
        let _ = move_focus(&keys_list, by);
    });
    let rows = props.sections.iter().enumerate().map(|(at, section)| {
        let (number, close) = (section.number, props.close.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            close.emit(());
            // The panel restores the focus to its button first.
            Timeout::new(0, move || scroll_to_heading(number)).forget();
        });
        let depth = format!("toc__{}", section.depth.min(2));
        html! {
            <li class={depth}>
                <button type="button" aria-current={(*current == Some(at)).then_some("true")} {onclick}>
                    { &section.title }
                </button>
            </li>
        }
    });
    html! {
        <Panel name={PANEL_NAME} {label} close={&props.close}>
            <p class="aa__h">{ label }</p>
            <ol ref={list} class="toc" lang={props.tag} {onkeydown}>{ for rows }</ol>
        </Panel>
    }
}

/// Returns the last section whose heading is above the reading line.
fn current_section(sections: &[TocEntry]) -> Option<usize> {
    let top = text_geometry::pane().map_or(0.0, |pane| pane.get_bounding_client_rect().top());
    sections.iter().rposition(|section| {
        let heading = heading_element(section.number);
        heading.is_some_and(|heading| heading.get_bounding_client_rect().top() - top < READING_LINE)
    })
}

fn heading_element(number: usize) -> Option<Element> {
    dom::element_by_id(&heading_id(number))
}

/// Scrolls to a heading and moves the focus there.
fn scroll_to_heading(number: usize) {
    if let Some(heading) = heading_element(number) {
        heading.scroll_into_view();
        // A heading takes the focus.
        let _ = dom::focus_element(heading);
    }
}

/// Returns the button of an entry.
fn entry_button(list: &NodeRef, at: usize) -> Option<Element> {
    list.cast::<Element>()?.children().item(at as u32)?.first_element_child()
}

fn move_focus(list: &NodeRef, by: isize) -> Option<()> {
    let (focused, entries) = (dom::active_element()?, list.cast::<Element>()?.children());
    let count = entries.length() as usize;
    let at = (0..count).position(|at| entry_button(list, at).as_ref() == Some(&focused));
    let to = at.map_or(0, |at| at.saturating_add_signed(by)).min(count.checked_sub(1)?);
    dom::focus_node(entry_button(list, to)?.into())
}
