//! Status and saved searches as tabs above the list, for layouts without the rail.

use super::chips::search_name;
use super::saved_searches::{count_badge, sorted_searches, toggled_search};
use crate::app::i18n::format_number;
use crate::app::services::use_shared;
use crate::app::state::{ArticleFlags, use_library_view, use_query_fns, use_user_data};
use crate::app::ui::icon::{IconKind, small_icon};
use crate::search::{Filter, Status};
use crate::user_data::RecordKind;
use yew::prelude::*;

const TABS: [Status; 3] = [Status::Unread, Status::Starred, Status::Annotated];

#[component]
pub fn ListTabs() -> Html {
    let (view, user_data, flags) = (use_library_view(), use_user_data(), use_shared::<ArticleFlags>());
    // The code is loaded before the saved searches.
    let fns = use_query_fns(false);
    let (Some(view), Some(user_data), Some(flags)) = (view, user_data, flags) else { return Html::default() };
    let (found, texts) = (&view.results, view.ui.user_data());
    let tab = |on: bool, query: String, label: String, count: Html| {
        let onclick = view.navigation.search_on_click(query);
        html! {
            <button type="button" class="tab" aria-pressed={on.to_string()} {onclick}>
                { label }<span class="tab__n">{ count }</span>
            </button>
        }
    };
    let is_status = |filter: &Filter| matches!(filter, Filter::Is(_));
    let any = found.query.remove_filters(&found.query_text, |filter, _| is_status(filter));
    let has_status = found.query.filters().any(|(filter, _)| is_status(filter));
    let statuses = Status::ALL.into_iter().zip(flags.counts).filter(|(status, _)| TABS.contains(status));
    let statuses = statuses.map(|(status, count)| {
        let filter = Filter::Is(status);
        let on = found.query.filters().any(|(chosen, without)| *chosen == filter && !without);
        let count = if found.has_counts() { format_number(count) } else { String::new() };
        tab(on, filter.add_to(&any), texts.status_name(status).to_owned(), html! { { count } })
    });
    let records = user_data.data();
    let saved = sorted_searches(&records).into_iter().map(|(query, saved)| {
        let (on, to) = toggled_search(&found.query_text, query);
        let name = search_name(query, fns, view.archive.manifest(), view.ui);
        tab(on, to, name, count_badge(saved, view.ui))
    });
    html! {
        <>
            <div class="tabs" role="group" translate="no" aria-label={texts.status}>
                { tab(!has_status, any.clone(), texts.all_statuses.to_owned(), Html::default()) }
                { for statuses }
            </div>
            if !records.searches.is_empty() {
                <div class="tabs tabs--saved" role="group" aria-label={texts.record_kind(RecordKind::Searches)}>
                    { small_icon(IconKind::Search) }
                    { for saved }
                </div>
            }
        </>
    }
}
