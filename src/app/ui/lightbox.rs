//! Lightbox: zooms with pinch, double tap, wheel or keys; Escape or a pull closes it.

use crate::app::i18n::Locale;
use crate::app::services::{dom, use_effect_with};
use crate::app::ui::dialog::wrap_focus;
use crate::app::ui::hooks::use_modal;
use crate::app::ui::icon::{IconKind, icon};
use crate::model::clamp;
use crate::view_model::{PinchZoom, Point, ViewportSizes, Zoom};
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlImageElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LightboxProps {
    /// URL of the loaded image, so that no further request is made.
    pub src: AttrValue,
    pub alt: AttrValue,
    pub caption: AttrValue,
    pub lang: &'static str,
    pub ui: Locale,
    pub close: Callback<()>,
}

/// Zoom factor of one step.
const ZOOM_STEP: f64 = 1.5;
/// Distance in pixels of one arrow key.
const PAN_STEP: f64 = 80.0;

#[component]
pub fn Lightbox(props: &LightboxProps) -> Html {
    let texts = &props.ui.tools().lightbox;
    let (frame, image) = (use_node_ref(), use_node_ref());
    let lens = use_memo((), |()| RefCell::new(PinchZoom::default()));
    let hand = GestureContext { frame: frame.clone(), image: image.clone(), pinch_zoom: lens };
    let change = |with: fn(Zoom) -> Zoom| {
        let hand = hand.clone();
        Callback::from(move |_: MouseEvent| hand.update_zoom(with))
    };
    let place = use_node_ref();
    use_modal(&place, &props.close);
    {
        // Yew's own listener cannot keep the page behind from scrolling.
        let hand = hand.clone();
        use_effect_with((), move |()| {
            let options = EventListenerOptions::enable_prevent_default();
            let frame = hand.frame.cast::<Element>();
            let listener = frame.map(|frame| {
                EventListener::new_with_options(&frame, "wheel", options, move |event| {
                    event.prevent_default();
                    if let Some(event) = event.dyn_ref::<WheelEvent>() {
                        let factor = clamp(1.0 - event.delta_y() * 0.004, 1.0 / ZOOM_STEP, ZOOM_STEP);
                        let at = hand.point(event);
                        hand.update_zoom(|zoom| zoom.zoom_at(at, factor));
                    }
                })
            });
            move || drop(listener)
        });
    }
    let onkeydown = {
        let (hand, close, place) = (hand.clone(), props.close.clone(), place.clone());
        Callback::from(move |event: KeyboardEvent| {
            // The page behind has shortcuts of its own.
            event.stop_propagation();
            let taken = match event.key().as_str() {
                "Escape" => {
                    close.emit(());
                    true
                }
                "Tab" => wrap_focus(&event, &place).is_some(),
                key => hand.on_key(key),
            };
            if taken {
                event.prevent_default();
            }
        })
    };
    let press = hand.pointer_handler(|hand, event| {
        if let Some(frame) = hand.frame.cast::<Element>() {
            // A finger that leaves the window stays captured.
            let _ = frame.set_pointer_capture(event.pointer_id());
        }
        hand.pinch_zoom.borrow_mut().pointer_down(event.pointer_id(), hand.point(event));
    });
    let drag = hand.pointer_handler(|hand, event| {
        let (at, sizes) = (hand.point(event), hand.sizes());
        hand.pinch_zoom.borrow_mut().pointer_move(event.pointer_id(), at, sizes);
    });
    let lift = {
        let (hand, close) = (hand.clone(), props.close.clone());
        Callback::from(move |event: PointerEvent| {
            let sizes = hand.sizes();
            let is_dismissed =
                hand.pinch_zoom.borrow_mut().pointer_up(event.pointer_id(), event.time_stamp(), sizes);
            hand.apply_transform();
            if is_dismissed {
                close.emit(());
            }
        })
    };
    let cancel = hand.pointer_handler(|hand, _| hand.pinch_zoom.borrow_mut().cancel());
    let close = props.close.reform(|_: MouseEvent| ());
    let button = |label: &'static str, shape: IconKind, onclick: Callback<MouseEvent>| {
        html! { <button type="button" class="ib" aria-label={label} title={label} {onclick}>{ icon(shape) }</button> }
    };
    html! {
        <dialog ref={place} class="lens" data-theme="black" role="dialog" aria-modal="true" aria-label={texts.label} tabindex="-1"
            {onkeydown}>
            <div ref={frame} class="lens__f" onpointerdown={press} onpointermove={drag} onpointerup={lift}
                onpointercancel={cancel}>
                <img ref={image} src={&props.src} alt={&props.alt} referrerpolicy="no-referrer" draggable="false" />
            </div>
            <div class="lens__b">
                { button(texts.smaller, IconKind::Minus, change(|zoom| zoom.zoom_at((0.0, 0.0), 1.0 / ZOOM_STEP))) }
                { button(texts.larger, IconKind::Plus, change(|zoom| zoom.zoom_at((0.0, 0.0), ZOOM_STEP))) }
                { button(texts.close, IconKind::Close, close) }
            </div>
            if !props.caption.is_empty() {
                <div class="lens__c" lang={props.lang}>{ &props.caption }</div>
            }
        </dialog>
    }
}

