//! Related articles, loaded when the end of the article comes near.

use super::load::{Load, use_related};
use super::watch::Watch;
use crate::app::handle::Archive;
use crate::app::hooks::use_effect_with;
use crate::app::i18n::Ui;
use crate::app::script::Script;
use crate::model::{Article, Id};
use crate::view::{Action, State};
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RelatedProps {
    pub archive: Archive,
    pub id: Id,
    pub ui: Ui,
    pub navigate: Callback<Action>,
}

/// List of related articles; empty if there are none or loading fails.
#[component]
pub fn Related(props: &RelatedProps) -> Html {
    let script = use_context::<Script>().unwrap_or_default();
    let near = use_state(|| None::<Id>);
    let place = use_node_ref();
    {
        let (near, id) = (near.setter(), props.id);
        use_effect_with((place.clone(), id), move |(place, _)| {
            let watch = place.cast::<Element>().map(|place| Watch::new(&place, move || near.set(Some(id))));
            move || drop(watch)
        });
    }
    let asked = use_related(&props.archive, near.filter(|&near| near == props.id));
    let related = match &asked.load {
        Load::Ready(related) if !asked.busy => related.as_slice(),
        _ => &[],
    };
    html! {
        <section class="related" ref={place}>
            if !related.is_empty() {
                <h2 class="after__h">{ props.ui.reader().related }</h2>
                <ol>{ for related.iter().map(|article| row(props, article, &script)) }</ol>
            }
        </section>
    }
}

fn row(props: &RelatedProps, article: &Article, script: &Script) -> Html {
    let id = article.id;
    let href = State::default().apply(Action::Open(id)).to_url();
    let onclick = super::after::opens(&props.navigate, id);
    let source = props.archive.manifest().source_name(&article.source).to_owned();
    let date = article.time.map(|time| format!(" · {}", props.ui.dates().day(time.date())));
    html! {
        <li>
            <a class="rel" {href} {onclick}>
                <span class="rel__t">{ source }{ date }</span>
                <span class="rel__h" lang={script.tag(article.lang)}>{ script.text(&article.title, article.lang) }</span>
            </a>
        </li>
    }
}
