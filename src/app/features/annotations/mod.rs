//! Page of all annotations: search, links, export.

use crate::app::i18n::Locale;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{dom, use_async, use_shared};
use crate::app::state::user_data::UserDataHandle;
use crate::app::state::{ArchiveContext, Navigation, locate_all, use_locale, use_navigation, use_user_data};
use crate::app::ui::SavedPageScroll;
use crate::app::ui::article_link::{ArticleLink, LinkTarget, route_href};
use crate::app::ui::icon::{IconKind, icon};
use crate::app::ui::page_layout::{focus_page, page_layout, use_page};
use crate::model::Id;
use crate::search::{CompiledQuery, Query};
use crate::small_sort;
use crate::text::fold;
use crate::user_data::annotations::{ArticleAnnotations, annotations_markdown};
use crate::user_data::{Annotation, UserData, UserDataEdit, export_json};
use crate::view_model::{RouteAction, RoutePage};
use std::collections::HashSet;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct AnnotationsPageProps {
    pub scrolled: SavedPageScroll,
}

#[component]
pub fn AnnotationsPage(props: &AnnotationsPageProps) -> Html {
    let (context, user_data) = (use_shared::<ArchiveContext>(), use_user_data());
    let (navigation, ui) = (use_navigation(), use_locale());
    let (Some(ArchiveContext { archive, .. }), Some(user_data)) = (context, user_data) else {
        return Html::default();
    };
    let page = AnnotationsView { user_data: &user_data, navigation: &navigation, ui };
    let (texts, kept) = (ui.annotations(), user_data.data());
    let query = use_state_eq(AttrValue::default);
    let missing = use_missing_articles(&archive, &kept);
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
                    <p class="front__k" role="status">{ texts.count(&ui.user_data().annotation_count(count), &ui.library().articles(all.len() as u64)) }</p>
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
                    { page.export_buttons(archive.manifest().display_name()) }
                </div>
                if all.is_empty() {
                    <p class="noted__o">{ texts.no_matches }</p>
                }
                <div>{ for all.iter().map(|noted| page.article_section(noted, missing.contains(&noted.article))) }</div>
            }
        </>
    };
    page_layout(("noted", ""), ui, &navigation.navigate, Html::default(), body)
}

/// Renderer of the page's parts.
struct AnnotationsView<'a> {
    user_data: &'a UserDataHandle,
    navigation: &'a Navigation,
    ui: Locale,
}

impl AnnotationsView<'_> {
    fn article_section(&self, noted: &ArticleAnnotations, is_gone: bool) -> Html {
        let texts = self.ui.annotations();
        let title = if noted.title.is_empty() { noted.article.to_string() } else { noted.title.to_owned() };
        let passages = noted.annotations.iter().map(|(key, one)| {
            let open = |class: &'static str, inside: &str| {
                match is_gone {
                    true => html! { <span {class}>{ inside.to_owned() }</span> },
                    false => {
                        let to = self.annotation_target(noted.article, key);
                        html! { <ArticleLink {class} {to}>{ inside.to_owned() }</ArticleLink> }
                    }
                }
            };
            let remove = {
                let (keeper, key) = (self.user_data.clone(), (*key).to_owned());
                Callback::from(move |_: MouseEvent| {
                    // The focused button disappears.
                    focus_page();
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

    /// Target of a link to an annotation.
    fn annotation_target(&self, id: Id, key: &str) -> LinkTarget {
        let (keeper, navigate, key) =
            (self.user_data.clone(), self.navigation.navigate.clone(), key.to_owned());
        LinkTarget::new(route_href(RouteAction::Open(id)), move || {
            keeper.set_pending_anchor(&key);
            navigate.emit(RouteAction::Open(id));
        })
    }

    /// Export buttons.
    fn export_buttons(&self, archive: &str) -> Html {
        let name = archive.to_owned();
        let as_markdown = {
            let (keeper, name) = (self.user_data.clone(), name.clone());
            Callback::from(move |_: MouseEvent| {
                let site = dom::page_url();
                let link = |id| format!("{site}{}", route_href(RouteAction::Open(id)));
                // The browser reports a failed download itself.
                let _ = dom::download_text(
                    &annotations_markdown(&keeper.data().annotations_by_article(|_| true), &name, link),
                    "sheaf-notes.md",
                );
            })
        };
        let as_json = {
            let keeper = self.user_data.clone();
            Callback::from(move |_: MouseEvent| {
                let highlights = keeper.data().annotations.clone();
                let _ = dom::download_text(
                    &export_json(&UserData { annotations: highlights, ..UserData::default() }, &name),
                    "sheaf-notes.json",
                );
            })
        };
        let texts = self.ui.annotations();
        html! {
            <div class="noted__e">
                <button type="button" class="link" onclick={as_markdown}>{ texts.export_markdown }</button>
                <button type="button" class="link" onclick={as_json}>{ texts.export_json }</button>
            </div>
        }
    }
}

/// Returns the annotated articles that the archive does not hold.
#[hook]
fn use_missing_articles(archive: &ArchiveHandle, kept: &UserData) -> RcEq<HashSet<Id>> {
    let mut ids: Vec<Id> = kept.annotations.values().map(|one| one.article).collect();
    small_sort::sort(&mut ids);
    ids.dedup();
    let missing = use_async((archive.clone(), ids), |(archive, ids)| async move {
        let places = locate_all(&archive, &ids).await;
        RcEq::new(places.into_iter().filter(|(_, at)| at.is_none()).map(|(id, _)| id).collect())
    });
    missing.unwrap_or_default()
}
