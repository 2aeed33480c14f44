//! Lazily loaded chunks of the app, each a file of its own in a release build.
//!
//! The list and its filters are the first chunk. [`ReaderChunk`] loads right after the list, [`PanelsChunk`] on first use.
//! A chunk is one static value; code reachable only from it is split off by `cli::apart`. Any other reference
//! to a [`Reader`] would move it back into the first chunk.

use super::features::annotations::{AnnotationsPage, AnnotationsPageProps};
use super::features::archive_info::{AboutPage, AboutPageProps};
use super::features::front_page::{FrontPageView, FrontPageViewProps};
use super::features::reader::{
    DiffView, DiffViewProps, Player, PlayerProps, Reader, ReaderProps, SharePanel, SharePanelProps,
};
use super::features::settings::{TypePanel, TypePanelProps};
use super::features::shortcuts::{ShortcutsDialog, ShortcutsDialogProps};
use super::features::user_data::dialog::{UserDataDialog, UserDataDialogProps};
use super::features::{PrintView, PrintViewProps};
use super::i18n::Locale;
use super::services::rc_eq::RcEq;
use super::services::{dom, use_effect_with};
use super::state::offline::{Dispatch, OfflineController};
use super::state::{CountRequest, SearchRequest, offline, use_overlay};
use super::ui::hooks::use_escape;
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
pub type RenderFn<P> = fn(P) -> Html;

/// Chunk loaded right after the list.
pub struct ReaderChunk {
    pub reader: RenderFn<ReaderProps>,
    pub search: fn(Rc<SearchRequest>),
    pub count_hits: fn(CountRequest) -> LocalBoxFuture<Option<usize>>,
    /// Folds a text, by tables that the app can begin without.
    pub fold: fn(&str) -> String,
    /// Starts what goes on beside the page.
    pub start_controller: fn(Dispatch) -> Box<dyn OfflineController>,
}

/// Chunk loaded on first use.
pub struct PanelsChunk {
    pub front_page: RenderFn<FrontPageViewProps>,
    pub about: RenderFn<AboutPageProps>,
    pub annotations: RenderFn<AnnotationsPageProps>,
    pub type_panel: RenderFn<TypePanelProps>,
    pub user_data: RenderFn<UserDataDialogProps>,
    pub shortcuts: RenderFn<ShortcutsDialogProps>,
    pub print_view: RenderFn<PrintViewProps>,
    pub player: RenderFn<PlayerProps>,
    pub share: RenderFn<SharePanelProps>,
    /// Diff of two versions.
    pub diff: RenderFn<DiffViewProps>,
}

pub static READER_CHUNK: ReaderChunk = ReaderChunk {
    reader: |props| html! { <Reader ..props /> },
    search: super::state::start_search,
    count_hits: |asked| Box::pin(super::state::count_hits(asked)),
    fold: crate::text::fold,
    start_controller: offline::start_controller,
};

pub static PANELS_CHUNK: PanelsChunk = PanelsChunk {
    front_page: |props| html! { <FrontPageView ..props /> },
    about: |props| html! { <AboutPage ..props /> },
    annotations: |props| html! { <AnnotationsPage ..props /> },
    type_panel: |props| html! { <TypePanel ..props /> },
    user_data: |props| html! { <UserDataDialog ..props /> },
    shortcuts: |props| html! { <ShortcutsDialog ..props /> },
    print_view: |props| html! { <PrintView ..props /> },
    player: |props| html! { <Player ..props /> },
    share: |props| html! { <SharePanel ..props /> },
    diff: |props| html! { <DiffView ..props /> },
};

/// Boxed, single-threaded future.
pub type LocalBoxFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// Loading chunk; `None` if it fails.
pub type ChunkFuture<T> = LocalBoxFuture<Option<&'static T>>;

/// Loaders of the chunks.
pub struct ChunkLoaders {
    pub reader: fn() -> ChunkFuture<ReaderChunk>,
    pub panels: fn() -> ChunkFuture<PanelsChunk>,
}

