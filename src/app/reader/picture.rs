//! Image of an article: loaded when it comes near, with a placeholder on failure.

use super::placeholder::notice;
use super::viewer::Viewer;
use super::watch::Watch;
use super::{hosts, paper};
use crate::app::dom;
use crate::app::hooks::use_effect_with;
use crate::app::i18n::{Ui, fill};
use crate::archive::Images;
use crate::model::{Figure, ImageUrl, Inline, KeptImage};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use web_sys::{Element, HtmlImageElement};
use yew::prelude::*;

/// Timeout without data, in milliseconds.
const PATIENCE_MS: u32 = 8_000;
/// Narrower images are shown at their natural size instead of the column's width.
const SMALL: u32 = 320;

/// Load state of an image.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Off,
    /// It loads on demand.
    Tap,
    /// It loads when it comes near the viewport.
    Far,
    Loading(Place),
    /// Loaded; carries the source, so that the element keeps its key.
    Shown(Place),
    Failed,
}

/// Source of an image.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Archive,
    /// URL in the article.
    Named,
    /// URL behind a proxy that the article names.
    Own,
}

impl Place {
    /// First source to try.
    fn first(figure: &Figure) -> Place {
        if figure.kept.is_some() { Place::Archive } else { Place::Named }
    }

    /// Next source after a failure.
    fn next(self, figure: &Figure) -> Option<Place> {
        match self {
            Place::Archive => Some(Place::Named),
            Place::Named => figure.fallback.as_ref().map(|_| Place::Own),
            Place::Own => None,
        }
    }

    /// URL of the source; `None` for the archive.
    fn url(self, figure: &Figure) -> Option<&ImageUrl> {
        match self {
            Place::Archive => None,
            Place::Named => Some(&figure.src),
            Place::Own => figure.fallback.as_ref(),
        }
    }

    /// Host of the source, if it is a foreign one.
    fn site(self, figure: &Figure) -> Option<&str> {
        self.url(figure)?.site()
    }

