//! The query language: words joined by AND, `"exact phrase"`, `-without`, `OR`, `title:`, `source:`,
//! `lang:`, `before:`, `after:`, `date:`, `is:`, the Chinese names of these, and full-width colons.

use super::period::Period;
use crate::model::Lang;
use crate::text::Pattern;
use std::ops::Range;

/// A query, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// What stands in the query string, in order.
    pub tokens: Vec<Token>,
}

/// A piece of the query string.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The bytes of the query string it was read from.
    pub at: Range<usize>,
    /// What it means.
    pub kind: TokenKind,
}

/// What a token means.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    /// Text to find, or not to find.
    Term(Term),
    /// Between two terms: either will do.
    Or,
    /// A condition on the article, or its opposite when `true`.
    Filter(Filter, bool),
}

/// Text to find.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// As it was typed, without quotes and operators.
    pub text: String,
    /// The same, ready to look for.
    pub pattern: Pattern,
    /// Whether articles with it are left out.
    pub without: bool,
    /// Whether only the title counts.
    pub in_title: bool,
}

/// A condition on an article.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// It comes from the source with this key, or with this in its name.
    Source(String),
    /// It is in this language.
    Lang(Lang),
    /// It is older than the first day of this.
    Before(Period),
    /// It is from the first day of this or newer.
    After(Period),
    /// It is from this year, month or day; `None` for undated.
    Date(Option<Period>),
    /// The reader has marked it so.
    Is(Status),
}

