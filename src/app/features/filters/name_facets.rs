//! Facets of the reader's labels, of authors and of tags, with counts.

use super::facets::{FacetRenderer, group, is_chosen};
use crate::app::services::{use_async, use_shared};
use crate::app::state::{ArticleFlags, LibraryView, QUERY_FNS, SearchResults, load_names, use_library_view};
use crate::archive::Name;
use crate::search::{NameKind, name_counts};
use std::cmp::Reverse;
use yew::prelude::*;

#[derive(Clone, Copy, Properties, PartialEq)]
pub struct NameFacetsProps {
    /// Set inside a sheet, where values are checkboxes.
    pub in_sheet: bool,
}

/// Names shown before "all" is chosen.
const VISIBLE_NAMES: usize = 6;

/// Facets of labels, authors and tags.
#[component]
pub fn NameFacets(props: &NameFacetsProps) -> Html {
    let is_expanded = use_state(|| [false; 3]);
    let (view, flags) = (use_library_view(), use_shared::<ArticleFlags>());
    let archive = view.as_ref().map(|view| view.archive.clone());
    let archive = archive.filter(|archive| archive.manifest().has_names);
    let tables = use_async(archive, |archive| async move { load_names(archive?).await });
    let (Some(view), Some(flags)) = (view, flags) else { return Html::default() };
    let tables = tables.flatten();
    let texts = view.ui.reader();
    let kinds = [
        (NameKind::Label, view.ui.labels().name),
        (NameKind::Author, texts.authors),
        (NameKind::Tag, texts.tags),
    ];
    let groups = kinds.into_iter().enumerate().map(|(at, (kind, heading))| {
        let toggle = {
            let is_expanded = is_expanded.clone();
            Callback::from(move |_: MouseEvent| {
                let mut changed = *is_expanded;
                changed[at] = !changed[at];
                is_expanded.set(changed);
            })
        };
        let names = kind.names(tables.as_deref(), flags.bitmap.labels());
        let values = NameValues { view: &view, names, kind };
        let values = values.render(is_expanded[at], toggle, props.in_sheet);
        group(heading, !names.is_empty(), values)
    });
    groups.collect()
}

/// Values of a facet.
struct NameValues<'a> {
    view: &'a LibraryView,
    names: &'a [Name],
    kind: NameKind,
}

impl NameValues<'_> {
    /// Renders the most frequent names of the results, or all, and those that are chosen.
    fn render(&self, is_expanded: bool, toggle: Callback<MouseEvent>, in_sheet: bool) -> Html {
        let NameValues { view, names, kind } = *self;
        let LibraryView { results: found, ui, .. } = view;
        let counts = self.counts();
        let count_of = |at: usize| counts.get(at).copied().unwrap_or_default();
        let mut order: Vec<usize> = (0..names.len()).collect();
        crate::small_sort::sort_by_key(&mut order, |&at| (Reverse(count_of(at)), at));
        let facets = FacetRenderer { view, fns: Some(QUERY_FNS), in_sheet };
        let values = order.into_iter().enumerate().filter_map(|(rank, at)| {
            let name = &names[at].name;
            let filter = kind.filter(name.clone());
            let is_shown = is_expanded || rank < VISIBLE_NAMES || is_chosen(found, &filter);
            is_shown.then(|| facets.value(filter, name.clone(), count_of(at)))
        });
        let values: Vec<Html> = values.collect();
        let class = if in_sheet { "opt" } else { "fv fv--more" };
        let texts = ui.library();
        html! {
            <>
                { for values }
                if names.len() > VISIBLE_NAMES {
                    <button {class} aria-expanded={is_expanded.to_string()} onclick={toggle}>
                        { if is_expanded { texts.fewer.to_owned() } else { texts.all_names(names.len() as u64) } }
                    </button>
                }
            </>
        }
    }
    /// Counts the results with each name; none while the search has not reached all articles.
    fn counts(&self) -> Vec<u32> {
        let SearchResults { mask, search, .. } = &self.view.results;
        let Some(mask) = mask.as_ref().filter(|_| self.view.results.has_counts()) else { return Vec::new() };
        let hits = search.as_ref().map(|search| search.hits.as_slice());
        name_counts(mask, hits, self.names, self.kind, self.view.archive.count())
    }
}
