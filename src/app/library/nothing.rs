//! Empty state of the list.

use super::Scene;
use super::relaxed::Relaxed;
use crate::app::components::icon::{Shape, icon};
use yew::prelude::*;

/// Offers ways out of an empty result. An archive without articles says how to add some.
pub fn nothing(scene: &Scene) -> Html {
    let (found, texts) = (&scene.found, scene.ui.library());
    if found.search.as_ref().is_some_and(|search| !search.done || search.failed > 0) {
        return Html::default();
    }
    let empty = found.text.trim().is_empty();
    let filtered = found.query.has_terms() && found.query.filters().next().is_some();
    let without_filters = || scene.on_search(found.query.drop_filters(&found.text, |_| true));
    html! {
        <div class="blank">
            <span class="blank__i">{ icon(Shape::Page) }</span>
            <p class="blank__h">{ if empty { texts.empty } else { texts.nothing } }</p>
            <p class="blank__p">{ if empty { texts.empty_hint } else { texts.nothing_hint } }</p>
            if !empty {
                <div class="blank__b">
                    <Relaxed scene={scene.clone()} />
                    if filtered {
                        <button class="btn" onclick={without_filters()}>{ texts.drop_filters }</button>
                    }
                    <button class="btn" onclick={scene.on_search(String::new())}>{ texts.show_all }</button>
                </div>
            }
        </div>
    }
}
