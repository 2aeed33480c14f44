//! Query language: terms joined by AND, `"exact phrase"`, `-excluded`, `OR`, `title:`, `source:`, `lang:`,
//! `before:`, `after:`, `date:`, `is:`, the Chinese names of these operators, and full-width colons.

use super::Period;
use crate::model::Lang;
use std::ops::Range;

/// Parsed query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Tokens of the query string, in order.
    pub tokens: Vec<QueryToken>,
}

/// Token of the query string.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryToken {
    /// Byte range in the query string.
    pub span: Range<usize>,
    /// Meaning of the token.
    pub kind: QueryTokenKind,
}

/// Kind of a token.
#[derive(Clone, Debug, PartialEq)]
pub enum QueryTokenKind {
    /// Search term, possibly negated.
    Term(QueryTerm),
    /// `OR` between two terms.
    Or,
    /// Filter; `true` negates the condition.
    Filter(Filter, bool),
}

/// Search term.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryTerm {
    /// Text as typed, without quotes and operators.
    pub text: String,
    /// True if articles with it are left out.
    pub negated: bool,
    /// True if only the title is searched.
    pub in_title: bool,
    /// True if its last word may continue, as that of a query that is still being typed.
    pub is_prefix: bool,
}

/// Condition on an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// The source has this key, or this text in its name.
    Source(String),
    /// The article is in this language.
    Lang(Lang),
    /// The article is older than the first day of the period.
    Before(Period),
    /// The article is from the first day of the period or later.
    After(Period),
    /// The article is from this period; `None` for undated articles.
    Date(Option<Period>),
    /// The article has this status in the user data.
    Is(Status),
}

/// Status of an article in the user data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Unread.
    Unread,
    /// Read.
    Read,
    /// Starred.
    Starred,
    /// Annotated: has a highlight or a note.
    Annotated,
}

impl Status {
    /// All statuses.
    pub const ALL: [Status; 4] = [Status::Unread, Status::Read, Status::Starred, Status::Annotated];

    /// Returns the name used in queries.
    pub fn name(self) -> &'static str {
        match self {
            Status::Unread => "unread",
            Status::Read => "read",
            Status::Starred => "starred",
            Status::Annotated => "noted",
        }
    }

    fn parse(name: &str) -> Option<Status> {
        let written = match name {
            "未读" | "未讀" => "unread",
            "已读" | "已讀" => "read",
            "收藏" | "已收藏" => "starred",
            "有批注" | "有批註" => "noted",
            name => name,
        };
        Status::ALL.into_iter().find(|status| status.name().eq_ignore_ascii_case(written))
    }
}

impl Query {
    /// Parses a query string; never fails.
    pub fn parse(text: &str) -> Query {
        let mut tokens = Vec::new();
        let mut rest = 0;
        while let Some(skip) = text[rest..].find(|c: char| !c.is_whitespace()) {
            let start = rest + skip;
            let (kind, end) = parse_token(text, start);
            tokens.push(QueryToken { span: start..end, kind });
            rest = end;
        }
        resolve_or_tokens(&mut tokens, text);
        tokens.retain(|token| match &token.kind {
            QueryTokenKind::Term(term) => !term.text.trim().is_empty(),
            _ => true,
        });
        let last = tokens.last_mut().map(|token| (&text[token.span.clone()], &mut token.kind));
        if let Some((typed, QueryTokenKind::Term(term))) = last
            && !term.negated
            && !typed.ends_with(['"', '”'])
        {
            term.is_prefix = true;
        }
        Query { tokens }
    }

    /// Returns the terms in groups: terms joined by `OR` share a group, of which one has to match.
    pub fn groups(&self) -> Vec<Vec<&QueryTerm>> {
        let mut groups: Vec<Vec<&QueryTerm>> = Vec::new();
        let mut joined = false;
        for token in &self.tokens {
            match &token.kind {
                QueryTokenKind::Or => joined = true,
                QueryTokenKind::Term(term) if !term.negated => {
                    match groups.last_mut().filter(|_| joined) {
                        Some(group) => group.push(term),
                        None => groups.push(vec![term]),
                    }
                    joined = false;
                }
                _ => joined = false,
            }
        }
        groups
    }

    /// Returns the excluded terms.
    pub fn excluded_terms(&self) -> impl Iterator<Item = &QueryTerm> {
        self.terms().filter(|term| term.negated)
    }

    /// Returns true if the query contains more than filters.
    pub fn has_terms(&self) -> bool {
        self.terms().next().is_some()
    }