    fn address(self, figure: &Figure) -> String {
        match self.url(figure) {
            Some(url) => url.as_str().to_owned(),
            None => figure.kept.as_ref().map(KeptImage::path).unwrap_or_default(),
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct PictureProps {
    pub figure: Rc<Figure>,
    pub images: Images,
    pub lang: &'static str,
    pub ui: Ui,
}

/// Image or its placeholder.
#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let figure = &props.figure;
    let stage = use_state_eq(|| first_stage(figure, props.images));
    // Size stated by the article, then that of the loaded image.
    let size = use_state_eq(|| figure.size);
    let place = use_node_ref();
    let image = use_node_ref();
    let set = stage.setter();
    {
        let (set, now, figure) = (set.clone(), *stage, figure.clone());
        use_effect_with(props.images, move |images| {
            // Loaded images stay when the setting changes.
            if !matches!(now, Stage::Loading(_) | Stage::Shown(_)) {
                set.set(first_stage(&figure, *images));
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
    {
        let (set, place, figure) = (set.clone(), place.clone(), figure.clone());
        use_effect_with(*stage == Stage::Far, move |far| {
            let near = move || {
                let first = Place::first(&figure);
                let trusted = first.site(&figure).is_none_or(hosts::is_trusted);
                set.set(if trusted { Stage::Loading(first) } else { Stage::Tap });
            };
            let on_paper = near.clone();
            let listener = dom::window()
                .filter(|_| *far)
                .map(|window| EventListener::new(&window, paper::EVENT, move |_| on_paper()));
            let watch = place.cast::<Element>().filter(|_| *far).map(|place| Watch::new(&place, near));
            move || drop((watch, listener))
        });
    }
    let give_up = {
        let (set, figure, images) = (set.clone(), figure.clone(), props.images);
        move |from: Place| {
            if let Some(host) = from.site(&figure) {
                hosts::failed(host);
            }
            set.set(match (from.next(&figure), images) {
                (None, _) => Stage::Failed,
                // A failure of the archive does not override the image setting.
                (Some(_), Images::Tap) if from == Place::Archive => Stage::Tap,
                (Some(_), Images::Off) if from == Place::Archive => Stage::Off,
                (Some(next), _) => Stage::Loading(next),
            });
        }
    };
    {
        let (give_up, image) = (give_up.clone(), image.clone());
        let local = figure.src.is_local();
        let slow = move |from: Place| from != Place::Archive && !local;
        use_effect_with(*stage, move |stage| {
            let timer = match *stage {
                Stage::Loading(from) if slow(from) => Some(Timeout::new(PATIENCE_MS, move || {
                    // The natural size is known with the first bytes; from then on there is no timeout.
                    let size = image.cast::<HtmlImageElement>().map_or(0, |image| image.natural_width());
                    if size == 0 {
                        give_up(from);
                    }
                })),
                _ => None,
            };
            move || drop(timer)
        });
    }
    let load = {
        // An image on demand has tried the archive already.
        let from = if *stage == Stage::Tap { Place::Named } else { Place::first(figure) };
        let set = set.clone();
        Callback::from(move |_: MouseEvent| set.set(Stage::Loading(from)))
    };
    let texts = &props.ui.reader().picture;
    let inside = match *stage {
        Stage::Loading(from) | Stage::Shown(from) => {
            let came = {
                let (set, figure, size, image) = (set.clone(), figure.clone(), size.setter(), image.clone());
                Callback::from(move |_: Event| {
                    if let Some(host) = from.site(&figure) {
                        hosts::came(host);
                    }
                    if let Some(image) =
                        image.cast::<HtmlImageElement>().filter(|image| image.natural_height() > 0)
                    {
                        size.set(Some((image.natural_width(), image.natural_height())));
                    }
                    set.set(Stage::Shown(from));
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
                    decoding="async" referrerpolicy="no-referrer" {src} onload={came} onerror={failed} />
            }
        }
        Stage::Far => Html::default(),
        Stage::Off => notice(figure, texts.off, None, props.ui),
        Stage::Tap => {
            let distrusted = figure.src.site().is_some_and(|host| !hosts::is_trusted(host));
            let what = if distrusted { texts.distrusted } else { texts.waiting };
            notice(figure, what, Some((texts.load, load)), props.ui)
        }
        Stage::Failed => notice(figure, texts.failed, Some((texts.retry, load)), props.ui),
    };
    let zoomed = use_state_eq(bool::default);
    let closer = match *stage {
        Stage::Shown(from) => {
            let set = |to: bool| {
                let zoomed = zoomed.setter();
                move || zoomed.set(to)
            };
            let open = set(true);
            let viewer = zoomed.then(|| {
                let close = set(false);
                html! {
                    <Viewer src={from.address(figure)} alt={figure.alt.clone()}
                        caption={caption(figure)} lang={props.lang} ui={props.ui} close={Callback::from(move |()| close())} />
                }
            });
            let texts = &props.ui.tools().viewer;
            let label = if figure.alt.is_empty() {
                texts.open_plain.to_owned()
            } else {
                fill(texts.open, &[&figure.alt])
            };
            html! {
                <>
                    <button type="button" class="fig__z" aria-label={label} aria-haspopup="dialog"
                        onclick={Callback::from(move |_: MouseEvent| open())} />
                    { viewer.unwrap_or_default() }
                </>
            }
        }
        _ => Html::default(),
    };
    let state = match *stage {
        Stage::Far | Stage::Loading(_) => "is-loading",
        Stage::Shown(_) => "is-shown",
        Stage::Off => "is-off",
        Stage::Tap | Stage::Failed => "is-gone",
    };
    html! { <div ref={place} class={classes!("fig__p", state, size.map(shape))} lang={props.ui.tag()}>{ inside }{ closer }</div> }
}

fn first_stage(figure: &Figure, images: Images) -> Stage {
    match images {
        // Archived images load regardless of the setting.
        _ if figure.kept.is_some() => Stage::Far,
        _ if figure.src.is_local() => Stage::Loading(Place::Named),
        Images::On => Stage::Far,
        Images::Tap => Stage::Tap,
        Images::Off => Stage::Off,
    }
}

/// Returns the caption as plain text, else the alternative text.
fn caption(figure: &Figure) -> String {
    let mut caption = String::new();
    Inline::each_text(&figure.caption, &mut |piece| caption.push_str(piece));
    if caption.is_empty() { figure.alt.clone() } else { caption }
}

/// Classes for images narrower than the column: small ones, and ones taller than the viewport.
fn shape((width, height): (u32, u32)) -> Classes {
    classes!((width < SMALL).then_some("is-small"), (height > width).then_some("is-tall"))
}
