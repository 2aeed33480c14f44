//! Printing of the first articles of the list, each on a page of its own.

use crate::app::services::rc_eq::RcEq;
use crate::app::services::{TaskToken, dom, use_shared, use_task, web_api};
use crate::app::state::result_articles::{ResultArticles, UnavailableArticle};
use crate::app::state::{LibraryView, SearchResults, use_library_view, use_locale, use_overlay};
use crate::app::ui::dialog::wrap_focus;
use crate::app::ui::hooks::use_focus;
use crate::app::ui::lazy_view::{Fallback, lazy_panel};
use crate::app::ui::{Scene, kicker, render_article};
use crate::model::{Article, display_url};
use crate::reading::slices;
use std::rc::Rc;
use yew::prelude::*;

/// Numbers of articles to choose from; more would strain a phone.
const PRINT_COUNTS: [usize; 3] = [10, 20, 50];

#[component]
pub fn PrintButton() -> Html {
    let results = use_shared::<SearchResults>();
    let texts = &use_locale().tools().print_list;
    let offered = use_state_eq(bool::default);
    let chosen = use_state_eq(|| None::<usize>);
    let total = results.map_or(0, |results| results.selection.ordinals.len());
    if total == 0 {
        return Html::default();
    }
    if !*offered {
        let offer = offered.setter();
        return html! { <button class="link" onclick={move |_: MouseEvent| offer.set(true)}>{ texts.offer }</button> };
    }
    let most = PRINT_COUNTS[PRINT_COUNTS.len() - 1];
    let mut counts: Vec<usize> = PRINT_COUNTS.into_iter().filter(|&count| count < total).collect();
    if total <= most {
        counts.push(total);
    }
    let choices = counts.into_iter().map(|count| {
        let label = if count == total { texts.all_n(count as u64) } else { texts.first_n(count as u64) };
        let chosen = chosen.setter();
        html! { <button class="link" onclick={move |_: MouseEvent| chosen.set(Some(count))}>{ label }</button> }
    });
    let close = {
        let (chosen, offered) = (chosen.setter(), offered.setter());
        Callback::from(move |()| {
            chosen.set(None);
            offered.set(false);
        })
    };
    html! {
        <>
            <span class="export"><span>{ texts.offer }</span>{ for choices }</span>
            if let Some(count) = *chosen {
                { lazy_panel(PrintViewProps { count, close: close.clone() }, Fallback::with_close(&close)) }
            }
        </>
    }
}

#[derive(Clone, Properties, PartialEq)]
pub struct PrintViewProps {
    pub count: usize,
    pub close: Callback<()>,
}

/// Articles loaded so far.
#[derive(Clone, Default, PartialEq)]
struct PrintProgress {
    articles: Rc<Vec<RcEq<Article>>>,
    failed: usize,
    is_done: bool,
}

#[component]
pub fn PrintView(props: &PrintViewProps) -> Html {
    let Some(view) = use_library_view() else { return Html::default() };
    let LibraryView { archive, ui, .. } = &view;
    let texts = &ui.tools().print_list;
    let arrived = use_state(PrintProgress::default);
    let place = use_node_ref();
    use_focus(&place);
    use_overlay(&props.close);
    {
        let (view, count, arrived) = (view.clone(), props.count, arrived.setter());
        use_task((), move |(), token| async move {
            load_articles(&view, count, &token, |now| arrived.set(now)).await;
        });
    }
    // Rendered once: loaded articles do not change.
    let sheets = use_memo((arrived.is_done, *ui), |(done, ui)| {
        let articles = arrived.articles.iter().filter(|_| *done);
        articles
            .map(|article| {
                render_printed_article(article, archive.manifest().source_name(&article.source), *ui)
            })
            .collect::<Html>()
    });
    let here = arrived.articles.len();
    let status = match arrived.is_done {
        false => texts.loading((here + arrived.failed) as u64, props.count as u64),
        true => texts.ready(here as u64),
    };
    let close = props.close.reform(|_: MouseEvent| ());
    let onkeydown = {
        let (close, place) = (props.close.clone(), place.clone());
        Callback::from(move |event: KeyboardEvent| {
            // The page behind has shortcuts of its own.
            event.stop_propagation();
            match event.key().as_str() {
                "Escape" => close.emit(()),
                "Tab" if wrap_focus(&event, &place).is_some() => event.prevent_default(),
                _ => {}
            }
        })
    };
    let Some(body) = dom::document().and_then(|document| document.body()) else { return Html::default() };
    let stack = html! {
        <div ref={place} class="stack" role="dialog" aria-modal="true" aria-label={texts.print} tabindex="-1" {onkeydown}>
            <div class="stack__b">
                <p role="status">{ status }if arrived.failed > 0 { { " " }{ texts.failed(arrived.failed as u64) } }</p>
                <button class="btn" onclick={close}>{ texts.close }</button>
                <button class="btn btn--ink" disabled={!arrived.is_done || here == 0} onclick={|_: MouseEvent| web_api::print()}>{ texts.print }</button>
            </div>
            { (*sheets).clone() }
        </div>
    };
    yew::create_portal(stack, body.into())
}

/// Loads the first articles of the list and reports progress.
async fn load_articles(view: &LibraryView, count: usize, token: &TaskToken, shown: impl Fn(PrintProgress)) {
    let (mut articles, mut failed) = (Vec::new(), 0);
    match ResultArticles::new(view, token) {
        Some(mut results) => {
            while articles.len() + failed < count
                && let Some(result) = results.next().await
            {
                match result {
                    Ok(loaded) => articles.push(loaded.article.into()),
                    Err(UnavailableArticle) => failed += 1,
                }
                shown(PrintProgress { articles: Rc::new(articles.clone()), failed, is_done: false });
            }
        }
        None => failed = count,
    }
    if token.is_active() {
        shown(PrintProgress { articles: Rc::new(articles), failed, is_done: true });
    }
}

/// Renders an article for print, without images: loading that many would surprise their hosts.
fn render_printed_article(article: &RcEq<Article>, source: &str, ui: crate::app::i18n::Locale) -> Html {
    html! {
        <article class="art stack__a" lang={article.lang.tag()}>
            { kicker((source, &article.details.authors), article.time, article.reading_minutes(), ui) }
            { render_article(&Rc::new(Scene::plain(article, ui)), &slices(&article.body.blocks), None) }
            if let Some(url) = &article.url {
                <p class="stack__u" lang={ui.tag()}>{ display_url(url) }</p>
            }
        </article>
    }
}
