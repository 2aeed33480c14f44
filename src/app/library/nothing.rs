//! Empty state of the list.

use super::Scene;
use super::relaxed::Relaxed;
use super::timebar::result_line;
use crate::app::components::icon::{Shape, icon};
use crate::app::hooks::Search;
use crate::app::i18n::{fill, number};
use yew::prelude::*;

/// Says that nothing matches, or that a search failed, and offers what would help. An archive without articles says
/// how to fill it.
pub fn nothing(scene: &Scene) -> Html {
    let (found, texts) = (&scene.found, scene.ui.library());
    if let Some(search) = &found.search {
        if !search.done {
            return Html::default();
        }
        if search.failure.is_some() || search.cached.is_some() {
            return inconclusive(scene, search);
        }
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

/// Says what was not searched, and offers to try again.
fn inconclusive(scene: &Scene, search: &Search) -> Html {
    let texts = scene.ui.library();
    let hint = match search.cached {
        Some(cached) => fill(texts.none_cached_hint, &[&number(scene.archive.count() - cached)]),
        None => texts.search_failed_hint.to_owned(),
    };
    html! {
        <div class="blank">
            <span class="blank__i">{ icon(Shape::Away) }</span>
            <p class="blank__h">{ result_line(&scene.found, scene.ui) }</p>
            <p class="blank__p">{ hint }</p>
            <div class="blank__b">
                <button class="btn" onclick={search.retry.reform(|_: MouseEvent| ())}>{ texts.search_again }</button>
                <button class="btn" onclick={scene.on_search(String::new())}>{ texts.show_all }</button>
            </div>
        </div>
    }
}
