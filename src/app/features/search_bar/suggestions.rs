//! Suggestions below the search field while typing: authors or tags, or a date filter for words that are a date, terms in
//! pinyin or related terms, and titles.
//!
//! A list by relevance starts with title matches and needs no titles here; a list by date does.

use super::name_completions::{NameCompletions, TypedName};
use crate::app::i18n::Locale;
use crate::app::lazy::ChunksContext;
use crate::app::services::clock::today;
use crate::app::services::{dom, use_async, use_shared};
use crate::app::state::script_conversion::ScriptContext;
use crate::app::state::{
    Catalogue, CatalogueRow, Command, Commands, FocusTarget, SearchResults, lazy_offer_terms,
    use_command_context, use_library_view, use_rows,
};
use crate::app::ui::article_link::{ArticleLink, LinkTarget};
use crate::app::ui::icon::{IconKind, small_icon};
use crate::app::ui::script_text::converted_marks;
use crate::search::{DateWords, NameKind, SortOrder, TermOffer, TermRelation};
use crate::text::format_thousands;
use crate::view_model::RouteAction;
use std::cmp::Reverse;
use yew::prelude::*;

/// Maximum number of suggestions.
const MAX_SUGGESTIONS: usize = 3;
/// Maximum number of articles fetched for suggestions; further ones appear only if cached.
const MAX_FETCHED: usize = 2;

#[derive(Clone, Properties, PartialEq)]
pub struct SuggestionsProps {
    /// Words in the search field.
    pub draft: AttrValue,
    /// Searches for another query.
    pub search: Callback<String>,
    /// Replaces the words in the search field.
    pub complete: Callback<String>,
}

/// An author, tag or label that is being typed; else a date filter, then terms whose pinyin is typed or that are
/// related, then titles with all terms, best first, each a link to its article.
#[component]
pub fn Suggestions(props: &SuggestionsProps) -> Html {
    let (view, catalogue) = (use_library_view(), use_shared::<Catalogue>());
    let (script, commands) = (use_shared::<ScriptContext>().unwrap_or_default(), use_command_context());
    let chunks = use_shared::<ChunksContext>();
    let (Some(view), Some(catalogue), Some(chunks)) = (view, catalogue, chunks) else {
        return Html::default();
    };
    // The list of terms is fetched after the results, which matter more.
    let is_done = view.results.search.as_ref().is_some_and(|search| search.is_done);
    let text = if is_done { view.results.query_text.clone() } else { AttrValue::default() };
    let key = (view.archive.clone(), text);
    let offers = use_async(key, move |(archive, text)| async move {
        lazy_offer_terms(&chunks, archive, text.to_string()).await.unwrap_or_default()
    });
    let (found, ui, navigate) = (&view.results, view.ui, &view.navigation.navigate);
    let ordinals = use_memo((found.selection.clone(), found.sort), |(selection, _)| {
        best_title_hits(found, &selection.ordinals)
    });
    use_rows(&catalogue, ordinals.iter().take(MAX_FETCHED).copied().collect(), true);
    let has_names = |typed: TypedName| view.archive.manifest().has_names || typed.kind == NameKind::Label;
    if TypedName::parse(&props.draft).is_some_and(has_names) {
        return html! { <NameCompletions draft={props.draft.clone()} complete={props.complete.clone()} /> };
    }
    let rows = ordinals.iter().filter_map(|&ordinal| catalogue.cached_row(ordinal));
    let task = found.search.as_ref().and_then(|search| search.task.clone());
    let title = |row: CatalogueRow| {
        let matches = task.as_ref().map(|task| task.find(&row.title)).unwrap_or_default();
        let marks: Vec<_> = matches.into_iter().map(|(range, _)| range).collect();
        let source = view.archive.manifest().source_name(&row.source).to_owned();
        let to = {
            let (navigate, commands, id) = (navigate.clone(), commands.clone(), row.id);
            LinkTarget::new(found.article_url(id), move || {
                navigate.emit(RouteAction::Open(id));
                // Typing has ended.
                commands.run(Command::Focus(FocusTarget::List));
            })
        };
        html! {
            <li key={row.id.to_string()}>
                <ArticleLink class="titles__a" {to}>
                    <span class="titles__t" lang={script.tag(row.lang)}>{ converted_marks(&script, &row.title, &marks, row.lang) }</span>
                    <span class="titles__s">{ source }</span>
                </ArticleLink>
            </li>
        }
    };
    let terms = offers.iter().flatten().map(|offer| term_suggestion(offer, &props.search));
    let titles = rows.take(MAX_SUGGESTIONS).map(title);
    let date = date_suggestion(found, ui, &props.search);
    let items: Vec<Html> = date.into_iter().chain(terms).chain(titles).collect();
    if items.is_empty() {
        return Html::default();
    }
    let onkeydown = Callback::from(move |event: KeyboardEvent| move_focus(&event, &commands));
    html! { <ul class="titles" aria-label={ui.library().suggestions} {onkeydown}>{ items }</ul> }
}

