//! Edits of a query string: filters added, removed and toggled. The other tokens stay as they were typed.

use super::query::{Filter, Query, QueryTokenKind, Status};
use super::{Period, query_parser};
use std::ops::Range;

impl Query {
    /// Returns `text`, the source of this query, without the filters that `unwanted` selects; it is also told whether
    /// the filter is negated.
    pub fn remove_filters(&self, text: &str, unwanted: impl Fn(&Filter, bool) -> bool) -> String {
        let kept = self.tokens.iter().filter(|token| match &token.kind {
            QueryTokenKind::Filter(filter, without) => !unwanted(filter, *without),
            _ => true,
        });
        join_non_empty(kept.map(|token| &text[token.span.clone()]))
    }

    /// Returns the query string `text` without the token at `at`.
    pub fn remove_token(&self, text: &str, at: &Range<usize>) -> String {
        join_non_empty(
            self.tokens.iter().filter(|token| token.span != *at).map(|token| &text[token.span.clone()]),
        )
    }

    /// Returns the query string `text` with `filter` removed, or else added in place of those that it excludes: a month
    /// replaces its year.
    pub fn toggle_filter(&self, text: &str, filter: &Filter) -> String {
        let is_same =
            |kind: &QueryTokenKind| matches!(kind, QueryTokenKind::Filter(chosen, false) if chosen == filter);
        if let Some(token) = self.tokens.iter().find(|token| is_same(&token.kind)) {
            return self.remove_token(text, &token.span);
        }
        let is_replaced = |other: &Filter| match (filter, other) {
            (Filter::Is(Status::Unread), Filter::Is(Status::Read)) => true,
            (Filter::Is(Status::Read), Filter::Is(Status::Unread)) => true,
            (Filter::Date(Some(new)), Filter::Date(Some(old))) => {
                new.year == old.year && new.month.is_some() != old.month.is_some()
            }
            _ => false,
        };
        filter.add_to(&self.remove_filters(text, |other, _| is_replaced(other)))
    }

    /// Returns the range of dates, without its end: that of `after:` and `before:`, or of a single `date:`.
    pub fn date_range(&self) -> Option<(Option<Period>, Option<Period>)> {
        let (mut from, mut to, mut dates) = (None, None, Vec::new());
        for (filter, without) in self.filters() {
            match filter {
                Filter::After(period) if !without => from = Some(*period),
                Filter::Before(period) if !without => to = Some(*period),
                Filter::Date(Some(period)) if !without => dates.push(*period),
                _ => {}
            }
        }
        match (from, to, dates.as_slice()) {
            (None, None, [date]) => Some((Some(*date), Some(date.next()))),
            (None, None, _) => None,
            _ => Some((from, to)),
        }
    }

    /// Returns the query string `text` with the range of dates from `after` until before `before`.
    pub fn set_date_range(&self, text: &str, after: Option<Period>, before: Option<Period>) -> String {
        let mut query = self.remove_date_range(text);
        if let Some(after) = after {
            query = Filter::After(after).add_to(&query);
        }
        if let Some(before) = before {
            query = Filter::Before(before).add_to(&query);
        }
        query
    }

    /// Returns the query string `text` without the filters of the range of dates. Excluded dates stay.
    pub fn remove_date_range(&self, text: &str) -> String {
        self.remove_filters(text, |filter, without| match filter {
            Filter::Before(_) | Filter::After(_) => true,
            Filter::Date(Some(_)) => !without,
            _ => false,
        })
    }
}

impl Filter {
    /// Appends the filter to `query`, or prepends it where the end of `query` could take it in.
    pub fn add_to(&self, query: &str) -> String {
        append_filters(query.trim(), &self.to_query_string())
    }
}

/// Appends `filters` to `words`, or prepends them where the end of the words could take them in: after a quote that may
/// be open, or a `NOT`. This does without the parser, which the app loads after the list.
pub(super) fn append_filters(words: &str, filters: &str) -> String {
    let could_take_in = query_parser::may_have_open_quote(words)
        || words.split_whitespace().next_back().is_some_and(|last| last.eq_ignore_ascii_case("NOT"));
    let parts = if could_take_in { [filters, words] } else { [words, filters] };
    join_non_empty(parts.into_iter())
}