/// What a reader has done with an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not read.
    Unread,
    /// Read.
    Read,
    /// With a star.
    Starred,
    /// With a marked passage or a note.
    Noted,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 4] = [Status::Unread, Status::Read, Status::Starred, Status::Noted];

    /// Its name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Status::Unread => "unread",
            Status::Read => "read",
            Status::Starred => "starred",
            Status::Noted => "noted",
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
    /// Reads a query string. Whatever it holds, it means something.
    pub fn parse(text: &str) -> Query {
        let mut tokens = Vec::new();
        let mut rest = 0;
        while let Some(skip) = text[rest..].find(|c: char| !c.is_whitespace()) {
            let start = rest + skip;
            let (kind, end) = token(text, start);
            tokens.push(Token { at: start..end, kind });
            rest = end;
        }
        settle_or(&mut tokens, text);
        tokens.retain(|token| match &token.kind {
            TokenKind::Term(term) => !term.pattern.folded().is_empty(),
            _ => true,
        });
        let last = tokens.last_mut().map(|token| (&text[token.at.clone()], &mut token.kind));
        if let Some((typed, TokenKind::Term(term))) = last
            && !term.without
            && !typed.ends_with(['"', '”'])
        {
            term.pattern = term.pattern.clone().prefix();
        }
        Query { tokens }
    }

    /// The terms of the query, with those joined by `OR` in one group; a group needs one of its terms.
    pub fn groups(&self) -> Vec<Vec<&Term>> {
        let mut groups: Vec<Vec<&Term>> = Vec::new();
        let mut joined = false;
        for token in &self.tokens {
            match &token.kind {
                TokenKind::Or => joined = true,
                TokenKind::Term(term) if !term.without => {
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

    /// The terms that must not occur.
    pub fn without(&self) -> impl Iterator<Item = &Term> {
        self.terms().filter(|term| term.without)
    }

    /// Whether anything but filters stands in it.
    pub fn has_terms(&self) -> bool {
        self.terms().next().is_some()
    }

    /// The conditions, each with whether its opposite is meant.
    pub fn filters(&self) -> impl Iterator<Item = (&Filter, bool)> {
        self.tokens.iter().filter_map(|token| match &token.kind {
            TokenKind::Filter(filter, without) => Some((filter, *without)),
            _ => None,
        })
    }

    fn terms(&self) -> impl Iterator<Item = &Term> {
        self.tokens.iter().filter_map(|token| match &token.kind {
            TokenKind::Term(term) => Some(term),
            _ => None,
        })
    }

    /// The query string `text`, which this was read from, without the filters that `unwanted` picks.
    pub fn drop_filters(&self, text: &str, unwanted: impl Fn(&Filter) -> bool) -> String {
        let kept = self.tokens.iter().filter(|token| match &token.kind {
            TokenKind::Filter(filter, _) => !unwanted(filter),
            _ => true,
        });
        join(kept.map(|token| &text[token.at.clone()]))
    }

    /// The query string `text` without the token at `at`.
    pub fn drop_token(&self, text: &str, at: &Range<usize>) -> String {
        join(self.tokens.iter().filter(|token| token.at != *at).map(|token| &text[token.at.clone()]))
    }
}

impl Filter {
    /// The filter as it is written in a query string.
    pub fn written(&self) -> String {
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

    /// `query` with this filter at its end.
    pub fn add_to(&self, query: &str) -> String {
        join([query.trim(), &self.written()].into_iter())
    }
}

fn join<'a>(pieces: impl Iterator<Item = &'a str>) -> String {
    pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Reads the token that begins at `start` and says where it ends.
fn token(text: &str, start: usize) -> (TokenKind, usize) {
    let (without, body) = match text[start..].strip_prefix(['-', '－']) {
        Some(rest) if rest.starts_with(|c: char| !c.is_whitespace()) => (true, text.len() - rest.len()),
        _ => (false, start),
    };
    let word_end = text[body..].find(char::is_whitespace).map_or(text.len(), |at| body + at);
    if let Some((key, colon)) =
        text[body..word_end].split_once([':', '：']).map(|(key, _)| (key, body + key.len()))
    {
        let value_start = colon + text[colon..].chars().next().map_or(1, char::len_utf8);
        let (value, end) = value(text, value_start);
        if let Some(kind) = operator(key, value, without) {
            return (kind, end);
        }
    }
    let (value, end) = value(text, body);
    if !without && value == "OR" && end == body + 2 {
        return (TokenKind::Or, end);
    }
    (term(value, without, false), end)
}

fn term(text: &str, without: bool, in_title: bool) -> TokenKind {
    TokenKind::Term(Term { text: text.to_owned(), pattern: Pattern::new(text), without, in_title })
}

/// A quoted or unquoted value from `start`, and where it ends. A quote that never closes runs to the end,
/// as it does while somebody is typing it.
fn value(text: &str, start: usize) -> (&str, usize) {
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

fn operator(key: &str, value: &str, without: bool) -> Option<TokenKind> {
    if value.is_empty() {
        return None;
    }
    let filter = match key.to_lowercase().as_str() {
        "title" | "标题" | "標題" => return Some(term(value, without, true)),
        "source" | "来源" | "來源" => Filter::Source(value.to_owned()),
        "lang" | "语言" | "語言" => Filter::Lang(language(value)?),
        "before" | "早于" | "早於" => Filter::Before(Period::parse(value)?),
        "after" | "晚于" | "晚於" => Filter::After(Period::parse(value)?),
        "date" | "日期" if value == "none" => Filter::Date(None),
        "date" | "日期" => Filter::Date(Some(Period::parse(value)?)),
        "is" | "状态" | "狀態" => Filter::Is(Status::parse(value)?),
        _ => return None,
    };
    Some(TokenKind::Filter(filter, without))
}

fn language(value: &str) -> Option<Lang> {
    Lang::from_tag(value).or(match value {
        "简体" | "简体中文" | "簡體" => Some(Lang::ZhHans),
        "繁体" | "繁體" | "繁體中文" => Some(Lang::ZhHant),
        "英文" | "英语" | "英語" | "English" => Some(Lang::En),
        "日文" | "日语" | "日語" => Some(Lang::Ja),
        "韩文" | "韩语" | "韓文" | "韓語" => Some(Lang::Ko),
        _ => None,
    })
}

/// `OR` joins two terms; anywhere else it is a word.
fn settle_or(tokens: &mut [Token], text: &str) {
    let joinable = |token: Option<&Token>| matches!(token, Some(Token { kind: TokenKind::Term(term), .. }) if !term.without);
    for at in 0..tokens.len() {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        if tokens[at].kind == TokenKind::Or && !(joinable(before) && joinable(tokens.get(at + 1))) {
            tokens[at].kind = term(&text[tokens[at].at.clone()], false, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A query written out: groups with `|`, exclusions with `-`, filters with `[]`.
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
        shown.extend(query.without().map(|term| format!("-{}", term.text)));
        shown.extend(
            query.filters().map(|(f, not)| format!("[{}{}]", if not { "-" } else { "" }, f.written())),
        );
        assert_eq!(shown.join(" "), expected, "{text}");
    }

    #[test]
    fn operators_are_read() {
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
    fn what_is_no_operator_is_text() {
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
    fn the_last_word_goes_on_unless_it_is_quoted() {
        let last = |text: &str| {
            let query = Query::parse(text);
            query.groups().last().unwrap()[0].pattern.is_in("tides")
        };
        assert!(last("tid"));
        assert!(!last("\"tid\""));
    }

    #[test]
    fn filters_leave_without_a_trace() {
        let text = "船  after:2023 灯 source:a.example before:2024";
        let query = Query::parse(text);
        let dates = |filter: &Filter| matches!(filter, Filter::After(_) | Filter::Before(_));
        assert_eq!(query.drop_filters(text, dates), "船 灯 source:a.example");
        assert_eq!(query.drop_token(text, &query.tokens[0].at), "after:2023 灯 source:a.example before:2024");
        assert_eq!(Filter::Lang(Lang::En).add_to(" 船 "), "船 lang:en");
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in "\\PC*") {
            let query = Query::parse(&text);
            let mut end = 0;
            for token in &query.tokens {
                prop_assert!(token.at.start >= end && text.get(token.at.clone()).is_some());
                end = token.at.end;
            }
        }

        #[test]
        fn operators_in_any_order_are_read(text in "([-\"“”:：a船 ]|OR|source:|after:2023|title:)*") {
            Query::parse(&text);
        }
    }
}
