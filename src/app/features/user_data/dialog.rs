//! Dialog of the user data: counts, export, import, erase, persistence.

use crate::app::i18n::{Locale, format_number};
use crate::app::services::{dom, local_storage, use_shared};
use crate::app::state::settings::{Settings, SettingsContext, use_settings};
use crate::app::state::user_data::{StorageBackend, UserDataHandle};
use crate::app::state::{ArchiveContext, Command, use_command_context, use_locale, use_user_data};
use crate::app::ui::controls::switch;
use crate::app::ui::dialog::Sheet;
use crate::app::ui::icon::{IconKind, icon};
use crate::user_data::{RecordKind, export_json, import_json};
use crate::view_model::RoutePage;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct UserDataDialogProps {
    pub close: Callback<()>,
}

/// State of the dialog.
#[derive(Clone, PartialEq)]
enum DialogState {
    Idle,
    /// Asks to confirm erasing.
    ConfirmErase,
    /// Result of an import.
    Message(AttrValue),
}

/// Larger files are not exports of this app.
const MAX_IMPORT_BYTES: f64 = 256e6;

#[component]
pub fn UserDataDialog(props: &UserDataDialogProps) -> Html {
    let (SettingsContext { settings, edit }, ui) = (use_settings(), use_locale());
    let (context, user_data) = (use_shared::<ArchiveContext>(), use_user_data());
    let commands = use_command_context();
    let (Some(context), Some(keeper)) = (context, user_data) else { return Html::default() };
    let texts = ui.user_data();
    let step = use_state_eq(|| DialogState::Idle);
    let file = use_node_ref();
    let go = |to: DialogState| {
        let step = step.setter();
        Callback::from(move |_: MouseEvent| step.set(to.clone()))
    };
    let export = {
        let (keeper, archive) = (keeper.clone(), context.manifest().display_name().to_owned());
        Callback::from(move |_: MouseEvent| {
            // The browser reports a failed download itself.
            let _ = dom::download_text(&export_json(&keeper.data(), &archive), "sheaf-data.json");
        })
    };
    let choose = {
        let file = file.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(file) = file.cast::<HtmlInputElement>() {
                file.click();
            }
        })
    };
    let import = {
        let (keeper, step, file) = (keeper.clone(), step.setter(), file.clone());
        Callback::from(move |_: Event| {
            let (keeper, step, file) = (keeper.clone(), step.clone(), file.clone());
            spawn_local(async move {
                let text = read_chosen_file(&file).await;
                let message = import_file(&keeper, text.as_deref().unwrap_or_default(), ui);
                step.set(DialogState::Message(message.into()));
            });
        })
    };
    let erase = {
        let (keeper, edit, step) = (keeper.clone(), edit.clone(), step.setter());
        let message: AttrValue = texts.erased_toast.into();
        Callback::from(move |_: MouseEvent| {
            keeper.erase();
            local_storage::erase();
            // Appearance settings are reset as well, and stored with their defaults.
            edit.emit(Box::new(|settings| {
                *settings = Settings { is_script_offered: false, ..settings.with_defaults() };
            }));
            step.set(DialogState::Message(message.clone()));
        })
    };
    let keeps_nothing = {
        Callback::from(move |forgets: bool| {
            if forgets {
                local_storage::erase();
            }
            edit.emit(Box::new(move |settings| settings.no_persistence = forgets));
        })
    };
    let kept = keeper.data();
    let to_passages = {
        let close = props.close.clone();
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            commands.run(Command::ShowPage(RoutePage::Annotations));
        })
    };
    let counts = RecordKind::ALL.into_iter().map(|kind| {
        let name = texts.record_kind(kind);
        let name = match kind {
            RecordKind::Annotations if kept.count(kind) > 0 => html! {
                <button type="button" class="link" onclick={to_passages.clone()}>{ name }</button>
            },
            _ => html! { name },
        };
        html! { <div><dt>{ name }</dt><dd>{ format_number(kept.count(kind) as u64) }</dd></div> }
    });
    let place = match keeper.backend() {
        StorageBackend::Opening | StorageBackend::Database => texts.stored_on_device,
        StorageBackend::Disabled | StorageBackend::Memory(_) => texts.stored_in_memory,
    };
    html! {
        <Sheet label={texts.data} close={props.close.clone()}>
            <div class="sheet__h">
                <h2>{ texts.data }</h2>
                <button class="ib" aria-label={texts.dismiss} onclick={props.close.reform(|_: MouseEvent| ())}>
                    { icon(IconKind::Close) }
                </button>
            </div>
            <div class="sheet__b sheet__b--last data">
                <p class="data__p">{ place }</p>
                <dl class="data__n">{ for counts }</dl>
                if keeper.unreadable_count() > 0 {
                    <p class="data__p">{ texts.unreadable(keeper.unreadable_count() as u64) }</p>
                }
                <div class="data__b">
                    <button type="button" class="btn" disabled={kept.is_empty()} onclick={export}>{ texts.export }</button>
                    <button type="button" class="btn" onclick={choose}>{ texts.import }</button>
                    <input ref={file} type="file" accept=".json,application/json" hidden=true aria-label={texts.import}
                        onchange={import} />
                </div>
                <div class="data__s" role="status">
                    if let DialogState::Message(message) = &*step {
                        <p class="data__p">{ message }</p>
                    }
                </div>
                { switch(texts.keep_nothing, settings.no_persistence, &keeps_nothing) }
                <p class="data__p">{ texts.keep_nothing_hint }</p>
                <div class="data__b">
                    if *step == DialogState::ConfirmErase {
                        <button type="button" class="btn btn--ink" onclick={erase}>{ texts.erase_confirm }</button>
                        <button type="button" class="btn" onclick={go(DialogState::Idle)}>{ texts.cancel }</button>
                    } else {
                        <button type="button" class="btn" onclick={go(DialogState::ConfirmErase)}>{ texts.erase }</button>
                    }
                </div>
            </div>
        </Sheet>
    }
}

/// Reads the chosen file.
async fn read_chosen_file(input: &NodeRef) -> Option<String> {
    let input = input.cast::<HtmlInputElement>()?;
    let file = input.files()?.get(0)?;
    let text = if file.size() > MAX_IMPORT_BYTES {
        None
    } else {
        JsFuture::from(file.text()).await.ok()?.as_string()
    };
    // Resets the input, so that the same file can be chosen again.
    input.set_value("");
    text
}

/// Imports a file and returns the message about it.
fn import_file(keeper: &UserDataHandle, file: &str, ui: Locale) -> String {
    let texts = ui.user_data();
    match import_json(file) {
        Ok(import) => {
            let changes = keeper.data().edits_to_merge(import.records);
            let count = changes.len() as u64;
            let message = match import.skipped {
                0 => texts.imported(count),
                skipped => texts.imported_partly(count, skipped as u64),
            };
            keeper.apply_with_undo(message.clone(), changes);
            keeper.invalidate_filters();
            message
        }
        Err(error) => texts.import_error(error).to_owned(),
    }
}
