//! Labels of an article as checkboxes, and a field for a new one.

use crate::app::services::dom;
use crate::app::state::user_data::now;
use crate::app::state::{use_locale, use_user_data};
use crate::app::ui::hooks::use_focus_if_lost;
use crate::app::ui::icon::{IconKind, small_icon};
use crate::model::Id;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LabelEditorProps {
    pub id: Id,
}

#[component]
pub fn LabelEditor(props: &LabelEditorProps) -> Html {
    let (ui, user_data, field) = (use_locale(), use_user_data(), use_node_ref());
    let list = use_node_ref();
    // A label that was removed from its last article can be chosen again until the editor is closed.
    let listed = use_mut_ref(Vec::<String>::new);
    // In place of a menu, whose item had the focus.
    use_focus_if_lost(&list);
    let Some(user_data) = user_data else { return Html::default() };
    let (texts, id) = (ui.labels(), props.id);
    let toggle = {
        let user_data = user_data.clone();
        Callback::from(move |label: String| {
            let edit = user_data.data().toggle_label(id, &label, now());
            let is_added = !user_data.data().has_label(id, &label);
            user_data.apply_with_undo(texts.toast(is_added, &label), vec![edit]);
        })
    };
    let data = user_data.data();
    let mut listed = listed.borrow_mut();
    for label in data.label_names() {
        if let Err(at) = listed.binary_search_by(|known| known.as_str().cmp(label)) {
            listed.insert(at, label.to_owned());
        }
    }
    let labels = listed.iter().map(|label| {
        let on = data.has_label(id, label);
        let onclick = {
            let (toggle, label) = (toggle.clone(), label.clone());
            Callback::from(move |_: MouseEvent| toggle.emit(label.clone()))
        };
        html! {
            <button type="button" class="opt" role="checkbox" aria-checked={on.to_string()} key={label.clone()} {onclick}>
                <span class="opt__c">{ small_icon(IconKind::Check) }</span>{ label.clone() }
            </button>
        }
    });
    let add = {
        let (user_data, field, toggle) = (user_data.clone(), field.clone(), toggle.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = field.cast::<HtmlInputElement>() else { return };
            let label = user_data.data().typed_label(&input.value());
            let is_new = |label: &String| !user_data.data().has_label(id, label);
            if let Some(label) = label.filter(is_new) {
                toggle.emit(label);
            }
            input.set_value("");
            dom::focus_ref(&field);
        })
    };
    html! {
        <>
            <div class="labels" role="group" tabindex="-1" ref={list} aria-label={texts.name}>{ for labels }</div>
            <form class="labels__f" onsubmit={add}>
                <input type="text" ref={field} aria-label={texts.new} placeholder={texts.new} maxlength="60"
                    autocomplete="off" enterkeyhint="done" />
                <button class="btn">{ texts.add }</button>
            </form>
        </>
    }
}
