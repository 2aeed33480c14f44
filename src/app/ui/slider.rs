//! Slider of text sizes.

use crate::app::services::{dom, use_effect_with};
use crate::app::ui::icon::{IconKind, icon};
use crate::model::clamp;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SliderProps {
    /// Values in ascending order.
    pub values: Vec<u8>,
    pub value: u8,
    pub smaller: &'static str,
    pub larger: &'static str,
    pub choose: Callback<u8>,
}

/// Slider with a button at each end.
#[component]
pub fn Slider(props: &SliderProps) -> Html {
    let track = use_node_ref();
    let last = props.values.len().saturating_sub(1);
    let at = props.values.iter().position(|&value| value == props.value).unwrap_or_default();
    let choose = {
        let (choose, values) = (props.choose.clone(), props.values.clone());
        Callback::from(move |to: usize| {
            if let Some(&value) = values.get(to).filter(|_| to != at) {
                choose.emit(value);
            }
        })
    };
    {
        let track = track.clone();
        use_effect_with((at, last), move |&(at, last)| {
            if let Some(track) = track.cast::<web_sys::Element>() {
                dom::set_number(&track, "--v", 100.0 * at as f64 / last.max(1) as f64, "%");
            }
        });
    }
    let onkeydown = {
        let choose = choose.clone();
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowRight" | "ArrowUp" | "PageUp" => (at + 1).min(last),
                "ArrowLeft" | "ArrowDown" | "PageDown" => at.saturating_sub(1),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            choose.emit(to);
        })
    };
    let drag = {
        let (track, choose) = (track.clone(), choose.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(track) = track.cast::<web_sys::Element>().filter(|_| event.buttons() == 1) else {
                return;
            };
            if event.type_() == "pointerdown" {
                // A finger that leaves the track stays captured.
                let _ = track.set_pointer_capture(event.pointer_id());
            }
            let area = track.get_bounding_client_rect();
            let share = (f64::from(event.client_x()) - area.left()) / area.width().max(1.0);
            choose.emit((clamp(share, 0.0, 1.0) * last as f64).round() as usize);
        })
    };
    let step = |label: &'static str, shape, to: Option<usize>| {
        let onclick = choose.reform(move |_: MouseEvent| to.unwrap_or(at));
        html! {
            <button type="button" class="ib" aria-label={label} aria-disabled={to.is_none().then_some("true")} {onclick}>
                { icon(shape) }
            </button>
        }
    };
    html! {
        <div class="step">
            { step(props.smaller, IconKind::Minus, at.checked_sub(1)) }
            <div ref={track} class="step__t" role="slider" tabindex="0" aria-labelledby="size-label"
                aria-valuemin={props.values.first().map(u8::to_string)}
                aria-valuemax={props.values.last().map(u8::to_string)} aria-valuenow={props.value.to_string()}
                {onkeydown} onpointerdown={drag.clone()} onpointermove={drag}>
                { for props.values.iter().map(|_| html! { <i /> }) }
                <b />
            </div>
            { step(props.larger, IconKind::Plus, (at < last).then_some(at + 1)) }
        </div>
    }
}
