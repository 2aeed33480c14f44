//! Loading screen before the archive is open.

use super::i18n::{Ui, fill, number};
use super::net::Arrived;
use crate::archive::ArchiveError;
use yew::prelude::*;

/// State of the loading screen.
#[derive(Clone, PartialEq)]
pub enum Progress {
    Waiting,
    Arriving(Arrived),
    /// Opening failed.
    Failed(ArchiveError),
}

/// Renders progress, or an error with a retry button.
pub fn opening(progress: &Progress, ui: Ui, again: &Callback<()>) -> Html {
    let texts = ui.library();
    let kilobytes = |bytes: usize| format!("{} kB", number(bytes.div_ceil(1024) as u64));
    let (text, failed) = match progress {
        Progress::Waiting => (texts.opening.to_owned(), false),
        Progress::Arriving((bytes, None)) => (fill(texts.arrived, &[&kilobytes(*bytes)]), false),
        // A host that compresses in transit reports the smaller size, so a share above one is hidden.
        Progress::Arriving((bytes, Some(total))) if bytes <= total => {
            (fill(texts.arrived_of, &[&kilobytes(*bytes), &kilobytes(*total)]), false)
        }
        Progress::Arriving((bytes, Some(_))) => (fill(texts.arrived, &[&kilobytes(*bytes)]), false),
        Progress::Failed(error) => {
            let what = match error {
                ArchiveError::Store(error) if error.missing => texts.no_archive,
                ArchiveError::Store(_) => texts.no_network,
                ArchiveError::Version(_) => texts.other_version,
                ArchiveError::Damaged { .. } | ArchiveError::NoArticle(_) => texts.damaged,
            };
            (what.to_owned(), true)
        }
    };
    let again = again.reform(|_: MouseEvent| ());
    html! {
        <main class={if failed { "start is-failed" } else { "start" }} aria-live="polite">
            <p class="start__name">{ "Sheaf" }</p>
            <p class="start__text">{ text }</p>
            if let Progress::Failed(error) = progress {
                <p class="start__detail" lang="en">{ error.to_string() }</p>
                <button class="btn btn--ink" onclick={again}>{ texts.again }</button>
            }
        </main>
    }
}