    /// Returns the filters, each with a negation flag.
    pub fn filters(&self) -> impl Iterator<Item = (&Filter, bool)> {
        self.tokens.iter().filter_map(|token| match &token.kind {
            QueryTokenKind::Filter(filter, without) => Some((filter, *without)),
            _ => None,
        })
    }

    fn terms(&self) -> impl Iterator<Item = &QueryTerm> {
        self.tokens.iter().filter_map(|token| match &token.kind {
            QueryTokenKind::Term(term) => Some(term),
            _ => None,
        })
    }

    /// Returns `text`, the source of this query, without the filters that `unwanted` selects.
    pub fn remove_filters(&self, text: &str, unwanted: impl Fn(&Filter) -> bool) -> String {
        let kept = self.tokens.iter().filter(|token| match &token.kind {
            QueryTokenKind::Filter(filter, _) => !unwanted(filter),
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
}

impl Filter {
    /// Formats the filter as query text.
    pub fn to_query_string(&self) -> String {
        match self {
            Filter::Source(key) if key.contains(char::is_whitespace) => format!("source:\"{key}\""),
            Filter::Source(key) => format!("source:{key}"),
            Filter::Lang(lang) => format!("lang:{lang}"),
            Filter::Before(period) => format!("before:{period}"),
            Filter::After(period) => format!("after:{period}"),
            Filter::Date(Some(period)) => format!("date:{period}"),
            Filter::Date(None) => "date:none".to_owned(),
            Filter::Is(status) => format!("is:{}", status.name()),
        }
    }

    /// Appends the filter to `query`.
    pub fn add_to(&self, query: &str) -> String {
        join_non_empty([query.trim(), &self.to_query_string()].into_iter())
    }
}

fn join_non_empty<'a>(pieces: impl Iterator<Item = &'a str>) -> String {
    pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Parses the token at `start`; returns its kind and its end.
fn parse_token(text: &str, start: usize) -> (QueryTokenKind, usize) {
    let (without, body) = match text[start..].strip_prefix(['-', '－']) {
        Some(rest) if rest.starts_with(|c: char| !c.is_whitespace()) => (true, text.len() - rest.len()),
        _ => (false, start),
    };
    let word_end = text[body..].find(char::is_whitespace).map_or(text.len(), |at| body + at);
    if let Some((key, colon)) =
        text[body..word_end].split_once([':', '：']).map(|(key, _)| (key, body + key.len()))
    {
        let value_start = colon + text[colon..].chars().next().map_or(1, char::len_utf8);
        let (value, end) = parse_value(text, value_start);
        if let Some(kind) = parse_operator(key, value, without) {
            return (kind, end);
        }
    }
    let (value, end) = parse_value(text, body);
    if !without && value == "OR" && end == body + 2 {
        return (QueryTokenKind::Or, end);
    }
    (term_token(value, without, false), end)
}

fn term_token(text: &str, without: bool, in_title: bool) -> QueryTokenKind {
    QueryTokenKind::Term(QueryTerm { text: text.to_owned(), negated: without, in_title, is_prefix: false })
}

/// Parses a quoted or unquoted value at `start`; returns the value and its end. An unclosed quote extends to
/// the end, because the user may still be typing.
fn parse_value(text: &str, start: usize) -> (&str, usize) {
    let rest = &text[start..];
    if let Some(open) = rest.chars().next().filter(|c| matches!(c, '"' | '“')) {
        let inner = start + open.len_utf8();
        return match text[inner..].find(['"', '”']) {
            Some(length) => {
                let close = text[inner + length..].chars().next().map_or(1, char::len_utf8);
                (&text[inner..inner + length], inner + length + close)
            }
            None => (&text[inner..], text.len()),
        };
    }
    let end = rest.find(char::is_whitespace).map_or(text.len(), |at| start + at);
    (&text[start..end], end)
}

fn parse_operator(key: &str, value: &str, without: bool) -> Option<QueryTokenKind> {
    if value.is_empty() {
        return None;
    }
    let filter = match key.to_lowercase().as_str() {
        "title" | "标题" | "標題" => return Some(term_token(value, without, true)),
        "source" | "来源" | "來源" => Filter::Source(value.to_owned()),
        "lang" | "语言" | "語言" => Filter::Lang(parse_lang(value)?),
        "before" | "早于" | "早於" => Filter::Before(Period::parse(value)?),
        "after" | "晚于" | "晚於" => Filter::After(Period::parse(value)?),
        "date" | "日期" if value == "none" => Filter::Date(None),
        "date" | "日期" => Filter::Date(Some(Period::parse(value)?)),
        "is" | "状态" | "狀態" => Filter::Is(Status::parse(value)?),
        _ => return None,
    };
    Some(QueryTokenKind::Filter(filter, without))
}

fn parse_lang(value: &str) -> Option<Lang> {
    Lang::from_tag(value).or(match value {
        "简体" | "简体中文" | "簡體" => Some(Lang::ZhHans),
        "繁体" | "繁體" | "繁體中文" => Some(Lang::ZhHant),
        "英文" | "英语" | "英語" | "English" => Some(Lang::En),
        "日文" | "日语" | "日語" => Some(Lang::Ja),
        "韩文" | "韩语" | "韓文" | "韓語" => Some(Lang::Ko),
        _ => None,
    })
}

/// Turns each `OR` that does not join two terms into a search term.
fn resolve_or_tokens(tokens: &mut [QueryToken], text: &str) {
    let joinable = |token: Option<&QueryToken>| matches!(token, Some(QueryToken { kind: QueryTokenKind::Term(term), .. }) if !term.negated);
    for at in 0..tokens.len() {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        if tokens[at].kind == QueryTokenKind::Or && !(joinable(before) && joinable(tokens.get(at + 1))) {
            tokens[at].kind = term_token(&text[tokens[at].span.clone()], false, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Formats the query and compares: `|` joins groups, `-` marks exclusions, `[]` filters, `^` titles.
    fn check(text: &str, expected: &str) {
        let query = Query::parse(text);
        let mut shown: Vec<String> = query
            .groups()
            .iter()
            .map(|group| {
                let terms = group.iter().map(|t| format!("{}{}", if t.in_title { "^" } else { "" }, t.text));
                terms.collect::<Vec<_>>().join("|")
            })
            .collect();
        shown.extend(query.excluded_terms().map(|term| format!("-{}", term.text)));
        shown.extend(
            query
                .filters()
                .map(|(f, not)| format!("[{}{}]", if not { "-" } else { "" }, f.to_query_string())),
        );
        assert_eq!(shown.join(" "), expected, "{text}");
    }

    #[test]
    fn operators_are_parsed() {
        check("华为 5G", "华为 5G");
        check("\"exact phrase\" x", "exact phrase x");
        check("“引号” x", "引号 x");
        check("a -b", "a -b");
        check("a OR b c", "a|b c");
        check("title:船 标题：灯", "^船 ^灯");
        check("来源:法广 lang:zh-Hant 语言：英文", "[source:法广] [lang:zh-Hant] [lang:en]");
        check("source:\"The Economist\"", "[source:\"The Economist\"]");
        check(
            "after:2023-10-16 before:2023-12 date:2024 date:none",
            "[after:2023-10-16] [before:2023-12] [date:2024] [date:none]",
        );
        check("-source:a.example", "[-source:a.example]");
        check("is:starred 状态：未读 -is:READ", "[is:starred] [is:unread] [-is:read]");
    }

    #[test]
    fn invalid_operators_are_terms() {
        check("OR a", "OR a");
        check("a OR", "a OR");
        check("a - b", "a - b");
        check("before:soon", "before:soon");
        check("is:nothing", "is:nothing");
        check("12:30", "12:30");
        check("source:", "source:");
        check("\"open", "open");
        check("\"\"", "");
        check("  ", "");
    }

    #[test]
    fn last_word_matches_as_a_prefix_unless_quoted() {
        let prefixes = |text: &str| -> Vec<bool> {
            Query::parse(text).groups().iter().map(|group| group[0].is_prefix).collect()
        };
        assert_eq!(prefixes("high tid"), [false, true]);
        assert_eq!(prefixes("high \"tid\""), [false, false]);
    }

    #[test]
    fn removed_filters_leave_a_clean_query() {
        let text = "船  after:2023 灯 source:a.example before:2024";
        let query = Query::parse(text);
        let dates = |filter: &Filter| matches!(filter, Filter::After(_) | Filter::Before(_));
        assert_eq!(query.remove_filters(text, dates), "船 灯 source:a.example");
        assert_eq!(
            query.remove_token(text, &query.tokens[0].span),
            "after:2023 灯 source:a.example before:2024"
        );
        assert_eq!(Filter::Lang(Lang::En).add_to(" 船 "), "船 lang:en");
    }

    proptest! {
        #[test]
        fn any_text_parses_with_ordered_tokens(text in "\\PC*") {
            let query = Query::parse(&text);
            let mut end = 0;
            for token in &query.tokens {
                prop_assert!(token.span.start >= end && text.get(token.span.clone()).is_some());
                end = token.span.end;
            }
        }

        #[test]
        fn operators_in_any_order_do_not_panic(text in "([-\"“”:：a船 ]|OR|source:|after:2023|title:)*") {
            Query::parse(&text);
        }
    }
}
