//! What stands in place of an empty list.

use super::Found;
use crate::app::components::icon::{Icon, Shape};
use crate::app::i18n::Ui;
use crate::view::Action;
use yew::prelude::*;

/// See [`Nothing`].
#[derive(Properties, PartialEq)]
pub struct NothingProps {
    /// What was found.
    pub found: Found,
    /// The language of the interface.
    pub ui: Ui,
    /// Does something.
    pub navigate: Callback<Action>,
}

/// Says that nothing matches, and offers what would help. An archive without articles says how to fill it.
#[component]
pub fn Nothing(props: &NothingProps) -> Html {
    let (found, texts) = (&props.found, props.ui.library());
    if found.search.as_ref().is_some_and(|search| !search.done) {
        return Html::default();
    }
    let search = |query: String| props.navigate.reform(move |_: MouseEvent| Action::Search(query.clone()));
    let empty = found.text.trim().is_empty();
    let filtered = found.query.has_terms() && found.query.filters().next().is_some();
    html! {
        <div class="blank">
            <span class="blank__i"><Icon shape={Shape::Page} /></span>
            <p class="blank__h">{ if empty { texts.empty } else { texts.nothing } }</p>
            <p class="blank__p">{ if empty { texts.empty_hint } else { texts.nothing_hint } }</p>
            if !empty {
                <div class="blank__b">
                    if filtered {
                        <button class="btn" onclick={search(found.query.drop_filters(&found.text, |_| true))}>
                            { texts.drop_filters }
                        </button>
                    }
                    <button class="btn" onclick={search(String::new())}>{ texts.show_all }</button>
                </div>
            }
        </div>
    }
}
