//! Filters and words of a query: the search field holds the words, and its filters are chips.

use super::query::{Query, QueryToken, QueryTokenKind};
use super::query_edit::{append_filters, join_non_empty};
use std::ops::Range;

impl Query {
    /// Splits `text`, the source of this query, into its filters and its words.
    pub fn split_filters(&self, text: &str) -> (String, String) {
        let is_filter = |token: &&QueryToken| matches!(token.kind, QueryTokenKind::Filter(..));
        let spans: Vec<&Range<usize>> =
            self.tokens.iter().filter(is_filter).map(|token| &token.span).collect();
        if spans.is_empty() {
            return (String::new(), text.to_owned());
        }
        let starts = std::iter::once(0).chain(spans.iter().map(|span| span.end));
        let ends = spans.iter().map(|span| span.start).chain([text.len()]);
        let words = join_non_empty(starts.zip(ends).map(|(start, end)| text[start..end].trim()));
        (join_non_empty(spans.into_iter().map(|span| &text[span.clone()])), words)
    }

    /// Joins words, as they are typed, with the `filters` split off before.
    pub fn join_filters(words: &str, filters: &str) -> String {
        if filters.is_empty() {
            return words.to_owned();
        }
        append_filters(words.trim(), filters)
    }

    /// Returns the query string `text` with `OR` between its words, which stay in front of its filters. `None` unless
    /// there are several words, all plain.
    pub fn with_any_word(&self, text: &str) -> Option<String> {
        let (filters, _) = self.split_filters(text);
        let kinds = || self.tokens.iter().map(|token| &token.kind);
        let is_plain = |kind: &QueryTokenKind| match kind {
            QueryTokenKind::Term(term) => !term.negated,
            QueryTokenKind::Filter(..) => true,
            QueryTokenKind::Or => false,
        };
        let is_term = |token: &&QueryToken| matches!(token.kind, QueryTokenKind::Term(_));
        let words: Vec<&str> =
            self.tokens.iter().filter(is_term).map(|token| &text[token.span.clone()]).collect();
        (words.len() > 1 && kinds().all(is_plain)).then(|| Query::join_filters(&words.join(" OR "), &filters))
    }

    /// Returns the query string `text` without its last filter; `None` without filters.
    pub fn remove_last_filter(&self, text: &str) -> Option<String> {
        let mut tokens = self.tokens.iter().rev();
        let last = tokens.find(|token| matches!(token.kind, QueryTokenKind::Filter(..)))?;
        Some(self.remove_token(text, &last.span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Filter, Status};
    use proptest::prelude::*;

    #[test]
    fn filters_are_split_from_words_and_joined_again() {
        for (text, filters, words) in [
            ("船 after:2023 灯", "after:2023", "船 灯"),
            ("is:starred source:\"a b\" -lang:en", "is:starred source:\"a b\" -lang:en", ""),
            ("标题：船 -灯 “江 水”", "", "标题：船 -灯 “江 水”"),
            ("(江水 OR 渡口) AND 船 来源：法广", "来源：法广", "(江水 OR 渡口) AND 船"),
            ("江水，渡口 ", "", "江水，渡口 "),
        ] {
            let query = Query::parse(text);
            assert_eq!(query.split_filters(text), (filters.to_owned(), words.to_owned()));
            let joined = Query::join_filters(words, filters);
            let parsed = |text: &str| {
                Query::parse(text).filters().map(|(f, not)| (f.clone(), not)).collect::<Vec<_>>()
            };
            assert_eq!(parsed(&joined), parsed(text), "{joined}");
        }
        assert_eq!(Query::join_filters("\"江水", "is:starred"), "is:starred \"江水");
        assert_eq!(Query::join_filters("江水 ", ""), "江水 ");
        let text = "is:starred 江水 after:2020";
        assert_eq!(Query::parse(text).remove_last_filter(text).as_deref(), Some("is:starred 江水"));
        assert_eq!(Query::parse("江水").remove_last_filter("江水"), None);
    }

    #[test]
    fn any_word_is_joined_by_or() {
        for (text, expected) in [
            ("灯塔 沙漠", Some("灯塔 OR 沙漠")),
            ("标题：灯塔 is:unread \"a b\"", Some("标题：灯塔 OR \"a b\" is:unread")),
            ("灯塔", None),
            ("灯塔 -沙漠 船", None),
            ("灯塔 OR 沙漠", None),
        ] {
            assert_eq!(Query::parse(text).with_any_word(text).as_deref(), expected);
        }
    }

    proptest! {
        #[test]
        fn joined_filters_are_never_lost(words in "([-+|'\"“”()，、:a船 ]|OR|not){0,8}") {
            let joined = Query::join_filters(&words, "is:starred after:2023");
            let filters: Vec<Filter> = Query::parse(&joined).filters().map(|(filter, _)| filter.clone()).collect();
            prop_assert!(filters.contains(&Filter::Is(Status::Starred)), "{}", joined);
        }
    }
}