/// Offers a term of the archive with its number of articles. A related term is a chip.
fn term_suggestion(offer: &TermOffer, search: &Callback<String>) -> Html {
    let onclick = search.reform({
        let term = offer.term.clone();
        move |_: MouseEvent| term.clone()
    });
    let (class, button) = match offer.relation {
        TermRelation::Pinyin => (None, "titles__a"),
        TermRelation::Related => (Some("titles__k"), "titles__a chip"),
    };
    html! {
        <li key={offer.term.clone()} {class}>
            <button type="button" class={button} {onclick}>
                <span class="titles__t" lang="zh">{ &offer.term }</span>
                <span class="titles__s">{ format_thousands(offer.article_count.into()) }</span>
            </button>
        </li>
    }
}

/// Offers the date that words of the query mean as a filter.
fn date_suggestion(found: &SearchResults, ui: Locale, search: &Callback<String>) -> Option<Html> {
    let (words, query) = DateWords::find(&found.query_text, today())?;
    let (texts, dates) = (ui.library(), ui.dates());
    let date = match words {
        DateWords::In(period) => dates.period(period),
        DateWords::Between(from, to) => format!("{} – {}", dates.period(from), dates.period(to)),
        DateWords::Since(period) => texts.since(&dates.period(period)),
        DateWords::Before(period) => texts.until(&dates.period(period)),
    };
    let onclick = search.reform(move |_: MouseEvent| query.clone());
    Some(html! {
        <li key="date">
            <button type="button" class="titles__a" {onclick}>{ small_icon(IconKind::Calendar) }{ texts.date(&date) }</button>
        </li>
    })
}

/// Returns title matches among the listed articles, best first, then newest first. Empty for a list by
/// relevance.
fn best_title_hits(results: &SearchResults, listed: &[u32]) -> Vec<u32> {
    let SearchResults { search, sort, .. } = results;
    let Some(search) = search.as_ref().filter(|_| *sort != SortOrder::Relevance) else { return Vec::new() };
    let mut hits: Vec<_> = search.hits.iter().filter(|hit| hit.in_title()).copied().collect();
    crate::small_sort::sort_by_key(&mut hits, |hit| Reverse((hit.score, hit.ordinal)));
    let shown = hits.iter().map(|hit| hit.ordinal).filter(|ordinal| listed.contains(ordinal));
    shown.take(MAX_SUGGESTIONS + MAX_FETCHED).collect()
}

/// Moves between suggestions, back to the field, and on to the list with the arrow keys.
pub fn move_focus(event: &KeyboardEvent, commands: &Commands) {
    let is_down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    event.prevent_default();
    // The focused element is the link in an item of the list.
    let item = dom::active_element().and_then(|link| link.parent_element());
    let next = item.and_then(|item| match is_down {
        true => item.next_element_sibling(),
        false => item.previous_element_sibling(),
    });
    let target = if is_down { FocusTarget::FirstRow } else { FocusTarget::SearchField };
    if next.and_then(|item| dom::focus_element(item.first_element_child()?)).is_none() {
        commands.run(Command::Focus(target));
    }
}
