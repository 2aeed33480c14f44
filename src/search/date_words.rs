//! Dates as people write them in a search: `2020年11月`, `去年`, `Nov 2020`, `last year`, `2019 to 2021`.
//!
//! A query is never read this way by itself, since its words may be meant as words: the filter is offered.

use super::Period;
use super::date_phrase::parse_phrase;
use super::query::{Filter, Query, QueryToken, QueryTokenKind};
use super::query_edit::join_non_empty;
use crate::model::Date;
use std::ops::Range;

/// Meaning of date words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateWords {
    /// One period.
    In(Period),
    /// From the first period to the second, both included.
    Between(Period, Period),
    /// From the period on.
    Since(Period),
    /// Before the period.
    Before(Period),
}

/// Most tokens of a query that form one date.
const MAX_TOKENS: usize = 6;

impl DateWords {
    /// Finds the longest run of words of a query that is a date. Returns its meaning and the query with filters in its
    /// place; other date filters are removed.
    pub fn find(text: &str, today: Date) -> Option<(DateWords, String)> {
        let query = Query::parse(text);
        let tokens = &query.tokens;
        let runs = (0..tokens.len()).flat_map(|start| {
            let most = tokens.len().min(start + MAX_TOKENS);
            (start + 1..=most).map(move |end| start..end)
        });
        let mut found: Option<(DateWords, Range<usize>)> = None;
        for run in runs {
            let words = &tokens[run];
            let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
            let span = first.span.start..last.span.end;
            let is_longer = found.as_ref().is_none_or(|(_, known)| known.len() < span.len());
            if !is_longer || !words.iter().all(is_plain) {
                continue;
            }
            if let Some(date) = parse_phrase(&text[span.clone()], today) {
                found = Some((date, span));
            } else if let [word] = words {
                found = find_in_word(text, word, today).or(found);
            }
        }
        let (date, span) = found?;
        let words = join_non_empty(
            [text[..span.start].trim_end_matches([' ', ',', '，']), text[span.end..].trim()].into_iter(),
        );
        let rest = Query::parse(&words).remove_date_range(&words);
        Some((date, date.filters().iter().fold(rest, |query, filter| filter.add_to(&query))))
    }

    /// Returns the filters with this meaning.
    pub fn filters(self) -> Vec<Filter> {
        match self {
            DateWords::In(period) => vec![Filter::Date(Some(period))],
            DateWords::Between(from, to) => vec![Filter::After(from), Filter::Before(to.next())],
            DateWords::Since(from) => vec![Filter::After(from)],
            DateWords::Before(end) => vec![Filter::Before(end)],
        }
    }
}

/// Returns true for a word that is not quoted, excluded, or sought in titles.
fn is_plain(token: &QueryToken) -> bool {
    matches!(&token.kind, QueryTokenKind::Term(term) if term.is_plain())
}

/// Finds a date with its year or month at one end of a word without spaces, as in `去年疫苗`.
fn find_in_word(text: &str, word: &QueryToken, today: Date) -> Option<(DateWords, Range<usize>)> {
    let Range { start, end } = word.span;
    let typed = &text[word.span.clone()];
    let is_dated = |part: &str| ["年", "个月", "個月", "上月", "本月"].iter().any(|unit| part.contains(unit));
    let cuts: Vec<usize> = typed.char_indices().map(|(at, _)| at).skip(1).collect();
    let heads = cuts.iter().rev().map(|&at| start..start + at);
    let tails = cuts.iter().map(|&at| start + at..end);
    heads.chain(tails).find_map(|span| {
        let part = Some(&text[span.clone()]).filter(|part| is_dated(part))?;
        let date = parse_phrase(part, today)?;
        // The particle joins the date to its noun.
        let joined = text[span.end..end].strip_prefix('的').map_or(0, |_| '的'.len_utf8());
        Some((date, span.start..span.end + joined))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date { year: 2021, month: 3, day: 10 };

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = DateWords::find(text, TODAY).map(|(_, query)| query);
        assert_eq!(found.as_deref().unwrap_or("-"), expected, "{text}");
    }

    #[test]
    fn dates_between_words_become_filters() {
        check("2020年11月 疫苗", "疫苗 date:2020-11");
        check("疫苗 去年", "疫苗 date:2020");
        check("疫苗 2020 年 11 月 5 日 北京", "疫苗 北京 date:2020-11-05");
        check("vaccine Nov 2020", "vaccine date:2020-11");
        check("vaccine, November 5th, 2020", "vaccine date:2020-11-05");
        check("vaccine last year", "vaccine date:2020");
        check("elections from 2018 to 2020", "elections after:2018 before:2021");
        check("疫苗 source:a.example 2020-11", "疫苗 source:a.example date:2020-11");
    }

    #[test]
    fn dates_at_the_ends_of_words_become_filters() {
        check("去年疫苗", "疫苗 date:2020");
        check("2020年11月的疫苗", "疫苗 date:2020-11");
        check("疫苗2020年", "疫苗 date:2020");
        check("上个月选举", "选举 date:2021-02");
        check("十月革命", "-");
        check("少年 百年孤独 前天津市长", "-");
    }

    #[test]
    fn earlier_date_filters_are_replaced() {
        check("疫苗 date:2019 去年", "疫苗 date:2020");
        check("疫苗 after:2019 -date:2018 2020年", "疫苗 -date:2018 date:2020");
    }

    #[test]
    fn quoted_and_excluded_words_are_no_dates() {
        for text in
            ["\"去年\"", "-去年", "title:去年", "date:2020-11", "疫苗", "", "12:30 5G 100", "may march"]
        {
            check(text, "-");
        }
    }
}
