//! What was searched for on this device, below an empty search field, and what the field understands.

use super::Scene;
use crate::app::dom;
use crate::app::{settings, storage};
use crate::search::Query;
use yew::prelude::*;

const KEY: &str = "sheaf.recent";
/// So many searches are kept and shown.
const KEPT: usize = 6;

/// The searches of this device, the last one first. A line each; a query has no line of its own to break.
fn load() -> Vec<String> {
    let kept = storage::load(KEY).unwrap_or_default();
    kept.lines().filter(|line| !line.is_empty()).take(KEPT).map(str::to_owned).collect()
}

/// Keeps a search, unless it is one of filters alone or begins one that is kept. A device that keeps nothing
/// forgets it at once.
pub fn keep(query: &str) {
    let query = query.trim();
    if !Query::parse(query).has_terms() || settings::forgets() {
        return;
    }
    let mut kept = load();
    kept.retain(|other| !query.starts_with(other.as_str()));
    kept.insert(0, query.replace('\n', " "));
    kept.truncate(KEPT);
    storage::store(KEY, &kept.join("\n"));
}

/// Examples of what the field understands.
const OPERATORS: [&str; 5] = ["\"…\"", "-…", "… OR …", "title:…", "after:2023-10"];

/// See [`Recent`].
#[derive(Properties, PartialEq)]
pub struct RecentProps {
    /// What is searched.
    pub scene: Scene,
    /// Searches for one of them.
    pub search: Callback<String>,
}

/// The searches of this device, each a way to repeat it, and the operators.
#[component]
pub fn Recent(props: &RecentProps) -> Html {
    let texts = props.scene.ui.library();
    let kept = use_state(load);
    let clear = {
        let kept = kept.clone();
        Callback::from(move |_: MouseEvent| {
            storage::remove(KEY);
            kept.set(Vec::new());
            dom::focus(".find__i");
        })
    };
    let searches = kept.iter().map(|query| {
        let onclick = {
            let (search, query) = (props.search.clone(), query.clone());
            Callback::from(move |_: MouseEvent| search.emit(query.clone()))
        };
        html! { <li><button type="button" class="recent__q" {onclick}>{ query }</button></li> }
    });
    html! {
        <div class="recent">
            if !kept.is_empty() {
                <div class="recent__h">
                    <h2>{ texts.recent }</h2>
                    <button type="button" class="link" onclick={clear}>{ texts.clear }</button>
                </div>
                <ul>{ for searches }</ul>
            }
            <p class="recent__o">
                { for OPERATORS.iter().zip(texts.operators).map(|(operator, meaning)| html! {
                    <span><code>{ *operator }</code>{ " " }{ meaning }</span>
                }) }
            </p>
        </div>
    }
}
