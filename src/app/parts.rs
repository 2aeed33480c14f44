//! Lazily loaded chunks of the app, each a file of its own in a release build.
//!
//! The list and its filters are the first chunk. [`Soon`] loads right after the list, [`Rare`] on first use.
//! A chunk is one static value; code reachable only from it is split off by `cli::apart`. Any other reference
//! to a [`Reader`] would move it back into the first chunk.

use super::dom;
use super::handle::Shared;
use super::hooks::{self, Asked, Job, use_effect_with, use_escape, use_overlay};
use super::i18n::Ui;
use super::keep::sheet::{DataSheet, DataSheetProps};
use super::library::{KeysSheet, KeysSheetProps, Stack, StackProps};
use super::offline::{self, Machine, Tell};
use super::pages::about::{AboutPage, AboutPageProps};
use super::pages::front::{FrontPage, FrontPageProps};
use super::pages::passages::{PassagesPage, PassagesPageProps};
use super::reader::{Compare, CompareProps, Player, PlayerProps, Reader, ReaderProps, Share, ShareProps};
use super::settings::panel::{TypePanel, TypePanelProps};
use futures_util::FutureExt;
use futures_util::future::WeakShared;
use gloo::timers::future::TimeoutFuture;
use std::cell::{OnceCell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Renders a component of a chunk.
pub type Draw<P> = fn(P) -> Html;

/// Chunk loaded right after the list.
pub struct Soon {
    pub reader: Draw<ReaderProps>,
    pub search: fn(Rc<Job>),
    pub total: fn(Asked) -> Pending<Option<usize>>,
    pub machine: fn(Tell) -> Box<dyn Machine>,
}

/// Chunk loaded on first use.
pub struct Rare {
    pub front: Draw<FrontPageProps>,
    pub about: Draw<AboutPageProps>,
    pub passages: Draw<PassagesPageProps>,
    pub type_panel: Draw<TypePanelProps>,
    pub data: Draw<DataSheetProps>,
    pub keys: Draw<KeysSheetProps>,
    pub stack: Draw<StackProps>,
    pub player: Draw<PlayerProps>,
    pub share: Draw<ShareProps>,
    /// Diff of two versions.
    pub compare: Draw<CompareProps>,
}

pub static SOON: Soon = Soon {
    reader: |props| html! { <Reader ..props /> },
    search: hooks::start,
    total: |asked| Box::pin(hooks::total(asked)),
    machine: offline::start,
};

pub static RARE: Rare = Rare {
    front: |props| html! { <FrontPage ..props /> },
    about: |props| html! { <AboutPage ..props /> },
    passages: |props| html! { <PassagesPage ..props /> },
    type_panel: |props| html! { <TypePanel ..props /> },
    data: |props| html! { <DataSheet ..props /> },
    keys: |props| html! { <KeysSheet ..props /> },
    stack: |props| html! { <Stack ..props /> },
    player: |props| html! { <Player ..props /> },
    share: |props| html! { <Share ..props /> },
    compare: |props| html! { <Compare ..props /> },
};

/// Boxed, single-threaded future.
pub type Pending<T> = Pin<Box<dyn Future<Output = T>>>;

/// Loading chunk; `None` if it fails.
pub type Coming<T> = Pending<Option<&'static T>>;

/// Loaders of the chunks.
pub struct Sources {
    pub soon: fn() -> Coming<Soon>,
    pub rare: fn() -> Coming<Rare>,
}

/// Chunks, provided as a context.
pub type Parts = Shared<Places>;

/// Loaded chunks and their loaders.
pub struct Places {
    soon: Rc<Place<Soon>>,
    rare: Rc<Place<Rare>>,
}

/// Identifies a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Soon,
    Rare,
}

impl Places {
    pub fn new(sources: Sources) -> Places {
        Places { soon: Place::new(sources.soon), rare: Place::new(sources.rare) }
    }

    /// Loads [`Soon`]. Returns `None` on failure.
    pub async fn soon(&self) -> Option<&'static Soon> {
        Place::fetch(&self.soon).await
    }

    /// Calls `then` when [`Soon`] is loaded; does not load it.
    pub fn with_soon(&self, then: impl FnOnce(&'static Soon) + 'static) {
        self.soon.when_here(then);
    }

    /// Counts the hits of a query, if that is possible.
    pub async fn total(&self, asked: Asked) -> Option<usize> {
        (self.soon().await?.total)(asked).await
    }

    /// Loads `part`. Returns true on success.
    async fn fetch(&self, part: Part) -> bool {
        match part {
            Part::Soon => self.soon().await.is_some(),
            Part::Rare => Place::fetch(&self.rare).await.is_some(),
        }
    }

    fn when_here(&self, part: Part, then: impl FnOnce() + 'static) {
        match part {
            Part::Soon => self.soon.when_here(|_| then()),
            Part::Rare => self.rare.when_here(|_| then()),
        }
    }
}

type Waiting<T> = Box<dyn FnOnce(&'static T)>;

struct Place<T: 'static> {
    source: fn() -> Coming<T>,
    here: OnceCell<&'static T>,
    /// Attempt in progress, shared by all callers.
    under_way: RefCell<Option<WeakShared<Coming<T>>>>,
    waiting: RefCell<Vec<Waiting<T>>>,
}

impl<T> Place<T> {
    fn new(source: fn() -> Coming<T>) -> Rc<Place<T>> {
        let (under_way, waiting) = (RefCell::default(), RefCell::default());
        Rc::new(Place { source, here: OnceCell::new(), under_way, waiting })
    }