/// Chunks, provided as a context.
pub type ChunksContext = RcEq<Chunks>;

/// Loaded chunks and their loaders.
pub struct Chunks {
    reader: Rc<LazyChunk<ReaderChunk>>,
    panels: Rc<LazyChunk<PanelsChunk>>,
}

/// Identifies a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ChunkKind {
    Reader,
    Panels,
}

impl Chunks {
    pub fn new(sources: ChunkLoaders) -> Chunks {
        Chunks { reader: LazyChunk::new(sources.reader), panels: LazyChunk::new(sources.panels) }
    }

    /// Loads [`ReaderChunk`]. Returns `None` on failure.
    pub async fn load_reader(&self) -> Option<&'static ReaderChunk> {
        LazyChunk::fetch(&self.reader).await
    }

    /// [`ReaderChunk`] if it has come.
    pub fn soon_if_here(&self) -> Option<&'static ReaderChunk> {
        self.reader.loaded.get().copied()
    }

    /// Calls `then` when [`ReaderChunk`] is loaded; does not load it.
    pub fn on_reader_loaded(&self, then: impl FnOnce(&'static ReaderChunk) + 'static) {
        self.reader.on_loaded(then);
    }

    /// Counts the hits of a query, if that is possible.
    pub async fn count_hits(&self, asked: CountRequest) -> Option<usize> {
        (self.load_reader().await?.count_hits)(asked).await
    }

    /// Loads `part`. Returns true on success.
    async fn fetch(&self, part: ChunkKind) -> bool {
        match part {
            ChunkKind::Reader => self.load_reader().await.is_some(),
            ChunkKind::Panels => LazyChunk::fetch(&self.panels).await.is_some(),
        }
    }

    fn on_loaded(&self, part: ChunkKind, then: impl FnOnce() + 'static) {
        match part {
            ChunkKind::Reader => self.reader.on_loaded(|_| then()),
            ChunkKind::Panels => self.panels.on_loaded(|_| then()),
        }
    }
}

type OnLoaded<T> = Box<dyn FnOnce(&'static T)>;

struct LazyChunk<T: 'static> {
    loader: fn() -> ChunkFuture<T>,
    loaded: OnceCell<&'static T>,
    /// Attempt in progress, shared by all callers.
    inflight: RefCell<Option<WeakShared<ChunkFuture<T>>>>,
    callbacks: RefCell<Vec<OnLoaded<T>>>,
}

impl<T> LazyChunk<T> {
    fn new(source: fn() -> ChunkFuture<T>) -> Rc<LazyChunk<T>> {
        let (under_way, waiting) = (RefCell::default(), RefCell::default());
        Rc::new(LazyChunk {
            loader: source,
            loaded: OnceCell::new(),
            inflight: under_way,
            callbacks: waiting,
        })
    }

    async fn fetch(this: &Rc<LazyChunk<T>>) -> Option<&'static T> {
        if let Some(part) = this.loaded.get() {
            return Some(part);
        }
        let known = this.inflight.borrow().as_ref().and_then(WeakShared::upgrade);
        let attempt = known.unwrap_or_else(|| {
            let place = this.clone();
            let attempt: ChunkFuture<T> = Box::pin(async move {
                let part = (place.loader)().await;
                place.inflight.take();
                place.set_loaded(part?);
                part
            });
            let attempt = attempt.shared();
            *this.inflight.borrow_mut() = attempt.downgrade();
            attempt
        });
        attempt.await
    }

    fn set_loaded(&self, part: &'static T) {
        // It is loaded only once.
        let _ = self.loaded.set(part);
        let waiting = self.callbacks.take();
        waiting.into_iter().for_each(|then| then(part));
    }

    fn on_loaded(&self, then: impl FnOnce(&'static T) + 'static) {
        match self.loaded.get() {
            Some(part) => then(part),
            None => self.callbacks.borrow_mut().push(Box::new(then)),
        }
    }
}

