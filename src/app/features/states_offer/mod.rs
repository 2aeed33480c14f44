//! Offer of the states that came along with the archive.

use crate::app::services::{dom, use_async};
use crate::app::state::states_offer::{StatesOfferProps, load_offered, store_offered};
use crate::app::state::user_data::StorageBackend;
use crate::app::state::{use_locale, use_user_data};
use crate::app::ui::icon::{IconKind, icon};
use crate::user_data::{OfferedStates, import_json};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;
use yew::prelude::*;

#[component]
pub fn StatesOffer(props: &StatesOfferProps) -> Html {
    let (ui, user_data) = (use_locale(), use_user_data());
    let is_answered = use_state_eq(bool::default);
    // Without a database, an answer could not be remembered.
    let ready = user_data.filter(|data| data.backend() == StorageBackend::Database);
    let loaded = ready.clone();
    let offered = use_async((props.path.clone(), ready.is_some()), |(path, _)| async move {
        let (data, file) = (loaded?, fetch_text(&path).await?);
        let offered = OfferedStates::new(import_json(&file).ok()?.records, &load_offered());
        if offered.edits(&data.data()).is_empty() {
            // The file is not fetched again.
            store_offered(offered.names(), &path);
        }
        Some(Rc::new(offered))
    });
    let (Some(data), Some(Some(offered))) = (ready, offered) else { return Html::default() };
    let edits = offered.edits(&data.data());
    if *is_answered || edits.is_empty() {
        return Html::default();
    }
    let texts = ui.user_data();
    let answer = |is_accepted: bool| {
        let (data, offered, path) = (data.clone(), offered.clone(), props.path.clone());
        let is_answered = is_answered.setter();
        Callback::from(move |_: MouseEvent| {
            store_offered(offered.names(), &path);
            is_answered.set(true);
            if is_accepted {
                let edits = offered.edits(&data.data());
                data.apply_with_undo(texts.imported(edits.len() as u64), edits);
                data.invalidate_filters();
            }
        })
    };
    html! {
        <div class="notice notice--ask" role="status">
            { icon(IconKind::Download) }
            <p class="notice__t">{ texts.states_offer(&edits, ui.library().list_separator) }</p>
            <button class="link" onclick={answer(true)}>{ texts.take_over }</button>
            <button class="link" onclick={answer(false)}>{ texts.no_thanks }</button>
        </div>
    }
}

async fn fetch_text(href: &str) -> Option<String> {
    let response = JsFuture::from(dom::window()?.fetch_with_str(href)).await.ok()?;
    let response: Response = response.dyn_into().ok().filter(Response::ok)?;
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
