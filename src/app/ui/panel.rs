//! Panel opened by a toolbar button: a sheet on a phone, else a popover at its button.

use super::dialog::Sheet;
use crate::app::services::{WindowLayout, dom, use_effect_with, use_layout};
use crate::app::state::row_menu::Point;
use crate::app::ui::hooks::use_focus;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// Distance in pixels between a button and its popover, and from the edge of the window.
const POPOVER_GAP: f64 = 8.0;

#[derive(Properties, PartialEq)]
pub struct PanelProps {
    /// CSS class of the panel; its buttons carry the same name as `data-opens`.
    pub name: &'static str,
    /// Accessible name.
    pub label: AttrValue,
    pub close: Callback<()>,
    /// Keeps the page behind a sheet undimmed, for settings that change the page.
    #[prop_or_default]
    pub keep_page_visible: bool,
    /// Corner of the popover, in place of a button.
    #[prop_or_default]
    pub at: Option<Point>,
    pub children: Html,
}

#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let PanelProps { name, label, close, keep_page_visible: clear, at, children } = props;
    match use_layout() {
        WindowLayout::Phone => html! {
            <Sheet {label} {close} keep_page_visible={*clear}><div class={classes!("aa", *name)}>{ children.clone() }</div></Sheet>
        },
        _ => html! { <Popover {name} {label} {close} at={*at}>{ children.clone() }</Popover> },
    }
}

/// Popover below the button that opens it. Escape or a press outside closes it and restores the focus.
#[component]
fn Popover(props: &PanelProps) -> Html {
    let place = use_node_ref();
    use_focus(&place);
    {
        let (place, close, name) = (place.clone(), props.close.clone(), props.name);
        use_effect_with((), move |()| {
            let outside = dom::document().map(|document| {
                EventListener::new(&document, "pointerdown", move |event| {
                    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                    // The button of the panel toggles it by itself.
                    let button =
                        target.as_ref().and_then(|target| target.closest("[data-opens]").ok().flatten());
                    let button =
                        button.filter(|button| button.get_attribute("data-opens").as_deref() == Some(name));
                    let inside = place.cast::<Element>().is_some_and(|pop| pop.contains(target.as_deref()));
                    if !inside && button.is_none() {
                        close.emit(());
                    }
                })
            });
            move || drop(outside)
        });
    }
    {
        let (place, name, at) = (place.clone(), props.name, props.at);
        use_effect_with((), move |()| {
            anchor(&place, name, at);
            let resized = dom::window().map(|window| {
                EventListener::new(&window, "resize", move |_| {
                    anchor(&place, name, at);
                })
            });
            move || drop(resized)
        });
    }
    let close = props.close.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close.emit(());
        }
    });
    html! {
        <div ref={place} class={classes!("aa", "aa--pop", props.name)} role="dialog" aria-label={&props.label} tabindex="-1" {onkeydown}>
            { props.children.clone() }
        </div>
    }
}

/// Places a popover at a point of the window, or below its visible button. Without one it keeps the place given by the
/// style sheet.
fn anchor(place: &NodeRef, name: &str, at: Option<Point>) -> Option<()> {
    let popover = place.cast::<Element>()?;
    let root = dom::root_element()?;
    let (width, height) = (f64::from(root.client_width()), f64::from(root.client_height()));
    let (top, end) = match at {
        Some((x, y)) => {
            // Beside the pointer, so that a second click meets what is below it.
            let size = popover.get_bounding_client_rect();
            let beside = |at: i32, size: f64, end: f64| {
                let (after, before) = (f64::from(at) + 1.0, f64::from(at) - 1.0 - size);
                let fits = after + size <= end - POPOVER_GAP;
                if fits || before < POPOVER_GAP { after.min(end - POPOVER_GAP - size) } else { before }
            };
            let left = beside(x, size.width(), width);
            (beside(y, size.height(), height).max(POPOVER_GAP), width - left - size.width())
        }
        None => {
            let buttons = dom::elements(&format!("[data-opens={name}]"));
            let mut areas = buttons.iter().map(Element::get_bounding_client_rect);
            let area = areas.find(|area| area.height() > 0.0)?;
            (area.bottom() + POPOVER_GAP, width - area.right())
        }
    };
    dom::set_number(&popover, "--pop-top", top, "px");
    dom::set_number(&popover, "--pop-end", end.max(POPOVER_GAP), "px");
    Some(())
}