pub(super) fn join_non_empty<'a>(pieces: impl Iterator<Item = &'a str>) -> String {
    pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    #[test]
    fn filter_is_added_before_an_open_quote() {
        let filter = Filter::Is(Status::Starred);
        for (query, expected) in [
            ("", "is:starred"),
            ("渡口", "渡口 is:starred"),
            ("\"渡口\"", "\"渡口\" is:starred"),
            ("author:\"Ann Lee\"", "author:\"Ann Lee\" is:starred"),
            ("-「渡口」", "-「渡口」 is:starred"),
            ("5\" \"渡口", "is:starred 5\" \"渡口"),
            ("\"渡口", "is:starred \"渡口"),
            ("渡口 OR", "渡口 OR is:starred"),
            ("渡口 NOT", "is:starred 渡口 NOT"),
            ("渡口's", "渡口's is:starred"),
        ] {
            assert_eq!(filter.add_to(query), expected);
            assert!(
                Query::parse(expected).filters().any(|(added, not)| *added == filter && !not),
                "{expected}"
            );
        }
    }

    #[test]
    fn removed_filters_leave_a_clean_query() {
        let text = "船  after:2023 灯 source:a.example before:2024";
        let query = Query::parse(text);
        let dates = |filter: &Filter, _| matches!(filter, Filter::After(_) | Filter::Before(_));
        assert_eq!(query.remove_filters(text, dates), "船 灯 source:a.example");
        let negated = "-date:2020 灯 date:2021";
        assert_eq!(Query::parse(negated).remove_filters(negated, |_, without| !without), "-date:2020 灯");
        assert_eq!(
            query.remove_token(text, &query.tokens[0].span),
            "after:2023 灯 source:a.example before:2024"
        );
        assert_eq!(Filter::Lang(Lang::En).add_to(" 船 "), "船 lang:en");
    }

    #[test]
    fn toggled_filter_is_added_or_removed() {
        let toggle = |text: &str, filter: &str| {
            let filter = Query::parse(filter).filters().next().map(|(filter, _)| filter.clone()).unwrap();
            Query::parse(text).toggle_filter(text, &filter)
        };
        for (text, filter, toggled) in [
            ("船", "source:a.example", "船 source:a.example"),
            ("船  source:a.example 灯", "source:a.example", "船 灯"),
            ("source:a.example", "source:b.example", "source:a.example source:b.example"),
            ("-is:starred", "is:starred", "-is:starred is:starred"),
            ("is:read 船", "is:unread", "船 is:unread"),
            ("is:unread", "is:read", "is:read"),
            ("is:starred", "is:read", "is:starred is:read"),
            ("date:2023", "date:2023-10", "date:2023-10"),
            ("date:2023-10 date:2023-11", "date:2023", "date:2023"),
            ("date:2023-10", "date:2023-11", "date:2023-10 date:2023-11"),
            ("date:2022", "date:2023-10", "date:2022 date:2023-10"),
            ("date:none", "date:2023", "date:none date:2023"),
        ] {
            assert_eq!(toggle(text, filter), toggled, "{text} and {filter}");
        }
    }

    #[test]
    fn date_range_is_that_of_its_ends_or_of_one_date() {
        let period = |text: &str| Some(Period::parse(text).unwrap());
        for (text, range) in [
            ("船", None),
            ("after:2023-10", Some((period("2023-10"), None))),
            ("before:2024 after:2023", Some((period("2023"), period("2024")))),
            ("date:2023-12", Some((period("2023-12"), period("2024-01")))),
            ("date:2023-12-31", Some((period("2023-12-31"), period("2024-01-01")))),
            ("date:2022 date:2023", None),
            ("after:2023 date:2022", Some((period("2023"), None))),
            ("-after:2023 -date:2022 date:none", None),
        ] {
            assert_eq!(Query::parse(text).date_range(), range, "{text}");
        }
        let text = "after:2023 船 -before:2020 date:2022 -date:2021 date:none is:read";
        assert_eq!(Query::parse(text).remove_date_range(text), "船 -date:2021 date:none is:read");
    }
}
