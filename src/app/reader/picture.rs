//! A picture of an article: loaded when it comes near, quietly replaced when it does not come.

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

/// A picture from which no byte has come for so long is given up.
const PATIENCE_MS: u32 = 8_000;
/// Narrower pictures are shown at their own size instead of being blown up to the column.
const SMALL: u32 = 320;

/// How far a picture is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Pictures are off.
    Off,
    /// It loads when somebody asks for it.
    Tap,
    /// It will load when it comes near.
    Far,
    /// It is loading.
    Loading(Place),
    /// It is here; said with where it came from, so that its element stays the same.
    Shown(Place),
    /// It did not come.
    Failed,
}

/// Where a picture is had from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The archive itself.
    Archive,
    /// The address that the article names.
    Named,
    /// Its own address, where the article names a proxy.
    Own,
}

impl Place {
    /// Where it is asked for first.
    fn first(figure: &Figure) -> Place {
        if figure.kept.is_some() { Place::Archive } else { Place::Named }
    }

    /// Where it is asked for when it did not come from here.
    fn next(self, figure: &Figure) -> Option<Place> {
        match self {
            Place::Archive => Some(Place::Named),
            Place::Named => figure.fallback.as_ref().map(|_| Place::Own),
            Place::Own => None,
        }
    }

    /// The address there, unless it is the archive's.
    fn url(self, figure: &Figure) -> Option<&ImageUrl> {
        match self {
            Place::Archive => None,
            Place::Named => Some(&figure.src),
            Place::Own => figure.fallback.as_ref(),
        }
    }

    /// The host that is asked, if it is another one than the site's.
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

/// See [`Picture`].
#[derive(Properties, PartialEq)]
pub struct PictureProps {
    /// The picture.
    pub figure: Rc<Figure>,
    /// What to do with pictures that lie elsewhere.
    pub images: Images,
    /// The language of its caption.
    pub lang: &'static str,
    /// The language of the interface.
    pub ui: Ui,
}

/// A picture, or what stands in its place.
#[component]
pub fn Picture(props: &PictureProps) -> Html {
    let figure = &props.figure;
    let stage = use_state_eq(|| first_stage(figure, props.images));
    // What the article says, until the picture itself says better.
    let size = use_state_eq(|| figure.size);
    let place = use_node_ref();
    let image = use_node_ref();
    let set = stage.setter();
    {
        let (set, now, figure) = (set.clone(), *stage, figure.clone());
        use_effect_with(props.images, move |images| {
            // What is on screen stays, whatever is chosen later for the others.
            if !matches!(now, Stage::Loading(_) | Stage::Shown(_)) {
                set.set(first_stage(&figure, *images));
            }
        });
    }
    {
        let place = place.clone();
        use_effect_with(*size, move |size| {
            if let Some((place, (width, height))) = place.cast::<Element>().zip(*size) {
                // The style sheet keeps a box of these proportions.
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
                // Instead of the archive nobody is asked who shall not be.
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
                    // Its size is known as soon as its first bytes are here; then it may take its time.
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
        // Where it waits for somebody, the archive has been asked.
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
            // Not `loading="lazy"`: it is near already, and a browser that still waited would look silent.
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
        // The archive's own is asked for when it comes near, whatever is allowed elsewhere.
        _ if figure.kept.is_some() => Stage::Far,
        _ if figure.src.is_local() => Stage::Loading(Place::Named),
        Images::On => Stage::Far,
        Images::Tap => Stage::Tap,
        Images::Off => Stage::Off,
    }
}

/// Its caption as plain text, else what it shows.
fn caption(figure: &Figure) -> String {
    let mut caption = String::new();
    Inline::each_text(&figure.caption, &mut |piece| caption.push_str(piece));
    if caption.is_empty() { figure.alt.clone() } else { caption }
}

/// Which pictures are not as wide as the column: small ones, and ones that would be taller than the view.
fn shape((width, height): (u32, u32)) -> Classes {
    classes!((width < SMALL).then_some("is-small"), (height > width).then_some("is-tall"))
}
