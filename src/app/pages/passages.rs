//! Page of all annotations: search, links, export.

use super::frame::{Scrolled, frame, use_page};
use crate::app::components::icon::{Shape, icon};
use crate::app::dom;
use crate::app::handle::Archive;
use crate::app::hooks::{locate, use_effect_with};
use crate::app::i18n::{Ui, fill, number};
use crate::app::keep::Keeper;
use crate::keep::{Change, Highlight, Kept, Noted, markdown, write};
use crate::model::Id;
use crate::order;
use crate::search::{Matcher, Query};
use crate::text::fold;
use crate::view::{Action, Page, State};
use std::cell::Cell;
use std::collections::HashSet;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct PassagesPageProps {
    pub archive: Archive,
    pub keeper: Keeper,
    pub ui: Ui,
    pub navigate: Callback<Action>,
    pub scrolled: Scrolled,
}

#[component]
pub fn PassagesPage(props: &PassagesPageProps) -> Html {
    let PassagesPageProps { archive, keeper, ui, .. } = props;
    let (texts, kept) = (ui.pencil(), keeper.kept());
    let query = use_state_eq(AttrValue::default);
    let gone = use_gone(archive, &kept);
    use_page(Page::Passages, texts.name, archive.manifest().name(), true, &props.scrolled);
    let asked = Query::parse(&query);
    let matcher = Matcher::new(&asked);
    let wanted = |one: &Highlight| {
        !asked.has_terms() || matcher.matches(&fold(&format!("{}\n{}\n{}", one.title, one.quote, one.note)))
    };
    let all = kept.noted(wanted);
    let count = all.iter().map(|it| it.passages.len() as u64).sum::<u64>();
    let oninput = {
        let query = query.setter();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(field.value().into());
            }
        })
    };
    let body = html! {
        <>
            <header class="front__n about__n">
                <h1 class="about__h">{ texts.name }</h1>
                if !kept.highlights.is_empty() {
                    <p class="front__k" role="status">{ fill(texts.count, &[&number(count), &number(all.len() as u64)]) }</p>
                }
            </header>
            if kept.highlights.is_empty() {
                <p class="noted__o"><b>{ texts.none }</b>{ texts.how }</p>
            } else {
                <div class="noted__t">
                    <label class="find__f">
                        { icon(Shape::Search) }
                        <span class="vh">{ texts.search }</span>
                        <input class="find__i" type="text" inputmode="search" autocomplete="off" autocapitalize="off"
                            spellcheck="false" placeholder={texts.search} value={(*query).clone()} {oninput} />
                    </label>
                    { exports(props) }
                </div>
                if all.is_empty() {
                    <p class="noted__o">{ texts.nothing }</p>
                }
                <div>{ for all.iter().map(|noted| article(noted, gone.contains(&noted.article), props)) }</div>
            }
        </>
    };
    frame(("noted", ""), *ui, &props.navigate, Html::default(), body)
}

fn article(noted: &Noted, is_gone: bool, props: &PassagesPageProps) -> Html {
    let texts = props.ui.pencil();
    let title = if noted.title.is_empty() { noted.article.to_string() } else { noted.title.to_owned() };
    let passages = noted.passages.iter().map(|(key, one)| {
        let open = |class: &'static str, inside: &str| {
            let (href, onclick) = to_passage(props, noted.article, key);
            match is_gone {
                true => html! { <span {class}>{ inside.to_owned() }</span> },
                false => html! { <a {class} {href} {onclick}>{ inside.to_owned() }</a> },
            }
        };
        let remove = {
            let (keeper, key) = (props.keeper.clone(), (*key).to_owned());
            Callback::from(move |_: MouseEvent| {
                // The focused button disappears.
                dom::focus("#page");
                keeper.act(texts.did_remove, vec![Change::Highlight(key.clone(), None)]);
            })
        };
        html! {
            <li key={(*key).to_owned()}>
                <blockquote class="quote">{ open("quote__a", &one.quote) }</blockquote>
                if !one.note.is_empty() {
                    <p class="quote__n">{ one.note.clone() }</p>
                }
                <button type="button" class="ib quote__x" aria-label={texts.remove} title={texts.remove} onclick={remove}>
                    { icon(Shape::Close) }
                </button>
            </li>
        }
    });
    html! {
        <section class="noted__s" key={noted.article.to_string()}>
            <h2 class="noted__h">{ title }</h2>
            if is_gone {
                <p class="noted__g">{ texts.gone }</p>
            }
            <ul>{ for passages }</ul>
        </section>
    }
}

/// Returns address and click handler of an annotation.
fn to_passage(props: &PassagesPageProps, id: Id, key: &str) -> (String, Callback<MouseEvent>) {
    let open = Action::Open(id);
    let href = State::default().apply(open.clone()).to_url();
    let (keeper, navigate, key) = (props.keeper.clone(), props.navigate.clone(), key.to_owned());
    let onclick = Callback::from(move |event: MouseEvent| {
        if event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
            event.prevent_default();
            keeper.aim_at(&key);
            navigate.emit(open.clone());
        }
    });
    (href, onclick)
}

/// Export buttons.
fn exports(props: &PassagesPageProps) -> Html {
    let name = props.archive.manifest().name().to_owned();
    let as_markdown = {
        let (keeper, name) = (props.keeper.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let site = dom::site();
            let link = |id| format!("{site}{}", State::default().apply(Action::Open(id)).to_url());
            // The browser reports a failed download itself.
            let _ = dom::save(&markdown(&keeper.kept().noted(|_| true), &name, link), "sheaf-notes.md");
        })
    };
    let as_json = {
        let keeper = props.keeper.clone();
        Callback::from(move |_: MouseEvent| {
            let highlights = keeper.kept().highlights.clone();
            let _ = dom::save(&write(&Kept { highlights, ..Kept::default() }, &name), "sheaf-notes.json");
        })
    };
    let [markdown, json] = props.ui.pencil().export;
    html! {
        <div class="noted__e">
            <button type="button" class="link" onclick={as_markdown}>{ markdown }</button>
            <button type="button" class="link" onclick={as_json}>{ json }</button>
        </div>
    }
}

/// Returns the annotated articles that the archive does not hold.
#[hook]
fn use_gone(archive: &Archive, kept: &Kept) -> HashSet<Id> {
    let gone = use_state_eq(HashSet::new);
    let mut ids: Vec<Id> = kept.highlights.values().map(|one| one.article).collect();
    order::sort(&mut ids);
    ids.dedup();
    {
        let gone = gone.setter();
        use_effect_with((archive.clone(), ids), move |(archive, ids)| {
            let (archive, ids, alive) = (archive.clone(), ids.clone(), Rc::new(Cell::new(true)));
            let wanted = alive.clone();
            spawn_local(async move {
                let places = locate(&archive, &ids).await;
                if wanted.get() {
                    gone.set(places.into_iter().filter(|(_, at)| at.is_none()).map(|(id, _)| id).collect());
                }
            });
            move || alive.set(false)
        });
    }
    (*gone).clone()
}
