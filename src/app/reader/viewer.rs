//! Lightbox: zooms with pinch, double tap, wheel or keys; Escape or a pull closes it.

use crate::app::components::icon::{Shape, icon};
use crate::app::components::sheet::turn;
use crate::app::dom;
use crate::app::hooks::{use_effect_with, use_modal};
use crate::app::i18n::Ui;
use crate::view::{Lens, Pair, Sizes, Zoom, between};
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlImageElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct ViewerProps {
    /// URL of the loaded image, so that no further request is made.
    pub src: AttrValue,
    pub alt: AttrValue,
    pub caption: AttrValue,
    pub lang: &'static str,
    pub ui: Ui,
    pub close: Callback<()>,
}

/// Zoom factor of one step.
const STEP: f64 = 1.5;
/// Distance in pixels of one arrow key.
const WAY: f64 = 80.0;

#[component]
pub fn Viewer(props: &ViewerProps) -> Html {
    let texts = &props.ui.tools().viewer;
    let (frame, image) = (use_node_ref(), use_node_ref());
    let lens = use_memo((), |()| RefCell::new(Lens::default()));
    let hand = Hand { frame: frame.clone(), image: image.clone(), lens };
    let change = |with: fn(Zoom) -> Zoom| {
        let hand = hand.clone();
        Callback::from(move |_: MouseEvent| hand.set(with))
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
                        let factor = between(1.0 - event.delta_y() * 0.004, 1.0 / STEP, STEP);
                        let at = hand.point(event);
                        hand.set(|zoom| zoom.about(at, factor));
                    }
                })
            });
            move || drop(listener)
        });
    }
    let onkeydown = {
        let (hand, close) = (hand.clone(), props.close.clone());
        Callback::from(move |event: KeyboardEvent| {
            // The page behind has shortcuts of its own.
            event.stop_propagation();
            let taken = match event.key().as_str() {
                "Escape" => {
                    close.emit(());
                    true
                }
                "Tab" => turn(&event, ".lens").is_some(),
                key => hand.key(key),
            };
            if taken {
                event.prevent_default();
            }
        })
    };
    let press = hand.on(|hand, event| {
        if let Some(frame) = hand.frame.cast::<Element>() {
            // A finger that leaves the window stays captured.
            let _ = frame.set_pointer_capture(event.pointer_id());
        }
        hand.lens.borrow_mut().press(event.pointer_id(), hand.point(event));
    });
    let drag = hand.on(|hand, event| {
        let (at, sizes) = (hand.point(event), hand.sizes());
        hand.lens.borrow_mut().drag(event.pointer_id(), at, sizes);
    });
    let lift = {
        let (hand, close) = (hand.clone(), props.close.clone());
        Callback::from(move |event: PointerEvent| {
            let sizes = hand.sizes();
            let gone = hand.lens.borrow_mut().lift(event.pointer_id(), event.time_stamp(), sizes);
            hand.draw();
            if gone {
                close.emit(());
            }
        })
    };
    let cancel = hand.on(|hand, _| hand.lens.borrow_mut().cancel());
    let close = props.close.reform(|_: MouseEvent| ());
    let button = |label: &'static str, shape: Shape, onclick: Callback<MouseEvent>| {
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
                { button(texts.smaller, Shape::Minus, change(|zoom| zoom.about((0.0, 0.0), 1.0 / STEP))) }
                { button(texts.larger, Shape::Plus, change(|zoom| zoom.about((0.0, 0.0), STEP))) }
                { button(texts.close, Shape::Close, close) }
            </div>
            if !props.caption.is_empty() {
                <div class="lens__c" lang={props.lang}>{ &props.caption }</div>
            }
        </dialog>
    }
}

/// Context of the gestures.
#[derive(Clone)]
struct Hand {
    frame: NodeRef,
    image: NodeRef,
    lens: Rc<RefCell<Lens>>,
}

impl Hand {
    /// Pointer handler that updates the image afterwards.
    fn on(&self, act: impl Fn(&Hand, &PointerEvent) + 'static) -> Callback<PointerEvent> {
        let hand = self.clone();
        Callback::from(move |event: PointerEvent| {
            act(&hand, &event);
            hand.draw();
        })
    }

    fn set(&self, with: impl FnOnce(Zoom) -> Zoom) {
        let sizes = self.sizes();
        let mut lens = self.lens.borrow_mut();
        lens.zoom = with(lens.zoom).within(sizes);
        drop(lens);
        self.draw();
    }

    /// Handles a key. Returns true if it had an effect.
    fn key(&self, key: &str) -> bool {
        match key {
            "+" | "=" => self.set(|zoom| zoom.about((0.0, 0.0), STEP)),
            "-" | "_" => self.set(|zoom| zoom.about((0.0, 0.0), 1.0 / STEP)),
            "0" => self.set(|_| Zoom::default()),
            "ArrowLeft" => self.set(|zoom| zoom.by((WAY, 0.0))),
            "ArrowRight" => self.set(|zoom| zoom.by((-WAY, 0.0))),
            "ArrowUp" => self.set(|zoom| zoom.by((0.0, WAY))),
            "ArrowDown" => self.set(|zoom| zoom.by((0.0, -WAY))),
            _ => return false,
        }
        true
    }

    fn sizes(&self) -> Sizes {
        let size = |element: Option<HtmlElement>| {
            element.map_or((0.0, 0.0), |element| {
                (f64::from(element.offset_width()), f64::from(element.offset_height()))
            })
        };
        let image = self.image.cast::<HtmlImageElement>().map(|image| image.unchecked_into());
        Sizes { picture: size(image), frame: size(self.frame.cast()) }
    }

    /// Returns the position of an event, relative to the centre of the frame.
    fn point(&self, event: &MouseEvent) -> Pair {
        let Some(frame) = self.frame.cast::<Element>() else { return (0.0, 0.0) };
        let frame = frame.get_bounding_client_rect();
        (
            f64::from(event.client_x()) - frame.left() - frame.width() / 2.0,
            f64::from(event.client_y()) - frame.top() - frame.height() / 2.0,
        )
    }

    fn draw(&self) {
        let (Some(image), lens) = (self.image.cast::<Element>(), self.lens.borrow()) else { return };
        dom::set_number(&image, "--x", lens.zoom.x, "px");
        dom::set_number(&image, "--y", lens.zoom.y + lens.pull, "px");
        dom::set_number(&image, "--s", lens.zoom.scale, "");
        if let Some(frame) = self.frame.cast::<Element>() {
            // The page behind shows through with the distance pulled.
            dom::set_number(&frame, "--pulled", between(lens.pull / 300.0, 0.0, 0.7), "");
            let _ = frame.class_list().toggle_with_force("is-close", lens.zoom.is_close());
        }
    }
}
