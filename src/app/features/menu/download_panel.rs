//! Download of the whole archive for offline use: size, progress, cancellation.

use crate::app::i18n::Locale;
use crate::app::services::use_shared;
use crate::app::state::offline::OfflineContext;
use crate::app::state::use_locale;
use crate::view_model::{CachePolicy, DownloadError, DownloadProgress, format_bytes};
use yew::prelude::*;

/// Section of the menu; empty if the browser cannot cache.
#[component]
pub fn DownloadPanel() -> Html {
    let (ui, handle) = (use_locale(), use_shared::<OfflineContext>());
    let Some((handle, keeping)) = handle.and_then(|handle| Some((handle.clone(), handle.progress?))) else {
        return Html::default();
    };
    let texts = ui.offline();
    let (text, choices) = status_and_choices(&keeping, ui);
    let is_under_way = keeping.policy != CachePolicy::OnRead && !keeping.is_complete();
    html! {
        <div class="aa__s keep">
            <p class="aa__l">
                <span>{ texts.download }</span>
                <span>{ format_bytes(keeping.core_bytes + keeping.archive_bytes) }</span>
            </p>
            <p class="keep__t" role="status">{ text }</p>
            if is_under_way {
                <progress class="keep__p" max={keeping.archive_bytes.to_string()} value={keeping.downloaded_bytes().to_string()}
                    aria-label={texts.download} />
            }
            if !choices.is_empty() {
                <p class="keep__b">
                    { for choices.into_iter().map(|(text, wish)| {
                        let handle = handle.clone();
                        let onclick = Callback::from(move |_: MouseEvent| handle.set_cache_policy(wish));
                        html! { <button type="button" class="link" {onclick}>{ text }</button> }
                    }) }
                </p>
            }
        </div>
    }
}

/// Returns the status text and the available choices.
fn status_and_choices(keeping: &DownloadProgress, ui: Locale) -> (String, Vec<(&'static str, CachePolicy)>) {
    let texts = ui.offline();
    let all = format_bytes(keeping.core_bytes + keeping.archive_bytes);
    let here = format_bytes(keeping.core_bytes + keeping.downloaded_bytes());
    let remove = (texts.remove, CachePolicy::OnRead);
    match (keeping.error, keeping.policy) {
        _ if keeping.archive_bytes == 0 => (texts.download_not_needed.to_owned(), Vec::new()),
        (Some(DownloadError::QuotaExceeded(room)), wish) => {
            let left = format_bytes(keeping.remaining_bytes.unwrap_or(keeping.archive_bytes));
            let mut choices = vec![(texts.retry, CachePolicy::WholeArchive)];
            choices.extend((wish != CachePolicy::OnRead).then_some(remove));
            (texts.no_room(&left, &format_bytes(room)), choices)
        }
        (Some(DownloadError::Network), _) => {
            (texts.no_network(&here, &all), vec![(texts.resume, CachePolicy::WholeArchive), remove])
        }
        (None, CachePolicy::OnRead) => {
            (texts.download_hint.to_owned(), vec![(texts.download_all, CachePolicy::WholeArchive)])
        }
        _ if keeping.is_complete() => (texts.download_complete.to_owned(), vec![remove]),
        (None, CachePolicy::WholeArchive) => {
            (texts.download_progress(&here, &all), vec![(texts.pause, CachePolicy::Paused)])
        }
        (None, CachePolicy::Paused) => {
            (texts.paused(&here, &all), vec![(texts.resume, CachePolicy::WholeArchive), remove])
        }
    }
}
