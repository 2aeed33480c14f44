//! The table of contents.

use super::blocks::heading_id;
use super::lines;
use crate::app::components::panel::Panel;
use crate::app::dom;
use crate::app::hooks::use_effect_with;
use crate::app::i18n::Ui;
use crate::view::Section;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// What style sheets call the panel.
pub const NAME: &str = "aa--contents";
/// A heading this far below the upper edge of the view is being read.
const READING: f64 = 120.0;

/// See [`Contents`].
#[derive(Properties, PartialEq)]
pub struct ContentsProps {
    /// The headings.
    pub sections: Rc<Vec<Section>>,
    /// The language that it is shown in.
    pub tag: &'static str,
    /// The language of the interface.
    pub ui: Ui,
    /// Closes the panel.
    pub close: Callback<()>,
}

/// The panel: every heading, the one that is being read marked.
#[component]
pub fn Contents(props: &ContentsProps) -> Html {
    let current = use_state_eq(|| reading(&props.sections));
    {
        let (sections, current) = (props.sections.clone(), current.setter());
        use_effect_with((), move |()| {
            let look = move || current.set(reading(&sections));
            // The pane and the window scroll; the event of the one does not rise, but it can be caught.
            let options = gloo::events::EventListenerOptions {
                phase: gloo::events::EventListenerPhase::Capture,
                passive: true,
            };
            let listener = dom::window()
                .map(|window| EventListener::new_with_options(&window, "scroll", options, move |_| look()));
            // Whoever opens the list wants to go on from where they are.
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
        step(by);
    });
    let rows = props.sections.iter().enumerate().map(|(at, section)| {
        let (number, close) = (section.number, props.close.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            close.emit(());
            // The panel gives the focus back to its button first.
            Timeout::new(0, move || go(number)).forget();
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
        <Panel name={NAME} {label} close={&props.close}>
            <p class="aa__h">{ label }</p>
            <ol class="toc" lang={props.tag} {onkeydown}>{ for rows }</ol>
        </Panel>
    }
}

/// The last section whose heading is above the line that is being read.
fn reading(sections: &[Section]) -> Option<usize> {
    let top = lines::pane().map_or(0.0, |pane| pane.get_bounding_client_rect().top());
    sections.iter().rposition(|section| {
        let heading = heading(section.number);
        heading.is_some_and(|heading| heading.get_bounding_client_rect().top() - top < READING)
    })
}

fn heading(number: usize) -> Option<Element> {
    dom::element(&format!("#{}", heading_id(number)))
}

/// Scrolls to a heading, and lets the keyboard go on from there.
fn go(number: usize) {
    if let Some(heading) = heading(number) {
        heading.scroll_into_view();
        dom::focus(&format!("#{}", heading_id(number)));
    }
}

/// Moves the focus by rows.
fn step(by: isize) -> Option<()> {
    let (mut rows, focused) = (dom::elements(".toc button"), dom::focused()?);
    let at = rows.iter().position(|row| *row == focused);
    let to = at.map_or(0, |at| at.saturating_add_signed(by)).min(rows.len().checked_sub(1)?);
    dom::focus_node(rows.swap_remove(to).into())
}
