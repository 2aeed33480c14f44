//! The articles most like the open one, asked for when its end comes near.

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

/// See [`Related`].
#[derive(Properties, PartialEq)]
pub struct RelatedProps {
    /// The archive.
    pub archive: Archive,
    /// The open article.
    pub id: Id,
    /// The language of the interface.
    pub ui: Ui,
    /// Changes what is on screen.
    pub navigate: Callback<Action>,
}

/// The related articles; nothing as long as there is none, or they do not come.
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
