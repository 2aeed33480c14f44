//! Components of lazily loaded chunks, with a notice while a chunk is loading or has failed.

use crate::app::lazy::{Chunk, ChunkKind, ChunksContext, RenderFn};
use crate::app::services::{dom, use_effect_with, use_shared};
use crate::app::state::{use_locale, use_overlay};
use crate::app::ui::hooks::use_escape;
use crate::view_model::ErasedValue;
use gloo::timers::future::TimeoutFuture;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Delay before the loading notice appears.
const LOADING_NOTICE_DELAY_MS: u32 = 400;

/// Fallback until a chunk is loaded.
#[derive(Clone, Default, PartialEq)]
pub struct Fallback {
    pub content: Html,
    /// Cancels the request.
    pub close: Option<Callback<()>>,
    /// Shows no notice: the page is complete without the component.
    is_optional: bool,
}

impl Fallback {
    pub fn with_content(content: Html) -> Fallback {
        Fallback { content, ..Fallback::default() }
    }

    /// Fallback that shows nothing and is cancelled with `close`.
    pub fn with_close(close: &Callback<()>) -> Fallback {
        Fallback { close: Some(close.clone()), ..Fallback::default() }
    }
}

/// Renders the component of [`ChunkKind::Reader`] that has the properties `P`.
pub fn lazy_reader<P: Clone + PartialEq + 'static>(props: P) -> Html {
    lazy_view(ChunkKind::Reader, props, Fallback::default())
}

/// Renders the component of [`ChunkKind::Reader`] that has the properties `P`, once the chunk is loaded, without a notice.
pub fn optional_reader<P: Clone + PartialEq + 'static>(props: P) -> Html {
    lazy_view(ChunkKind::Reader, props, Fallback { is_optional: true, ..Fallback::default() })
}

/// Renders the component of [`ChunkKind::Reader`] that has the properties `P`, if the chunk is loaded.
pub fn loaded_reader<P: 'static>(chunks: Option<&ChunksContext>, props: P) -> Option<Html> {
    chunks?.loaded(ChunkKind::Reader)?.get::<RenderFn<P>>().map(|render| render(props))
}

/// Renders the component of [`ChunkKind::Panels`] that has the properties `P`.
pub fn lazy_panel<P: Clone + PartialEq + 'static>(props: P, fallback: Fallback) -> Html {
    lazy_view(ChunkKind::Panels, props, fallback)
}

fn lazy_view<P: Clone + PartialEq + 'static>(kind: ChunkKind, props: P, fallback: Fallback) -> Html {
    let content = LazyContent { props: ErasedValue::new(props), render: render::<P> };
    html! { <LazyView {kind} {content} {fallback} /> }
}

fn render<P: Clone + 'static>(chunk: &Chunk, props: &ErasedValue) -> Option<Html> {
    let render = chunk.get::<RenderFn<P>>()?;
    Some(render(props.get::<P>()?.clone()))
}

/// Properties of a component, and the function that renders it.
#[derive(Clone)]
struct LazyContent {
    props: ErasedValue,
    render: fn(&Chunk, &ErasedValue) -> Option<Html>,
}

impl PartialEq for LazyContent {
    /// The type of the properties determines the function.
    fn eq(&self, other: &LazyContent) -> bool {
        self.props == other.props
    }
}

#[derive(Properties, PartialEq)]
struct LazyViewProps {
    kind: ChunkKind,
    content: LazyContent,
    fallback: Fallback,
}

#[component]
fn LazyView(props: &LazyViewProps) -> Html {
    let (ui, chunks) = (use_locale(), use_shared::<ChunksContext>());
    let (kind, attempt) = (props.kind, use_state(|| 0_u32));
    // `None` while loading, then whether it succeeded.
    let answer = use_state_eq(|| None::<bool>);
    let is_late = use_state_eq(bool::default);
    let chunk = chunks.as_ref().and_then(|chunks| chunks.loaded(kind));
    {
        let (answer, is_late) = (answer.setter(), is_late.setter());
        use_effect_with((kind, *attempt, chunk.is_none()), move |&(kind, _, is_missing)| {
            if let Some(chunks) = chunks.filter(|_| is_missing) {
                // Another component may load the chunk, also after a failure here.
                let loaded = answer.clone();
                chunks.on_loaded(kind, move |_| loaded.set(Some(true)));
                spawn_local(async move { answer.set(Some(chunks.load(kind).await.is_some())) });
                spawn_local(async move {
                    TimeoutFuture::new(LOADING_NOTICE_DELAY_MS).await;
                    is_late.set(true);
                });
            }
        });
    }
    if let Some(chunk) = chunk {
        return (props.content.render)(chunk, &props.content.props).unwrap_or_default();
    }
    let (texts, Fallback { content, close, is_optional }) = (ui.library(), props.fallback.clone());
    if is_optional {
        return content;
    }
    let failed = *answer == Some(false);
    // Set by `boot.js` when the chunk's file is gone.
    let is_missing = failed && dom::root_element().is_some_and(|root| root.has_attribute("data-gone"));
    let reload = Callback::from(|_: MouseEvent| dom::reload());
    let again = Callback::from(move |_: MouseEvent| {
        answer.set(None);
        attempt.set(*attempt + 1);
    });
    html! {
        <>
            { content }
            <div class="notices notices--part" role="status">
                if failed {
                    <div class="notice">
                        <p>{ if is_missing { texts.chunk_missing } else { texts.chunk_failed } }</p>
                        <span class="notice__e">
                            if is_missing {
                                <button type="button" class="link" onclick={reload}>{ ui.offline().reload }</button>
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