    async fn fetch(this: &Rc<Place<T>>) -> Option<&'static T> {
        if let Some(part) = this.here.get() {
            return Some(part);
        }
        let known = this.under_way.borrow().as_ref().and_then(WeakShared::upgrade);
        let attempt = known.unwrap_or_else(|| {
            let place = this.clone();
            let attempt: Coming<T> = Box::pin(async move {
                let part = (place.source)().await;
                place.under_way.take();
                place.put(part?);
                part
            });
            let attempt = attempt.shared();
            *this.under_way.borrow_mut() = attempt.downgrade();
            attempt
        });
        attempt.await
    }

    fn put(&self, part: &'static T) {
        // It is loaded only once.
        let _ = self.here.set(part);
        let waiting = self.waiting.take();
        waiting.into_iter().for_each(|then| then(part));
    }

    fn when_here(&self, then: impl FnOnce(&'static T) + 'static) {
        match self.here.get() {
            Some(part) => then(part),
            None => self.waiting.borrow_mut().push(Box::new(then)),
        }
    }
}

/// Renders a component of [`Soon`] when it is loaded.
pub fn soon<P: Clone + 'static>(which: fn(&Soon) -> Draw<P>, props: P, ui: Ui) -> Html {
    let draw = move |places: &Places| Some(which(places.soon.here.get()?)(props.clone()));
    html! { <Later part={Part::Soon} draw={Rc::new(draw) as Drawing} {ui} /> }
}

/// Renders a component of [`Rare`] when it is loaded.
pub fn rare<P: Clone + 'static>(which: fn(&Rare) -> Draw<P>, props: P, ui: Ui) -> Html {
    rare_after(Meanwhile::default(), which, props, ui)
}

/// Renders a component of [`Rare`], with a fallback until it is loaded.
pub fn rare_after<P: Clone + 'static>(
    meanwhile: Meanwhile,
    which: fn(&Rare) -> Draw<P>,
    props: P,
    ui: Ui,
) -> Html {
    let draw = move |places: &Places| Some(which(places.rare.here.get()?)(props.clone()));
    html! { <Later part={Part::Rare} draw={Rc::new(draw) as Drawing} {meanwhile} {ui} /> }
}

/// Fallback until a chunk is loaded.
#[derive(Clone, Default)]
pub struct Meanwhile {
    pub shown: Html,
    /// Cancels the request.
    pub close: Option<Callback<()>>,
}

impl Meanwhile {
    /// Fallback that shows nothing and is cancelled with `close`.
    pub fn closing(close: &Callback<()>) -> Meanwhile {
        Meanwhile { close: Some(close.clone()), ..Meanwhile::default() }
    }
}

/// Delay before the loading notice appears.
const LATE_MS: u32 = 400;

/// Renders with the loaded chunks, if possible.
type Drawing = Rc<dyn Fn(&Places) -> Option<Html>>;

#[derive(Properties)]
struct LaterProps {
    part: Part,
    draw: Drawing,
    #[prop_or_default]
    meanwhile: Meanwhile,
    ui: Ui,
}

impl PartialEq for LaterProps {
    /// Closures cannot be compared; the rendered component compares its own properties.
    fn eq(&self, _: &LaterProps) -> bool {
        false
    }
}

/// Renders a lazy component, or a notice while its chunk is loading or has failed.
#[component]
fn Later(props: &LaterProps) -> Html {
    let parts = use_context::<Parts>();
    let (part, attempt) = (props.part, use_state(|| 0_u32));
    // `None` while loading, then whether it succeeded.
    let answer = use_state_eq(|| None::<bool>);
    let is_late = use_state_eq(bool::default);
    let drawn = parts.as_ref().and_then(|parts| (props.draw)(parts));
    {
        let (answer, is_late) = (answer.setter(), is_late.setter());
        use_effect_with((part, *attempt, drawn.is_none()), move |&(part, _, is_missing)| {
            if let Some(parts) = parts.filter(|_| is_missing) {
                // Another component may load the chunk, also after a failure here.
                let comes = answer.clone();
                parts.when_here(part, move || comes.set(Some(true)));
                spawn_local(async move { answer.set(Some(parts.fetch(part).await)) });
                spawn_local(async move {
                    TimeoutFuture::new(LATE_MS).await;
                    is_late.set(true);
                });
            }
        });
    }
    if let Some(drawn) = drawn {
        return drawn;
    }
    let (texts, Meanwhile { shown, close }) = (props.ui.library(), props.meanwhile.clone());
    let failed = *answer == Some(false);
    // Set by `boot.js` when the chunk's file is gone.
    let gone = failed && dom::root().is_some_and(|root| root.has_attribute("data-gone"));
    let reload = Callback::from(|_: MouseEvent| dom::reload());
    let again = Callback::from(move |_: MouseEvent| {
        answer.set(None);
        attempt.set(*attempt + 1);
    });
    html! {
        <>
            { shown }
            <div class="notices notices--part" role="status">
                if failed {
                    <div class="notice">
                        <p>{ if gone { texts.part_gone } else { texts.no_part } }</p>
                        <span class="notice__e">
                            if gone {
                                <button type="button" class="link" onclick={reload}>{ props.ui.offline().reload }</button>
                            }
                            <button type="button" class="link" onclick={again}>{ texts.again }</button>
                            if let Some(close) = &close {
                                <button type="button" class="link" onclick={close.reform(|_: MouseEvent| ())}>
                                    { texts.close }
                                </button>
                            }
                        </span>
                    </div>
                } else if *is_late {
                    <div class="notice"><p>{ texts.opening }</p></div>
                }
            </div>
            if let Some(close) = close.filter(|_| failed) {
                <Held {close} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct HeldProps {
    close: Callback<()>,
}

/// Closes a failed request at the back button or the Escape key.
#[component]
fn Held(props: &HeldProps) -> Html {
    use_overlay(&props.close);
    use_escape(&props.close);
    Html::default()
}
