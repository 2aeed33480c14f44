//! Note editor.

use crate::app::services::{dom, use_effect_with};
use crate::app::state::use_locale;
use crate::app::state::user_data::{UserDataHandle, now};
use crate::app::ui::panel::Panel;
use gloo::timers::callback::Timeout;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// CSS class of the panel.
const PANEL_NAME: &str = "aa--note";

#[derive(Properties, PartialEq)]
pub struct NoteEditorProps {
    /// Key of the annotation.
    pub name: String,
    pub keeper: UserDataHandle,
    pub close: Callback<()>,
}

/// Panel of the note editor. Closing it saves the note, unless it is cancelled.
#[component]
pub fn NoteEditor(props: &NoteEditorProps) -> Html {
    let texts = use_locale().annotations();
    let field = use_node_ref();
    let record = props.keeper.data().annotations.get(&props.name).cloned();
    let draft = use_state_eq(|| record.as_ref().map(|record| record.note.clone()).unwrap_or_default());
    // Text to save on unmount.
    let written = use_mut_ref(|| None::<String>);
    {
        let (keeper, written, field) = (props.keeper.clone(), written.clone(), field.clone());
        use_effect_with(props.name.clone(), move |key| {
            let key = key.clone();
            let timer = Timeout::new(0, move || {
                dom::focus_ref(&field);
            });
            move || {
                drop(timer);
                let note = written.take();
                let change = note.and_then(|note| keeper.data().edit_note(&key, note.trim(), now()));
                if let Some(change) = change {
                    keeper.apply_with_undo(texts.note_saved_toast, vec![change]);
                }
            }
        });
    }
    let save = props.close.clone();
    let cancel = {
        let (close, written) = (props.close.clone(), written.clone());
        Callback::from(move |_: MouseEvent| {
            written.take();
            close.emit(());
        })
    };
    let oninput = {
        let draft = draft.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
                *written.borrow_mut() = Some(field.value());
                draft.set(field.value());
            }
        })
    };
    let onkeydown = {
        let save = save.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                save.emit(());
            }
        })
    };
    let Some(record) = record else { return Html::default() };
    html! {
        <Panel name={PANEL_NAME} label={texts.note} close={save.clone()}>
            <div class="nform">
                <blockquote class="quote">{ record.quote }</blockquote>
                <textarea ref={field} class="nform__t" rows="5" aria-label={texts.note} placeholder={texts.note_placeholder} value={(*draft).clone()} {oninput} {onkeydown} />
                <div class="nform__b">
                    <button type="button" class="btn" onclick={cancel}>{ texts.cancel }</button>
                    <button type="button" class="btn btn--ink" onclick={save.reform(|_: MouseEvent| ())}>{ texts.save }</button>
                </div>
            </div>
        </Panel>
    }
}
