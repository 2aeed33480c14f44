//! The parts of the app that come after it has begun, each in files of its own in a release build.
//!
//! What lists and filters is the app itself. [`Soon`] follows as soon as the list is there, [`Rare`] when something of it
//! is asked for. A part is one value, which names what lies in it; what only that value leads to is taken out of the app
//! by `cli::apart`. So whatever else named a [`Reader`] would put all of it back into the app.

use super::handle::Shared;
use super::hooks::{self, Asked, Job, use_effect_with};
use super::i18n::Ui;
use super::keep::sheet::{DataSheet, DataSheetProps};
use super::library::{KeysSheet, KeysSheetProps, Stack, StackProps};
use super::offline::{self, Machine, Tell};
use super::pages::about::{AboutPage, AboutPageProps};
use super::pages::front::{FrontPage, FrontPageProps};
use super::pages::passages::{PassagesPage, PassagesPageProps};
use super::reader::{Compare, CompareProps, Player, PlayerProps, Reader, ReaderProps, Share, ShareProps};
use super::settings::panel::{TypePanel, TypePanelProps};
use std::cell::OnceCell;
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
    sources: Sources,
    soon: OnceCell<&'static Soon>,
    rare: OnceCell<&'static Rare>,
}

impl Places {
    /// Without any part yet.
    pub fn new(sources: Sources) -> Places {
        Places { sources, soon: OnceCell::new(), rare: OnceCell::new() }
    }
}

/// One of the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Soon,
    Rare,
}

impl Places {
    /// [`Soon`], when it has come; nothing when it does not come.
    pub async fn soon(&self) -> Option<&'static Soon> {
        put(&self.soon, self.sources.soon).await
    }

    /// How many articles a query finds, where that can be said.
    pub async fn total(&self, asked: Asked) -> Option<usize> {
        (self.soon().await?.total)(asked).await
    }

    /// Whether `part` is here or has come.
    async fn fetch(&self, part: Part) -> bool {
        match part {
            Part::Soon => self.soon().await.is_some(),
            Part::Rare => put(&self.rare, self.sources.rare).await.is_some(),
        }
    }
}

async fn put<T>(place: &OnceCell<&'static T>, source: fn() -> Coming<T>) -> Option<&'static T> {
    if place.get().is_none() {
        // Who asked meanwhile has put the same.
        let _ = place.set(source().await?);
    }
    place.get().copied()
}

/// What `which` of [`Soon`] draws of `props`, as soon as it is here.
pub fn soon<P: Clone + 'static>(which: fn(&Soon) -> Draw<P>, props: P, ui: Ui) -> Html {
    let draw = move |places: &Places| Some(which(places.soon.get()?)(props.clone()));
    html! { <Later part={Part::Soon} draw={Rc::new(draw) as Drawing} {ui} /> }
}

/// What `which` of [`Rare`] draws of `props`, as soon as it is here.
pub fn rare<P: Clone + 'static>(which: fn(&Rare) -> Draw<P>, props: P, ui: Ui) -> Html {
    let draw = move |places: &Places| Some(which(places.rare.get()?)(props.clone()));
    html! { <Later part={Part::Rare} draw={Rc::new(draw) as Drawing} {ui} /> }
}

/// Draws what it can of the parts that are here.
type Drawing = Rc<dyn Fn(&Places) -> Option<Html>>;

#[derive(Properties)]
struct LaterProps {
    part: Part,
    draw: Drawing,
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
    let drawn = parts.as_ref().and_then(|parts| (props.draw)(parts));
    {
        let answer = answer.setter();
        use_effect_with((part, *attempt, drawn.is_none()), move |&(part, _, is_missing)| {
            if let Some(parts) = parts.filter(|_| is_missing) {
                spawn_local(async move { answer.set(Some(parts.fetch(part).await)) });
            }
        });
    }
    if let Some(drawn) = drawn {
        return drawn;
    }
    let texts = props.ui.library();
    let failed = *answer == Some(false);
    let again = Callback::from(move |_: MouseEvent| {
        answer.set(None);
        attempt.set(*attempt + 1);
    });
    html! {
        <div class="notices notices--part" role="status">
            if failed {
                <div class="notice">
                    <p>{ texts.no_part }</p>
                    <span class="notice__e"><button type="button" class="link" onclick={again}>{ texts.again }</button></span>
                </div>
            } else {
                <div class="notice notice--late"><p>{ texts.opening }</p></div>
            }
        </div>
    }
}