/// Renders a component of [`ReaderChunk`] when it is loaded.
pub fn soon<P: Clone + 'static>(which: fn(&ReaderChunk) -> RenderFn<P>, props: P, ui: Locale) -> Html {
    let draw = move |places: &Chunks| Some(which(places.reader.loaded.get()?)(props.clone()));
    html! { <Lazy part={ChunkKind::Reader} draw={Rc::new(draw) as ChunkRenderer} {ui} /> }
}

/// Renders a component of [`PanelsChunk`] when it is loaded.
pub fn lazy_panel<P: Clone + 'static>(which: fn(&PanelsChunk) -> RenderFn<P>, props: P, ui: Locale) -> Html {
    lazy_panel_with_fallback(Fallback::default(), which, props, ui)
}

/// Renders a component of [`PanelsChunk`], with a fallback until it is loaded.
pub fn lazy_panel_with_fallback<P: Clone + 'static>(
    meanwhile: Fallback,
    which: fn(&PanelsChunk) -> RenderFn<P>,
    props: P,
    ui: Locale,
) -> Html {
    let draw = move |places: &Chunks| Some(which(places.panels.loaded.get()?)(props.clone()));
    html! { <Lazy part={ChunkKind::Panels} draw={Rc::new(draw) as ChunkRenderer} {meanwhile} {ui} /> }
}

/// Fallback until a chunk is loaded.
#[derive(Clone, Default)]
pub struct Fallback {
    pub content: Html,
    /// Cancels the request.
    pub close: Option<Callback<()>>,
}

impl Fallback {
    /// Fallback that shows nothing and is cancelled with `close`.
    pub fn with_close(close: &Callback<()>) -> Fallback {
        Fallback { close: Some(close.clone()), ..Fallback::default() }
    }
}

/// Delay before the loading notice appears.
const LOADING_NOTICE_DELAY_MS: u32 = 400;

/// Renders with the loaded chunks, if possible.
type ChunkRenderer = Rc<dyn Fn(&Chunks) -> Option<Html>>;

#[derive(Properties)]
struct LazyProps {
    part: ChunkKind,
    draw: ChunkRenderer,
    #[prop_or_default]
    meanwhile: Fallback,
    ui: Locale,
}

impl PartialEq for LazyProps {
    /// Closures cannot be compared; the rendered component compares its own properties.
    fn eq(&self, _: &LazyProps) -> bool {
        false
    }
}

/// Renders a lazy component, or a notice while its chunk is loading or has failed.
#[component]
fn Lazy(props: &LazyProps) -> Html {
    let parts = use_context::<ChunksContext>();
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
                parts.on_loaded(part, move || comes.set(Some(true)));
                spawn_local(async move { answer.set(Some(parts.fetch(part).await)) });
                spawn_local(async move {
                    TimeoutFuture::new(LOADING_NOTICE_DELAY_MS).await;
                    is_late.set(true);
                });
            }
        });
    }
    if let Some(drawn) = drawn {
        return drawn;
    }
    let (texts, Fallback { content: shown, close }) = (props.ui.library(), props.meanwhile.clone());
    let failed = *answer == Some(false);
    // Set by `boot.js` when the chunk's file is gone.
    let gone = failed && dom::root_element().is_some_and(|root| root.has_attribute("data-gone"));
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
                        <p>{ if gone { texts.chunk_missing } else { texts.chunk_failed } }</p>
                        <span class="notice__e">
                            if gone {
                                <button type="button" class="link" onclick={reload}>{ props.ui.offline().reload }</button>
                            }
                            <button type="button" class="link" onclick={again}>{ texts.retry }</button>
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
                <DismissOnBack {close} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct DismissOnBackProps {
    close: Callback<()>,
}

/// Closes a failed request at the back button or the Escape key.
#[component]
fn DismissOnBack(props: &DismissOnBackProps) -> Html {
    use_overlay(&props.close);
    use_escape(&props.close);
    Html::default()
}
