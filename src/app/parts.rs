//! The parts of the app that come after it has begun, each in files of its own in a release build.
//!
//! What lists and filters is the app itself. [`Soon`] follows as soon as the list is there, [`Rare`] when something of it
//! is asked for. A part is one value, which names what lies in it; what only that value leads to is taken out of the app
//! by `cli::apart`. So whatever else named a [`Reader`] would put all of it back into the app.

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

/// Draws something of a part.
pub type Draw<P> = fn(P) -> Html;

/// What is wanted as soon as the list is there.
pub struct Soon {
    /// The reader.
    pub reader: Draw<ReaderProps>,
    /// Begins a search.
    pub search: fn(Rc<Job>),
    /// How many articles a query finds.
    pub total: fn(Asked) -> Pending<Option<usize>>,
    /// Starts what goes on beside the page.
    pub machine: fn(Tell) -> Box<dyn Machine>,
}

/// What is not there until somebody wants it.
pub struct Rare {
    /// The front page of a day.
    pub front: Draw<FrontPageProps>,
    /// The page about the archive.
    pub about: Draw<AboutPageProps>,
    /// The page of all passages.
    pub passages: Draw<PassagesPageProps>,
    /// The panel of how articles are set.
    pub type_panel: Draw<TypePanelProps>,
    /// The sheet of what the reader keeps.
    pub data: Draw<DataSheetProps>,
    /// The sheet of keys.
    pub keys: Draw<KeysSheetProps>,
    /// Articles on paper.
    pub stack: Draw<StackProps>,
    /// The player.
    pub player: Draw<PlayerProps>,
    /// The panel for sharing.
    pub share: Draw<ShareProps>,
    /// Two versions in one.
    pub compare: Draw<CompareProps>,
}

/// The one value of [`Soon`].
pub static SOON: Soon = Soon {
    reader: |props| html! { <Reader ..props /> },
    search: hooks::start,
    total: |asked| Box::pin(hooks::total(asked)),
    machine: offline::start,
};

/// The one value of [`Rare`].
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

/// What is there later.
pub type Pending<T> = Pin<Box<dyn Future<Output = T>>>;

/// A part that is on its way; nothing when it does not come.
pub type Coming<T> = Pending<Option<&'static T>>;

/// How each part is had.
pub struct Sources {
    /// Fetches what follows at once.
    pub soon: fn() -> Coming<Soon>,
    /// Fetches the rest.
    pub rare: fn() -> Coming<Rare>,
}

/// The parts, in the context of the whole app.
pub type Parts = Shared<Places>;

/// Where the parts are once they have come.
pub struct Places {
    soon: Rc<Place<Soon>>,
    rare: Rc<Place<Rare>>,
}

/// One of the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Soon,
    Rare,
}

impl Places {
    /// Without any part yet.
    pub fn new(sources: Sources) -> Places {
        Places { soon: Place::new(sources.soon), rare: Place::new(sources.rare) }
    }

    /// [`Soon`], when it has come; nothing when it does not come.
    pub async fn soon(&self) -> Option<&'static Soon> {
        Place::fetch(&self.soon).await
    }

    /// Calls `then` as soon as somebody has fetched [`Soon`].
    pub fn with_soon(&self, then: impl FnOnce(&'static Soon) + 'static) {
        self.soon.when_here(then);
    }

    /// How many articles a query finds, where that can be said.
    pub async fn total(&self, asked: Asked) -> Option<usize> {
        (self.soon().await?.total)(asked).await
    }

    /// Whether `part` is here or has come.
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
    /// The attempt to fetch it, for all who ask meanwhile.
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
        // It is fetched once.
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

/// What `which` of [`Soon`] draws of `props`, as soon as it is here.
pub fn soon<P: Clone + 'static>(which: fn(&Soon) -> Draw<P>, props: P, ui: Ui) -> Html {
    let draw = move |places: &Places| Some(which(places.soon.here.get()?)(props.clone()));
    html! { <Later part={Part::Soon} draw={Rc::new(draw) as Drawing} {ui} /> }
}

/// What `which` of [`Rare`] draws of `props`, as soon as it is here.
pub fn rare<P: Clone + 'static>(which: fn(&Rare) -> Draw<P>, props: P, ui: Ui) -> Html {
    rare_after(Meanwhile::default(), which, props, ui)
}

/// The same, with what there is as long as it is not here.
pub fn rare_after<P: Clone + 'static>(
    meanwhile: Meanwhile,
    which: fn(&Rare) -> Draw<P>,
    props: P,
    ui: Ui,
) -> Html {
    let draw = move |places: &Places| Some(which(places.rare.here.get()?)(props.clone()));
    html! { <Later part={Part::Rare} draw={Rc::new(draw) as Drawing} {meanwhile} {ui} /> }
}

/// What there is as long as a part is not here.
#[derive(Clone, Default)]
pub struct Meanwhile {
    /// What is shown.
    pub shown: Html,
    /// Gives up what was asked for.
    pub close: Option<Callback<()>>,
}

impl Meanwhile {
    /// Nothing is shown, and `close` gives up what was asked for.
    pub fn closing(close: &Callback<()>) -> Meanwhile {
        Meanwhile { close: Some(close.clone()), ..Meanwhile::default() }
    }
}

/// What comes sooner needs no word.
const LATE_MS: u32 = 400;

/// Draws what it can of the parts that are here.
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
    /// What is drawn may differ each time; its own properties tell.
    fn eq(&self, _: &LaterProps) -> bool {
        false
    }
}

/// What is drawn by a part, and until that is here a line that says so, or why not.
#[component]
fn Later(props: &LaterProps) -> Html {
    let parts = use_context::<Parts>();
    let (part, attempt) = (props.part, use_state(|| 0_u32));
    // Nothing yet, or whether it has come.
    let answer = use_state_eq(|| None::<bool>);
    let is_late = use_state_eq(bool::default);
    let drawn = parts.as_ref().and_then(|parts| (props.draw)(parts));
    {
        let (answer, is_late) = (answer.setter(), is_late.setter());
        use_effect_with((part, *attempt, drawn.is_none()), move |&(part, _, is_missing)| {
            if let Some(parts) = parts.filter(|_| is_missing) {
                // Somebody else may have it come, also after it has failed here.
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
    // The page's first script has noted it.
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

/// What was asked for and did not come: the browser's way back and the Escape key give it up.
#[component]
fn Held(props: &HeldProps) -> Html {
    use_overlay(&props.close);
    use_escape(&props.close);
    Html::default()
}
