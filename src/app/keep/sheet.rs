//! Dialog of the user data: counts, export, import, erase, persistence.

use super::{Keeper, Place};
use crate::app::components::icon::{Shape, icon};
use crate::app::components::sheet::Sheet;
use crate::app::i18n::{Ui, fill, number};
use crate::app::library::{Act, Run};
use crate::app::settings::controls::switch;
use crate::app::settings::{Edit, Settings};
use crate::app::{dom, storage};
use crate::keep::{FileError, Kind, read, write};
use crate::view::Page;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct DataSheetProps {
    pub keeper: Keeper,
    pub archive: AttrValue,
    pub settings: Settings,
    pub edit: Callback<Edit>,
    pub ui: Ui,
    pub close: Callback<()>,
}

/// State of the dialog.
#[derive(Clone, PartialEq)]
enum Step {
    Idle,
    /// Asks to confirm erasing.
    Sure,
    /// Result of an import.
    Said(AttrValue),
}

/// Larger files are not exports of this app.
const MOST_BYTES: f64 = 256e6;

#[component]
pub fn DataSheet(props: &DataSheetProps) -> Html {
    let (keeper, texts) = (&props.keeper, props.ui.keep());
    let step = use_state_eq(|| Step::Idle);
    let file = use_node_ref();
    let go = |to: Step| {
        let step = step.setter();
        Callback::from(move |_: MouseEvent| step.set(to.clone()))
    };
    let export = {
        let (keeper, archive) = (keeper.clone(), props.archive.clone());
        Callback::from(move |_: MouseEvent| {
            // The browser reports a failed download itself.
            let _ = dom::save(&write(&keeper.kept(), &archive), "sheaf-data.json");
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
        let (keeper, step, file, ui) = (keeper.clone(), step.setter(), file.clone(), props.ui);
        Callback::from(move |_: Event| {
            let (keeper, step, file) = (keeper.clone(), step.clone(), file.clone());
            spawn_local(async move {
                let text = chosen(&file).await;
                let said = take(&keeper, text.as_deref().unwrap_or_default(), ui);
                step.set(Step::Said(said.into()));
            });
        })
    };
    let erase = {
        let (keeper, edit, step) = (keeper.clone(), props.edit.clone(), step.setter());
        let said: AttrValue = texts.erased.into();
        Callback::from(move |_: MouseEvent| {
            keeper.erase();
            storage::erase();
            // Appearance settings are reset as well, and stored with their defaults.
            edit.emit(Box::new(|settings| *settings = settings.usual()));
            step.set(Step::Said(said.clone()));
        })
    };
    let keeps_nothing = {
        let edit = props.edit.clone();
        Callback::from(move |forgets: bool| {
            if forgets {
                storage::erase();
            }
            edit.emit(Box::new(move |settings| settings.forgets = forgets));
        })
    };
    let kept = keeper.kept();
    let run = use_context::<Run>();
    let to_passages = {
        let close = props.close.clone();
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            if let Some(Run(run)) = &run {
                run.emit(Act::Show(Page::Passages));
            }
        })
    };
    let counts = Kind::ALL.into_iter().zip(texts.kinds).map(|(kind, name)| {
        let name = match kind {
            Kind::Highlights if kept.count(kind) > 0 => html! {
                <button type="button" class="link" onclick={to_passages.clone()}>{ name }</button>
            },
            _ => html! { name },
        };
        html! { <div><dt>{ name }</dt><dd>{ number(kept.count(kind) as u64) }</dd></div> }
    });
    let place = match keeper.place() {
        Place::Opening | Place::Device => texts.on_device,
        Place::Nowhere | Place::Memory(_) => texts.in_memory,
    };
    html! {
        <Sheet label={texts.data} close={props.close.clone()}>
            <div class="sheet__h">
                <h2>{ texts.data }</h2>
                <button class="ib" aria-label={texts.dismiss} onclick={props.close.reform(|_: MouseEvent| ())}>
                    { icon(Shape::Close) }
                </button>
            </div>
            <div class="sheet__b sheet__b--last data">
                <p class="data__p">{ place }</p>
                <dl class="data__n">{ for counts }</dl>
                if keeper.unread() > 0 {
                    <p class="data__p">{ fill(texts.unreadable, &[&number(keeper.unread() as u64)]) }</p>
                }
                <div class="data__b">
                    <button type="button" class="btn" disabled={kept.is_empty()} onclick={export}>{ texts.export }</button>
                    <button type="button" class="btn" onclick={choose}>{ texts.import }</button>
                    <input ref={file} type="file" accept=".json,application/json" hidden=true aria-label={texts.import}
                        onchange={import} />
                </div>
                <div class="data__s" role="status">
                    if let Step::Said(said) = &*step {
                        <p class="data__p">{ said }</p>
                    }
                </div>
                { switch(texts.keep_nothing, props.settings.forgets, &keeps_nothing) }
                <p class="data__p">{ texts.keep_nothing_hint }</p>
                <div class="data__b">
                    if *step == Step::Sure {
                        <button type="button" class="btn btn--ink" onclick={erase}>{ texts.erase_sure }</button>
                        <button type="button" class="btn" onclick={go(Step::Idle)}>{ texts.cancel }</button>
                    } else {
                        <button type="button" class="btn" onclick={go(Step::Sure)}>{ texts.erase }</button>
                    }
                </div>
            </div>
        </Sheet>
    }
}

/// Reads the chosen file.
async fn chosen(input: &NodeRef) -> Option<String> {
    let input = input.cast::<HtmlInputElement>()?;
    let file = input.files()?.get(0)?;
    let text =
        if file.size() > MOST_BYTES { None } else { JsFuture::from(file.text()).await.ok()?.as_string() };
    // Resets the input, so that the same file can be chosen again.
    input.set_value("");
    text
}

/// Imports a file and returns the message about it.
fn take(keeper: &Keeper, file: &str, ui: Ui) -> String {
    let texts = ui.keep();
    match read(file) {
        Ok(import) => {
            let changes = keeper.kept().merge(import.records);
            let (new, left_out) = (number(changes.len() as u64), number(import.left_out as u64));
            let said = match import.left_out {
                0 => fill(texts.imported, &[&new]),
                _ => fill(texts.imported_but, &[&new, &left_out]),
            };
            keeper.act(said.clone(), changes);
            keeper.renew();
            said
        }
        Err(FileError::Broken) => texts.not_imported[0].to_owned(),
        Err(FileError::Other) => texts.not_imported[1].to_owned(),
        Err(FileError::Newer) => texts.not_imported[2].to_owned(),
    }
}
