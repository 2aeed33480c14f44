//! What stands below an article: its neighbours in the list, where it comes from, its earlier versions.

use crate::app::components::icon::{Icon, Shape};
use crate::app::handle::Shared;
use crate::app::i18n::Ui;
use crate::model::{Article, Row, Zone};
use crate::view::{Action, State, readable};
use yew::prelude::*;

/// See [`After`].
#[derive(Properties, PartialEq)]
pub struct AfterProps {
    /// The article.
    pub article: Shared<Article>,
    /// The zone of its dates.
    pub zone: Zone,
    /// The article before in the list.
    pub previous: Option<Row>,
    /// The next article in the list.
    pub next: Option<Row>,
    /// Changes what is on screen.
    pub navigate: Callback<Action>,
    /// Shows an earlier version.
    pub version: Callback<usize>,
    /// The language of the interface.
    pub ui: Ui,
}

/// The end of an article.
#[component]
pub fn After(props: &AfterProps) -> Html {
    let texts = props.ui.reader();
    let article = &props.article;
    let neighbour = |row: &Option<Row>, forward| {
        row.clone()
            .map(|row| html! { <Neighbour {row} {forward} navigate={&props.navigate} ui={props.ui} /> })
    };
    html! {
        <footer class="after">
            <nav class="pn" aria-label={texts.neighbours}>
                { neighbour(&props.previous, false) }
                { neighbour(&props.next, true) }
            </nav>
            if !article.earlier.is_empty() {
                <Versions article={article.clone()} version={&props.version} ui={props.ui} />
            }
            <dl class="src" aria-label={texts.details}>
                if let Some(url) = &article.url {
                    <div>
                        <dt>{ texts.address }</dt>
                        <dd>
                            <a class="link" href={url.as_str().to_owned()} target="_blank"
                                rel="noopener noreferrer nofollow">{ readable(url) }</a>
                        </dd>
                    </div>
                }
                if let Some(dateline) = &article.dateline {
                    <div><dt>{ texts.dateline }</dt><dd lang={article.lang.tag()}>{ dateline }</dd></div>
                }
                if article.time.is_some() {
                    <div><dt>{ texts.zone }</dt><dd>{ &props.zone.0 }</dd></div>
                }
            </dl>
        </footer>
    }
}

/// See [`Neighbour`].
#[derive(Properties, PartialEq)]
struct NeighbourProps {
    row: Row,
    forward: bool,
    navigate: Callback<Action>,
    ui: Ui,
}

/// The article before or after in the list.
#[component]
fn Neighbour(props: &NeighbourProps) -> Html {
    let (row, texts) = (&props.row, props.ui.reader());
    let id = row.id;
    let href = State::default().apply(Action::Open(id)).to_url();
    let onclick = {
        let navigate = props.navigate.clone();
        Callback::from(move |event: MouseEvent| {
            // A click that asks for another tab is the browser's.
            if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
                event.prevent_default();
                navigate.emit(Action::Open(id));
            }
        })
    };
    let label = if props.forward { texts.next } else { texts.previous };
    let date = row.time.map(|time| format!(" · {}", props.ui.dates().day(time.date())));
    let label = html! { <span>{ label }{ date }</span> };
    html! {
        <a class={classes!(props.forward.then_some("is-next"))} {href} {onclick}
            rel={if props.forward { "next" } else { "prev" }}>
            <span class="pn__l">
                if !props.forward { <Icon shape={Shape::Back} small=true /> }
                { label }
                if props.forward { <Icon shape={Shape::Forward} small=true /> }
            </span>
            <b lang={row.lang.tag()}>{ &row.title }</b>
        </a>
    }
}

/// See [`Versions`].
#[derive(Properties, PartialEq)]
struct VersionsProps {
    article: Shared<Article>,
    version: Callback<usize>,
    ui: Ui,
}

/// The earlier versions, each to be read in place.
#[component]
fn Versions(props: &VersionsProps) -> Html {
    let texts = props.ui.reader();
    let versions = props.article.earlier.iter().enumerate().map(|(at, earlier)| {
        let date = earlier.time.map_or(texts.undated.to_owned(), |time| props.ui.dates().full(time));
        let onclick = props.version.reform(move |_: MouseEvent| at);
        html! {
            <li>
                <button type="button" class="rel" {onclick}>
                    <span class="rel__t">{ date }</span>
                    <span class="rel__h" lang={props.article.lang.tag()}>{ &earlier.title }</span>
                </button>
            </li>
        }
    });
    html! {
        <section class="versions">
            <h2 class="after__h">{ texts.earlier }</h2>
            <ol>{ for versions }</ol>
        </section>
    }
}
