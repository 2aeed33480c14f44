//! Table of contents.

use super::text_geometry;
use crate::app::i18n::Locale;
use crate::app::services::{dom, use_effect_with};
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
    pub ui: Locale,
    pub close: Callback<()>,
}

/// Panel of headings, with the current one marked.
#[component]
pub fn TableOfContents(props: &TableOfContentsProps) -> Html {
    let current = use_state_eq(|| current_section(&props.sections));
    {
        let (sections, current) = (props.sections.clone(), current.setter());
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
            dom::focus(".toc button");
            dom::focus(".toc [aria-current]");
            move || drop(listener)
        });
    }
    let label = props.ui.tools().contents;
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        event.prevent_default();
        move_focus(by);
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
            <ol class="toc" lang={props.tag} {onkeydown}>{ for rows }</ol>
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
    dom::element(&format!("#{}", heading_id(number)))
}

/// Scrolls to a heading and moves the focus there.
fn scroll_to_heading(number: usize) {
    if let Some(heading) = heading_element(number) {
        heading.scroll_into_view();
        dom::focus(&format!("#{}", heading_id(number)));
    }
}

fn move_focus(by: isize) -> Option<()> {
    let (mut rows, focused) = (dom::elements(".toc button"), dom::active_element()?);
    let at = rows.iter().position(|row| *row == focused);
    let to = at.map_or(0, |at| at.saturating_add_signed(by)).min(rows.len().checked_sub(1)?);
    dom::focus_node(rows.swap_remove(to).into())
}
