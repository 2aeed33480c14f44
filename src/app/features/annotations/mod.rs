//! Page of all annotations: search, links, export.

use crate::app::i18n::Locale;
use crate::app::services::rc_eq::ArchiveHandle;
use crate::app::services::{dom, use_effect_with};
use crate::app::state::locate_all;
use crate::app::state::user_data::UserDataHandle;
use crate::app::ui::SavedPageScroll;
use crate::app::ui::article_link::on_plain_click;
use crate::app::ui::icon::{IconKind, icon};
use crate::app::ui::page_layout::{page_layout, use_page};
use crate::model::Id;
use crate::search::{CompiledQuery, Query};
use crate::small_sort;
use crate::text::fold;
use crate::user_data::annotations::{ArticleAnnotations, annotations_markdown};
use crate::user_data::{Annotation, UserData, UserDataEdit, export_json};
use crate::view_model::{RouteAction, RoutePage, RouteState};
use std::cell::Cell;
use std::collections::HashSet;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct AnnotationsPageProps {
    pub archive: ArchiveHandle,
    pub keeper: UserDataHandle,
    pub ui: Locale,
    pub navigate: Callback<RouteAction>,
    pub scrolled: SavedPageScroll,
}

#[component]
pub fn AnnotationsPage(props: &AnnotationsPageProps) -> Html {
    let AnnotationsPageProps { archive, keeper, ui, .. } = props;
    let (texts, kept) = (ui.annotations(), keeper.data());
    let query = use_state_eq(AttrValue::default);
    let gone = use_missing_articles(archive, &kept);
    use_page(RoutePage::Annotations, texts.name, archive.manifest().display_name(), true, &props.scrolled);
    let asked = use_memo((*query).clone(), |query| {
        let query = Query::parse(query);
        query.has_terms().then(|| CompiledQuery::new(&query))
    });
    let wanted = |one: &Annotation| {
        let text = || fold(&format!("{}\n{}\n{}", one.title, one.quote, one.note));
        asked.as_ref().as_ref().is_none_or(|asked| asked.is_match(&text()))
    };
    let all = kept.annotations_by_article(wanted);
    let count = all.iter().map(|it| it.annotations.len() as u64).sum::<u64>();
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
                if !kept.annotations.is_empty() {
                    <p class="front__k" role="status">{ texts.count(count, all.len() as u64) }</p>
                }
            </header>
            if kept.annotations.is_empty() {
                <p class="noted__o"><b>{ texts.none }</b>{ texts.instructions }</p>
            } else {
                <div class="noted__t">
                    <label class="find__f">
                        { icon(IconKind::Search) }
                        <span class="vh">{ texts.search }</span>
                        <input class="find__i" type="text" inputmode="search" autocomplete="off" autocapitalize="off"
                            spellcheck="false" placeholder={texts.search} value={(*query).clone()} {oninput} />
                    </label>
                    { export_buttons(props) }
                </div>
                if all.is_empty() {
                    <p class="noted__o">{ texts.no_matches }</p>
                }
                <div>{ for all.iter().map(|noted| article_section(noted, gone.contains(&noted.article), props)) }</div>
            }
        </>
    };
    page_layout(("noted", ""), *ui, &props.navigate, Html::default(), body)
}

fn article_section(noted: &ArticleAnnotations, is_gone: bool, props: &AnnotationsPageProps) -> Html {
    let texts = props.ui.annotations();
    let title = if noted.title.is_empty() { noted.article.to_string() } else { noted.title.to_owned() };
    let passages = noted.annotations.iter().map(|(key, one)| {
        let open = |class: &'static str, inside: &str| {
            let (href, onclick) = annotation_link(props, noted.article, key);
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
                keeper.apply_with_undo(texts.removed_toast, vec![UserDataEdit::Annotation(key.clone(), None)]);
            })
        };
        html! {
            <li key={(*key).to_owned()}>
                <blockquote class="quote">{ open("quote__a", &one.quote) }</blockquote>
                if !one.note.is_empty() {
                    <p class="quote__n">{ one.note.clone() }</p>
                }
                <button type="button" class="ib quote__x" aria-label={texts.remove} title={texts.remove} onclick={remove}>
                    { icon(IconKind::Close) }
                </button>
            </li>
        }
    });
    html! {
        <section class="noted__s" key={noted.article.to_string()}>
            <h2 class="noted__h">{ title }</h2>
            if is_gone {
                <p class="noted__g">{ texts.missing_article }</p>
            }
            <ul>{ for passages }</ul>
        </section>
    }
}

/// Returns address and click handler of an annotation.
fn annotation_link(props: &AnnotationsPageProps, id: Id, key: &str) -> (String, Callback<MouseEvent>) {
    let open = RouteAction::Open(id);
    let href = RouteState::default().apply(open.clone()).to_fragment();
    let (keeper, navigate, key) = (props.keeper.clone(), props.navigate.clone(), key.to_owned());
    let onclick = on_plain_click(move || {
        keeper.set_pending_anchor(&key);
        navigate.emit(open.clone());
    });
    (href, onclick)
}

/// Export buttons.
fn export_buttons(props: &AnnotationsPageProps) -> Html {
    let name = props.archive.manifest().display_name().to_owned();
    let as_markdown = {
        let (keeper, name) = (props.keeper.clone(), name.clone());
        Callback::from(move |_: MouseEvent| {
            let site = dom::page_url();
            let link =
                |id| format!("{site}{}", RouteState::default().apply(RouteAction::Open(id)).to_fragment());
            // The browser reports a failed download itself.
            let _ = dom::download_text(
                &annotations_markdown(&keeper.data().annotations_by_article(|_| true), &name, link),
                "sheaf-notes.md",
            );
        })
    };
    let as_json = {
        let keeper = props.keeper.clone();
        Callback::from(move |_: MouseEvent| {
            let highlights = keeper.data().annotations.clone();
            let _ = dom::download_text(
                &export_json(&UserData { annotations: highlights, ..UserData::default() }, &name),
                "sheaf-notes.json",
            );
        })
    };
    let texts = props.ui.annotations();
    html! {
        <div class="noted__e">
            <button type="button" class="link" onclick={as_markdown}>{ texts.export_markdown }</button>
            <button type="button" class="link" onclick={as_json}>{ texts.export_json }</button>
        </div>
    }
}

/// Returns the annotated articles that the archive does not hold.
#[hook]
fn use_missing_articles(archive: &ArchiveHandle, kept: &UserData) -> HashSet<Id> {
    let gone = use_state_eq(HashSet::new);
    let mut ids: Vec<Id> = kept.annotations.values().map(|one| one.article).collect();
    small_sort::sort(&mut ids);
    ids.dedup();
    {
        let gone = gone.setter();
        use_effect_with((archive.clone(), ids), move |(archive, ids)| {
            let (archive, ids, alive) = (archive.clone(), ids.clone(), Rc::new(Cell::new(true)));
            let wanted = alive.clone();
            spawn_local(async move {
                let places = locate_all(&archive, &ids).await;
                if wanted.get() {
                    gone.set(places.into_iter().filter(|(_, at)| at.is_none()).map(|(id, _)| id).collect());
                }
            });
            move || alive.set(false)
        });
    }
    (*gone).clone()
}
