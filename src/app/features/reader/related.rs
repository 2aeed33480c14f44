//! Related articles, loaded when the end of the article comes near.

use super::use_article::{LoadResult, use_related};
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{use_effect_with, use_shared};
use crate::app::state::script_conversion::ScriptContext;
use crate::app::state::{ArchiveContext, use_locale, use_navigation};
use crate::app::ui::ViewportObserver;
use crate::app::ui::article_link::{ArticleLink, LinkTarget};
use crate::app::ui::title_text::title_text;
use crate::model::{Article, Id};
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RelatedProps {
    pub id: Id,
}

/// List of related articles; empty if there are none or loading fails.
#[component]
pub fn Related(props: &RelatedProps) -> Html {
    let (ui, script) = (use_locale(), use_shared::<ScriptContext>().unwrap_or_default());
    let (navigation, context) = (use_navigation(), use_shared());
    let Some(ArchiveContext { archive, .. }) = context else { return Html::default() };
    let near = use_state(|| None::<Id>);
    let place = use_node_ref();
    {
        let (near, id) = (near.setter(), props.id);
        use_effect_with((place.clone(), id), move |(place, _)| {
            let watch = place
                .cast::<Element>()
                .map(|place| ViewportObserver::new(&place, move || near.set(Some(id))));
            move || drop(watch)
        });
    }
    let asked = use_related(&archive, near.filter(|&near| near == props.id));
    let related = match &asked.result {
        LoadResult::Ready(related) if !asked.is_loading => related.as_slice(),
        _ => &[],
    };
    let item = |article: &RcEq<Article>| {
        let id = article.id;
        let to = LinkTarget::article(&navigation.navigate, id);
        let source = archive.manifest().source_name(&article.source).to_owned();
        let date = article.time.map(|time| format!(" · {}", ui.dates().day(time.date())));
        html! {
            <li>
                <ArticleLink class="rel" {to}>
                    <span class="rel__t">{ source }{ date }</span>
                    <span class="rel__h" lang={script.tag(article.lang)}>{ title_text(&script, &article.title, article.lang) }</span>
                </ArticleLink>
            </li>
        }
    };
    html! {
        <section class="related" ref={place}>
            if !related.is_empty() {
                <h2 class="after__h">{ ui.reader().related }</h2>
                <ol>{ for related.iter().map(item) }</ol>
            }
        </section>
    }
}
