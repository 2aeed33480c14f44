//! Loading screen before the archive is open.

use crate::app::i18n::{Locale, format_number};
use crate::app::services::http_store::BytesReceived;
use crate::archive::{ArchiveError, StoreErrorKind};
use yew::prelude::*;

/// State of the loading screen.
#[derive(Clone, PartialEq)]
pub enum OpeningProgress {
    Waiting,
    Receiving(BytesReceived),
    /// Opening failed.
    Failed(ArchiveError),
}

/// Renders progress, or an error with a retry button.
pub fn loading_screen(progress: &OpeningProgress, ui: Locale, again: &Callback<()>) -> Html {
    let texts = ui.library();
    let kilobytes = |bytes: usize| format!("{} kB", format_number(bytes.div_ceil(1024) as u64));
    let (text, failed) = match progress {
        OpeningProgress::Waiting => (texts.opening.to_owned(), false),
        OpeningProgress::Receiving((bytes, None)) => (texts.received(&kilobytes(*bytes)), false),
        // A host that compresses in transit reports the smaller size, so a share above one is hidden.
        OpeningProgress::Receiving((bytes, Some(total))) if bytes <= total => {
            (texts.received_of_total(&kilobytes(*bytes), &kilobytes(*total)), false)
        }
        OpeningProgress::Receiving((bytes, Some(_))) => (texts.received(&kilobytes(*bytes)), false),
        OpeningProgress::Failed(error) => {
            let is_missing = error.is_store_error(StoreErrorKind::Missing);
            let text = if is_missing { texts.no_archive } else { texts.load_failure(error) };
            (text.to_owned(), true)
        }
    };
    let again = again.reform(|_: MouseEvent| ());
    html! {
        <main class={if failed { "start is-failed" } else { "start" }} aria-live="polite">
            <p class="start__name">{ "Sheaf" }</p>
            <p class="start__text">{ text }</p>
            if let OpeningProgress::Failed(error) = progress {
                <p class="start__detail" lang="en">{ error.to_string() }</p>
                <button class="btn btn--ink" onclick={again}>{ texts.retry }</button>
            }
        </main>
    }
}
