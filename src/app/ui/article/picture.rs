//! Image of an article: loaded when it comes near, with a placeholder on failure.

use super::image_placeholder::image_placeholder;
use super::print_images;
use super::withheld_pictures::{PictureRun, use_withheld, withheld_picture};
use crate::app::i18n::Locale;
use crate::app::services::{dom, image_hosts, use_effect_with};
use crate::app::ui::ViewportObserver;
use crate::app::ui::lightbox::Lightbox;
use crate::archive::ImagePolicy;
use crate::model::{Figure, Inline};
use crate::view_model::{ImageSource, LoadState};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use web_sys::{Element, HtmlImageElement};
use yew::prelude::*;

/// Timeout without data, in milliseconds.
const LOAD_TIMEOUT_MS: u32 = 8_000;
/// Narrower images are shown at their natural size instead of the column's width.
const COLUMN_MIN_WIDTH: u32 = 320;

#[derive(Properties, PartialEq)]
pub struct PictureProps {
    pub figure: Rc<Figure>,
    pub run: PictureRun,
    pub images: ImagePolicy,
    pub lang: &'static str,
    pub ui: Locale,
}

/// Image or its placeholder.
#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let figure = &props.figure;
    let stage = use_state_eq(|| LoadState::initial(figure, props.images));
    // Size stated by the article, then that of the loaded image.
    let size = use_state_eq(|| figure.size);
    let place = use_node_ref();
    let image = use_node_ref();
    let set = stage.setter();
    {
        let (set, now, figure) = (set.clone(), *stage, figure.clone());
        use_effect_with(props.images, move |images| {
            // Loaded images stay when the setting changes.
            if !matches!(now, LoadState::Loading(_) | LoadState::Shown(_)) {
                set.set(LoadState::initial(&figure, *images));
            }
        });
    }
    {
        let place = place.clone();
        use_effect_with(*size, move |size| {
            if let Some((place, (width, height))) = place.cast::<Element>().zip(*size) {
                // The style sheet reserves a box of these proportions.
                dom::set_style(&place, "--ar", &format!("{width} / {height}"));
                dom::set_style(&place, "--w", &format!("{width}px"));
            }
        });
    }
    use_deferred_loading(&stage, &place, figure);
    let give_up = {
        let (set, figure, images) = (set.clone(), figure.clone(), props.images);
        move |from: ImageSource| {
            let is_dead = from.host(&figure).is_some_and(image_hosts::record_failure);
            set.set(LoadState::after_failure(&figure, images, from, is_dead));
        }
    };
    use_load_timeout(*stage, &image, figure.src.is_local(), give_up.clone());
    let load = {
        let from = stage.requested_source(figure);
        let set = set.clone();
        Callback::from(move |()| set.set(LoadState::Loading(from)))
    };
    use_withheld(&props.run, *stage == LoadState::Withheld, &place, load.clone());
    let load = load.reform(|_: MouseEvent| ());
    let texts = &props.ui.reader().picture;
    let inside = match *stage {
        LoadState::Loading(from) | LoadState::Shown(from) => {
            let on_load = {
                let (set, figure, size, image) = (set.clone(), figure.clone(), size.setter(), image.clone());
                Callback::from(move |_: Event| {
                    if let Some(host) = from.host(&figure) {
                        image_hosts::record_success(host);
                    }
                    if let Some(image) =
                        image.cast::<HtmlImageElement>().filter(|image| image.natural_height() > 0)
                    {
                        size.set(Some((image.natural_width(), image.natural_height())));
                    }
                    set.set(LoadState::Shown(from));
                })
            };
            let failed = Callback::from(move |_: Event| give_up(from));
            let src = from.address(figure);
            // Not `loading="lazy"`: the image is near already, and a waiting browser would look like a silent
            // host.
            html! {
                <img key={from as usize} ref={image} alt={figure.alt.clone()}
                    width={figure.size.map(|size| size.0.to_string())}
                    height={figure.size.map(|size| size.1.to_string())}
                    decoding="async" referrerpolicy="no-referrer" {src} onload={on_load} onerror={failed} />
            }
        }
        LoadState::Deferred => Html::default(),
        LoadState::Off => image_placeholder(figure, texts.off, None, props.ui),
        LoadState::OnDemand => image_placeholder(figure, texts.waiting, Some((texts.load, load)), props.ui),
        LoadState::Withheld => withheld_picture(figure, &props.run, &place, props.ui),
        LoadState::Failed => image_placeholder(figure, texts.failed, Some((texts.retry, load)), props.ui),
    };
    let closer = match *stage {
        LoadState::Shown(from) => {
            html! { <ZoomButton figure={figure.clone()} src={from.address(figure)} lang={props.lang} ui={props.ui} /> }
        }
        _ => Html::default(),
    };
    html! { <div ref={place} class={classes!("fig__p", stage.class(), size.map(size_classes))} lang={props.ui.tag()}>{ inside }{ closer }</div> }
}