/// Context of the gestures.
#[derive(Clone)]
struct GestureContext {
    frame: NodeRef,
    image: NodeRef,
    pinch_zoom: Rc<RefCell<PinchZoom>>,
}

impl GestureContext {
    /// Pointer handler that updates the image afterwards.
    fn pointer_handler(
        &self,
        act: impl Fn(&GestureContext, &PointerEvent) + 'static,
    ) -> Callback<PointerEvent> {
        let hand = self.clone();
        Callback::from(move |event: PointerEvent| {
            act(&hand, &event);
            hand.apply_transform();
        })
    }

    fn update_zoom(&self, with: impl FnOnce(Zoom) -> Zoom) {
        let sizes = self.sizes();
        let mut lens = self.pinch_zoom.borrow_mut();
        lens.zoom = with(lens.zoom).clamped(sizes);
        drop(lens);
        self.apply_transform();
    }

    /// Handles a key. Returns true if it had an effect.
    fn on_key(&self, key: &str) -> bool {
        match key {
            "+" | "=" => self.update_zoom(|zoom| zoom.zoom_at((0.0, 0.0), ZOOM_STEP)),
            "-" | "_" => self.update_zoom(|zoom| zoom.zoom_at((0.0, 0.0), 1.0 / ZOOM_STEP)),
            "0" => self.update_zoom(|_| Zoom::default()),
            "ArrowLeft" => self.update_zoom(|zoom| zoom.translated((PAN_STEP, 0.0))),
            "ArrowRight" => self.update_zoom(|zoom| zoom.translated((-PAN_STEP, 0.0))),
            "ArrowUp" => self.update_zoom(|zoom| zoom.translated((0.0, PAN_STEP))),
            "ArrowDown" => self.update_zoom(|zoom| zoom.translated((0.0, -PAN_STEP))),
            _ => return false,
        }
        true
    }

    fn sizes(&self) -> ViewportSizes {
        let size = |element: Option<HtmlElement>| {
            element.map_or((0.0, 0.0), |element| {
                (f64::from(element.offset_width()), f64::from(element.offset_height()))
            })
        };
        let image = self.image.cast::<HtmlImageElement>().map(|image| image.unchecked_into());
        ViewportSizes { picture: size(image), frame: size(self.frame.cast()) }
    }

    /// Returns the position of an event, relative to the centre of the frame.
    fn point(&self, event: &MouseEvent) -> Point {
        let Some(frame) = self.frame.cast::<Element>() else { return (0.0, 0.0) };
        let frame = frame.get_bounding_client_rect();
        (
            f64::from(event.client_x()) - frame.left() - frame.width() / 2.0,
            f64::from(event.client_y()) - frame.top() - frame.height() / 2.0,
        )
    }

    fn apply_transform(&self) {
        let (Some(image), lens) = (self.image.cast::<Element>(), self.pinch_zoom.borrow()) else { return };
        dom::set_number(&image, "--x", lens.zoom.x, "px");
        dom::set_number(&image, "--y", lens.zoom.y + lens.pull, "px");
        dom::set_number(&image, "--s", lens.zoom.scale, "");
        if let Some(frame) = self.frame.cast::<Element>() {
            // The page behind shows through with the distance pulled.
            dom::set_number(&frame, "--pulled", clamp(lens.pull / 300.0, 0.0, 0.7), "");
            let _ = frame.class_list().toggle_with_force("is-close", lens.zoom.is_zoomed());
        }
    }
}
