//! Rendering of the visible part of the list: day headings and rows.

use crate::app::features::list::row::{DateDisplay, ListRow, RowPosition, RowStatus};
use crate::app::features::list::row_gestures::RowGesture;
use crate::app::services::clock::today;
use crate::app::state::user_data::UserDataHandle;
use crate::app::state::{Catalogue, LibraryView};
use crate::app::ui::article_link::{ArticleLink, LinkTarget, front_page_of};
use crate::archive::StoreErrorKind;
use crate::search::{DateGroup, DateGroups};
use crate::small_sort;
use std::ops::Range;
use yew::prelude::*;

/// Renderer of the visible rows.
pub(super) struct RowRenderer<'a> {
    pub view: &'a LibraryView,
    pub user_data: &'a UserDataHandle,
    pub catalogue: &'a Catalogue,
    pub on_gesture: &'a Callback<(usize, RowGesture)>,
    /// Ordinal of the article in the pane.
    pub current: Option<u32>,
}

struct DayHeading {
    html: Html,
    is_today: bool,
}

impl RowRenderer<'_> {
    pub(super) fn groups(&self, groups: &DateGroups, drawn: &Range<usize>) -> Html {
        let (Some(first), Some(last)) =
            (groups.group_of_row(drawn.start), groups.group_of_row(drawn.end - 1))
        else {
            return Html::default();
        };
        let when = if groups.monthly { DateDisplay::Day } else { DateDisplay::Time };
        groups.groups[first..=last]
            .iter()
            .enumerate()
            .map(|(at, group)| {
                let rows = group.rows.start.max(drawn.start)..group.rows.end.min(drawn.end);
                let head = self.day_heading(group, groups.monthly);
                html! {
                    <section class={classes!("day", (first + at == 0).then_some("day--first"), head.is_today.then_some("is-today"))}
                        key={group.rows.start} data-start={group.rows.start.to_string()}
                        data-end={group.rows.end.to_string()}>
                        { head.html }
                        <div class="day__rows">
                            if at == 0 {
                                <div class="day__before" />
                            }
                            <ol class="rows">{ for rows.map(|row| self.row(row, when)) }</ol>
                            // Only the last rendered day has a spacer below; it is removed when other days follow.
                            if first + at == last {
                                <div class="day__after" />
                            }
                        </div>
                    </section>
                }
            })
            .collect()
    }

    fn day_heading(&self, group: &DateGroup, monthly: bool) -> DayHeading {
        let (ui, navigation) = (self.view.ui, &self.view.navigation);
        let (dates, texts) = (ui.dates(), ui.library());
        let count = texts.articles(group.rows.len() as u64);
        let Some(date) = group.date else {
            let html = html! {
                <h2 class="day__h" translate="no">
                    <span class="day__m day__m--alone">{ texts.undated }</span>
                    <span class="day__n">{ count }</span>
                </h2>
            };
            return DayHeading { html, is_today: false };
        };
        let is_today = !monthly && date == today();
        let (numeral, rest) = match monthly {
            true => (dates.month(date), dates.year(date)),
            false if is_today => (date.day.to_string(), format!("{} {}", texts.today, dates.weekday(date))),
            false => (date.day.to_string(), format!("{} {}", dates.month(date), dates.weekday(date))),
        };
        let to = LinkTarget::page(&navigation.navigate, front_page_of(date, monthly));
        let front = if monthly { ui.front_page().monthly } else { ui.front_page().name };
        let html = html! {
            <h2 class="day__h" translate="no">
                // The list has one tab stop, which is a row. A command opens the same page.
                <ArticleLink class="day__a" {to} tabindex="-1" title={front}>
                    <span class={classes!("day__d", monthly.then_some("day__d--month"))}>{ numeral }</span>
                    <span class="day__m">{ rest }</span>
                    if !monthly && date.year != today().year {
                        <span class="day__m">{ dates.year(date) }</span>
                    }
                </ArticleLink>
                <span class="day__n">{ count }</span>
            </h2>
        };
        DayHeading { html, is_today }
    }

    pub(super) fn row(&self, at: usize, date_display: DateDisplay) -> Html {
        let LibraryView { results: found, ui, .. } = self.view;
        let ordinal = found.selection.ordinals[at];
        let starts = (*found.groups).as_ref().is_some_and(|groups| {
            groups.group_of_row(at).is_some_and(|group| groups.groups[group].rows.start == at)
        });
        let is_current = self.current == Some(ordinal);
        let first = starts.then_some("true");
        let row = match self.catalogue.row(ordinal) {
            Ok(Some(row)) => row,
            Ok(None) => {
                return html! { <li class="row is-blank" key={ordinal} data-row={at.to_string()} data-first={first} /> };
            }
            Err(error) => {
                let retry = {
                    let catalogue = self.catalogue.clone();
                    Callback::from(move |_: MouseEvent| catalogue.retry())
                };
                let texts = ui.library();
                let is_away = error.is_store_error(StoreErrorKind::Offline);
                let text = if is_away { ui.offline().rows_unavailable } else { texts.row_failed };
                return html! {
                    <li class="row is-failed" key={ordinal} data-row={at.to_string()} data-first={first}>
                        <p class="row__f">{ text }<button class="link" onclick={retry}>{ texts.retry }</button></p>
                    </li>
                };
            }
        };
        let task = found.search.as_ref().and_then(|search| search.task.clone());
        let flags = self.user_data.data().flag_state(row.id);
        let is_available =
            found.offline_articles.as_ref().is_none_or(|cached| cached.get(ordinal as usize) == Some(&true));
        let is_tab_stop = if self.current.is_some() { is_current } else { at == 0 };
        let status = RowStatus { flags, is_current, is_available, is_tab_stop };
        let classes = classes!(
            "row",
            if flags.read { "is-read" } else { "is-unread" },
            flags.starred.then_some("is-starred"),
            is_current.then_some("is-current")
        );
        html! {
            <li class={classes} key={ordinal} data-row={at.to_string()} data-first={first}>
                <ListRow position={RowPosition { number: at, ordinal }} {task} other_sources={self.other_sources(ordinal)} {date_display}
                    href={found.article_url(row.id)} {status} on_gesture={self.on_gesture.clone()} {row} />
            </li>
        }
    }

    /// Names of the other sources with the same text.
    fn other_sources(&self, ordinal: u32) -> AttrValue {
        let LibraryView { archive, facets, ui, .. } = self.view;
        let group = facets.duplicates.iter().find(|group| group.contains(&ordinal));
        let source = |ordinal: u32| Some(facets.column.get(ordinal)?.0);
        let own = source(ordinal);
        let mut others: Vec<u16> = group
            .into_iter()
            .flatten()
            .filter_map(|&other| source(other))
            .filter(|other| Some(*other) != own)
            .collect();
        small_sort::sort(&mut others);
        others.dedup();
        let names = others.iter().filter_map(|&at| archive.manifest().sources.get(usize::from(at)));
        let names: Vec<&str> = names.map(|source| source.name.as_str()).collect();
        names.join(ui.library().list_separator).into()
    }
}