/// Loads the image when it comes near the viewport, and before printing.
#[hook]
fn use_deferred_loading(stage: &UseStateHandle<LoadState>, place: &NodeRef, figure: &Rc<Figure>) {
    let (set, place, figure) = (stage.setter(), place.clone(), figure.clone());
    use_effect_with(**stage == LoadState::Deferred, move |far| {
        let near = move || {
            let first = ImageSource::first(&figure);
            let trusted = first.host(&figure).is_none_or(image_hosts::is_trusted);
            set.set(if trusted { LoadState::Loading(first) } else { LoadState::Withheld });
        };
        let on_paper = near.clone();
        let listener = dom::window()
            .filter(|_| *far)
            .map(|window| EventListener::new(&window, print_images::BEFORE_PRINT, move |_| on_paper()));
        let watch = place.cast::<Element>().filter(|_| *far).map(|place| ViewportObserver::new(&place, near));
        move || drop((watch, listener))
    });
}

/// Gives up a source on another host that sends nothing in time.
#[hook]
fn use_load_timeout(
    stage: LoadState,
    image: &NodeRef,
    is_local: bool,
    give_up: impl Fn(ImageSource) + 'static,
) {
    let image = image.clone();
    use_effect_with(stage, move |stage| {
        let timer = match *stage {
            LoadState::Loading(from) if from != ImageSource::Archive && !is_local => {
                Some(Timeout::new(LOAD_TIMEOUT_MS, move || {
                    // The natural size is known with the first bytes; from then on there is no timeout.
                    let size = image.cast::<HtmlImageElement>().map_or(0, |image| image.natural_width());
                    if size == 0 {
                        give_up(from);
                    }
                }))
            }
            _ => None,
        };
        move || drop(timer)
    });
}

#[derive(Properties, PartialEq)]
struct ZoomButtonProps {
    figure: Rc<Figure>,
    src: String,
    lang: &'static str,
    ui: Locale,
}

/// Button over a loaded image that opens the lightbox.
#[component]
fn ZoomButton(props: &ZoomButtonProps) -> Html {
    let (figure, zoomed) = (&props.figure, use_state_eq(bool::default));
    let set = |to: bool| {
        let zoomed = zoomed.setter();
        move || zoomed.set(to)
    };
    let (open, close) = (set(true), set(false));
    let texts = &props.ui.tools().lightbox;
    let label = if figure.alt.is_empty() { texts.open_untitled.to_owned() } else { texts.open(&figure.alt) };
    html! {
        <>
            <button type="button" class="fig__z" aria-label={label} aria-haspopup="dialog"
                onclick={Callback::from(move |_: MouseEvent| open())} />
            if *zoomed {
                <Lightbox src={props.src.clone()} alt={figure.alt.clone()} caption={caption_text(figure)}
                    lang={props.lang} ui={props.ui} close={Callback::from(move |()| close())} />
            }
        </>
    }
}

/// Returns the caption as plain text, else the alternative text.
fn caption_text(figure: &Figure) -> String {
    let caption = Inline::join_text(&figure.caption);
    if caption.is_empty() { figure.alt.clone() } else { caption }
}

/// Classes for images narrower than the column: small ones, and ones taller than the viewport.
fn size_classes((width, height): (u32, u32)) -> Classes {
    classes!((width < COLUMN_MIN_WIDTH).then_some("is-small"), (height > width).then_some("is-tall"))
}
