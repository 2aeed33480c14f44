//! Toasts for undo and for storage errors. A toast stays until it is closed or replaced.

use crate::app::i18n::{Locale, UserDataTexts};
use crate::app::services::DbError;
use crate::app::state::user_data::{StorageBackend, UserDataHandle};
use crate::app::ui::icon::{IconKind, small_icon};
use yew::prelude::*;

/// Renders the toasts at the lower edge.
pub fn undo_toast(keeper: &UserDataHandle, ui: Locale) -> Html {
    let texts = ui.user_data();
    let trouble = match keeper.backend() {
        StorageBackend::Memory(trouble) if keeper.should_warn() => Some(storage_error(trouble, texts)),
        _ => None,
    };
    let done = keeper.undo_entry();
    let unwarn = {
        let keeper = keeper.clone();
        Callback::from(move |_: MouseEvent| keeper.dismiss_warning())
    };
    let undo = {
        let keeper = keeper.clone();
        Callback::from(move |_: MouseEvent| keeper.undo())
    };
    let dismiss = {
        let keeper = keeper.clone();
        Callback::from(move |_: MouseEvent| keeper.dismiss_undo())
    };
    let close = |onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class="ib" aria-label={texts.dismiss} title={texts.dismiss} {onclick}>
                { small_icon(IconKind::Close) }
            </button>
        }
    };
    html! {
        // The live region exists before its text, since screen readers announce only changes.
        <div class="notices" role="status">
            if let Some(trouble) = trouble {
                <div class="notice"><p>{ trouble }</p><span class="notice__e">{ close(unwarn) }</span></div>
            }
            if let Some(done) = done {
                <div class="notice">
                    <p>{ done.message }</p>
                    <span class="notice__e">
                        <button type="button" class="link" data-command="undo" onclick={undo}>{ texts.undo }</button>
                        { close(dismiss) }
                    </span>
                </div>
            }
        </div>
    }
}

fn storage_error(error: DbError, texts: &UserDataTexts) -> &'static str {
    match error {
        DbError::Unavailable => texts.no_storage,
        DbError::NewerVersion => texts.newer_storage,
        DbError::Damaged => texts.damaged_storage,
        DbError::Full => texts.full_storage,
    }
}
