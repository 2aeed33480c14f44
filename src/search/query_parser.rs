//! Parser of the query language, tolerant of text pasted from pages and of the habits of other search engines.

use super::Period;
use super::query::{Filter, QueryTerm, QueryToken, QueryTokenKind, Status};
use crate::model::{Lang, strip_http_scheme};
use crate::text::is_cjk;

/// Parses a query string; never fails.
pub(super) fn parse(text: &str) -> Vec<QueryToken> {
    let mut tokens = Vec::new();
    let mut rest = 0;
    while let Some(skip) =
        text[rest..].find(|c: char| !(c.is_whitespace() || is_separator(c) || is_bracket(c)))
    {
        let start = rest + skip;
        let (kind, end) = parse_token(text, start);
        tokens.push(QueryToken { span: start..end, kind });
        rest = end;
    }
    let mut tokens = resolve_operators(tokens, text);
    tokens.retain(|token| match &token.kind {
        QueryTokenKind::Term(term) => !term.text.trim().is_empty(),
        _ => true,
    });
    for token in &mut tokens {
        if let QueryTokenKind::Term(term) = &mut token.kind {
            term.is_quoted = is_quoted(&text[token.span.clone()], &term.text);
        }
    }
    let last = tokens.last_mut().map(|token| (&text[token.span.clone()], &mut token.kind));
    if let Some((typed, QueryTokenKind::Term(term))) = last
        && !term.negated
        && !typed.ends_with(is_closing_quote)
    {
        term.is_prefix = true;
    }
    tokens
}

/// Parses the token at `start`; returns its kind and its end.
fn parse_token(text: &str, start: usize) -> (QueryTokenKind, usize) {
    let rest = &text[start..];
    if let Some(after) = rest.strip_prefix(['|', '｜']) {
        return (QueryTokenKind::Or, text.len() - after.trim_start_matches(['|', '｜']).len());
    }
    let sign = rest.strip_prefix(['-', '－', '+', '＋']).filter(|after| {
        // `--force` is a word, and `+86` a number.
        let is_minus = rest.starts_with(['-', '－']);
        after.starts_with(|c: char| {
            !c.is_whitespace() && !matches!(c, '-' | '－' | '+') && (is_minus || !c.is_ascii_digit())
        })
    });
    let body = sign.map_or(start, |after| text.len() - after.len());
    let negated = sign.is_some() && rest.starts_with(['-', '－']);
    let word_end = term_end(text, body);
    if let Some((key, colon)) =
        text[body..word_end].split_once([':', '：']).map(|(key, _)| (key, body + key.len()))
    {
        let value_start = colon + text[colon..].chars().next().map_or(1, char::len_utf8);
        let (value, end) = parse_value(text, value_start);
        if let Some(kind) = parse_operator(key, value, negated) {
            return (kind, end);
        }
    }
    if let Some((value, end)) = parse_quoted(text, body) {
        return (term_token(value, negated, false), end);
    }
    (term_token(trim_term(&text[body..word_end]), negated, false), word_end)
}

fn term_token(text: &str, negated: bool, in_title: bool) -> QueryTokenKind {
    QueryTokenKind::Term(QueryTerm {
        text: text.to_owned(),
        negated,
        in_title,
        is_quoted: false,
        is_prefix: false,
    })
}

/// Returns the end of the unquoted term at `start`: white space, a quote, or a sign between two terms.
fn term_end(text: &str, start: usize) -> usize {
    // Signs are part of an address.
    let is_address = is_address(&text[start..]);
    let mut before = None;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let joins = |is_part: fn(char) -> bool| before.is_some_and(is_part) && next.is_some_and(is_part);
        let ends = c.is_whitespace()
            || !is_address
                && before.is_some()
                && match c {
                    '|' | '｜' => true,
                    '+' | ',' | ';' | '!' | '?' => joins(is_cjk),
                    '"' => before.is_some_and(is_cjk),
                    _ if is_separator(c) => !joins(char::is_numeric),
                    _ => {
                        is_bracket(c) && !c.is_ascii()
                            || closing_quote(c).is_some() && (!is_apostrophe(c) || before.is_some_and(is_cjk))
                    }
                };
        if ends {
            return start + at;
        }
        before = Some(c);
    }
    text.len()
}

/// Removes the signs around a term that belong to the sentence it was taken from.
fn trim_term(term: &str) -> &str {
    if is_address(term) {
        // A closing bracket may belong to the address.
        let is_outer =
            |c: char| is_separator(c) || is_closing_quote(c) || matches!(c, ',' | ';' | '.' | '）' | '》');
        return term.trim_end_matches(is_outer);
    }
    let is_outer = |c: char| {
        is_separator(c)
            || is_bracket(c)
            || is_closing_quote(c)
            || matches!(c, ',' | ';' | ':' | '：' | '!' | '?' | '*')
    };
    let inner = term.trim_start_matches(is_outer).trim_end_matches(|c| is_outer(c) || c == '.');
    let inner = trim_hashes(inner);
    // A dash, an ampersand or dots alone are no word, but an emoji is one.
    if inner.chars().all(|c| c.is_ascii_punctuation() || matches!(c, '\u{2010}'..='\u{2027}' | '－' | '＆'))
    {
        return "";
    }
    inner
}

/// Removes the signs of a hashtag, but not those of `C#`.
fn trim_hashes(term: &str) -> &str {
    let inner = term.strip_prefix(['#', '＃']).filter(|inner| inner.starts_with(is_cjk)).unwrap_or(term);
    inner.strip_suffix(['#', '＃']).filter(|inner| inner.ends_with(is_cjk)).unwrap_or(inner)
}

/// Returns true if `text` begins with the address of a page.
pub(super) fn is_address(text: &str) -> bool {
    strip_http_scheme(text).is_some()
}

/// Returns true for signs that end a clause or separate the words of a list.
fn is_separator(c: char) -> bool {
    matches!(c, '，' | '、' | '。' | '；' | '！' | '？' | '…' | '｡' | '､' | '﹐' | '﹑')
}

fn is_bracket(c: char) -> bool {
    "()[]{}（）［］｛｝【】〔〕〖〗《》〈〉".contains(c)
}

/// Returns the quotes that close what `open` opens.
fn closing_quote(open: char) -> Option<&'static [char]> {
    Some(match open {
        '"' | '“' | '”' | '„' | '‟' | '＂' => &['"', '“', '”', '‟', '＂'],
        '「' | '｢' | '﹁' => &['」', '｣', '﹂'],
        '『' | '﹃' => &['』', '﹄'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '›' => &['‹'],
        '‘' | '‚' => &['’', '‘'],
        '\'' => &['\''],
        '〝' => &['〞', '〟'],
        _ => return None,
    })
}

/// Returns true if a phrase at the end of `text` may have no closing quote. Only quotes around whole words and around the
/// values of filters count as closed.
pub(super) fn may_have_open_quote(text: &str) -> bool {
    let mut rest = text;
    let has_apostrophe = text.contains(is_apostrophe);
    while let Some((before, opened)) = rest.find(is_quote).and_then(|at| rest.split_at_checked(at)) {
        let prefix = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let starts_value = matches!(prefix.trim_start_matches('-'), "" | "source:" | "author:" | "tag:");
        let mut inner = opened.chars();
        let closing = inner.next().and_then(closing_quote).unwrap_or_default();
        match inner.as_str().split_once(closing) {
            Some((_, after))
                if starts_value
                    && !has_apostrophe
                    && (after.is_empty() || after.starts_with(char::is_whitespace)) =>
            {
                rest = after;
            }
            _ => return true,
        }
    }
    false
}

/// Returns true for quotes that may open a phrase which no closing one ends.
fn is_quote(c: char) -> bool {
    closing_quote(c).is_some() && !is_apostrophe(c)
}

/// Returns true for opening quotes that are apostrophes within words.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '‘' | '‚')
}

fn is_closing_quote(c: char) -> bool {
    "\"“”‟＂」｣﹂』﹄«»‹›’'〞〟".contains(c)
}

/// Returns true if quotes enclose `text` in `typed`, the source of its token.
fn is_quoted(typed: &str, text: &str) -> bool {
    let open = typed.split_once(text).and_then(|(before, _)| before.chars().next_back());
    open.is_some_and(|open| {
        closing_quote(open).is_some() && (!is_apostrophe(open) || typed.ends_with(is_closing_quote))
    })
}

/// Parses a quoted phrase at `start`; returns the phrase and its end. An unclosed quote extends to the end, because the
/// user may still be typing, but a single one is an apostrophe.
fn parse_quoted(text: &str, start: usize) -> Option<(&str, usize)> {
    let open = text[start..].chars().next()?;
    let closing = closing_quote(open)?;
    let inner = start + open.len_utf8();
    let is_single = is_apostrophe(open);
    let ends_word = |at: usize| !text[at..].chars().nth(1).is_some_and(char::is_alphanumeric);
    let close = text[inner..]
        .char_indices()
        .map(|(at, c)| (inner + at, c))
        .find(|&(at, c)| closing.contains(&c) && (!is_single || ends_word(at)));
    match close {
        Some((close, c)) => Some((&text[inner..close], close + c.len_utf8())),
        None if is_single => None,
        None => Some((&text[inner..], text.len())),
    }
}

/// Parses a quoted or unquoted value at `start`; returns the value and its end.
fn parse_value(text: &str, start: usize) -> (&str, usize) {
    parse_quoted(text, start).unwrap_or_else(|| {
        let end = text[start..].find(char::is_whitespace).map_or(text.len(), |at| start + at);
        (&text[start..end], end)
    })
}

/// Quotes the value of an operator, unless it is read back as it is. The quotes are ones that the value does not contain.
pub(super) fn quote_value(value: &str) -> String {
    const QUOTES: [[char; 2]; 4] = [['"', '"'], ['「', '」'], ['«', '»'], ['〝', '〞']];
    if parse_value(value, 0) == (value, value.len()) {
        return value.to_owned();
    }
    let is_free = |[open, _]: &&[char; 2]| !value.contains(closing_quote(*open).unwrap_or_default());
    let [open, close] = QUOTES.iter().find(is_free).unwrap_or(&QUOTES[0]);
    format!("{open}{value}{close}")
}

fn parse_operator(key: &str, value: &str, negated: bool) -> Option<QueryTokenKind> {
    if value.is_empty() {
        return None;
    }
    let filter = match key.to_ascii_lowercase().as_str() {
        "title" | "intitle" | "标题" | "標題" => return Some(term_token(value, negated, true)),
        "source" | "site" | "来源" | "來源" => Filter::Source(value.to_owned()),
        "author" | "作者" => Filter::Author(value.to_owned()),
        "tag" | "标签" | "標籤" => Filter::Tag(value.to_owned()),
        "lang" | "语言" | "語言" => Filter::Lang(parse_lang(value)?),
        "before" | "早于" | "早於" => Filter::Before(Period::parse(value)?),
        "after" | "晚于" | "晚於" => Filter::After(Period::parse(value)?),
        "date" | "日期" if value == "none" => Filter::Date(None),
        "date" | "日期" => Filter::Date(Some(Period::parse(value)?)),
        "label" | "我的标签" | "我的標籤" => Filter::Label(value.to_owned()),
        "is" | "状态" | "狀態" => Filter::Is(Status::parse(value)?),
        _ => return None,
    };
    Some(QueryTokenKind::Filter(filter, negated))
}

fn parse_lang(value: &str) -> Option<Lang> {
    Lang::from_tag(value).or(match value {
        "简体" | "简体中文" | "簡體" | "簡體中文" => Some(Lang::ZhHans),
        "繁体" | "繁体中文" | "繁體" | "繁體中文" => Some(Lang::ZhHant),
        "英文" | "英语" | "英語" | "English" => Some(Lang::En),
        "日文" | "日语" | "日語" => Some(Lang::Ja),
        "韩文" | "韩语" | "韓文" | "韓語" => Some(Lang::Ko),
        _ => None,
    })
}

/// Word between two terms.
#[derive(Clone, Copy, PartialEq)]
enum Connective {
    And,
    Or,
    Not,
}

impl Connective {
    fn of(token: &QueryToken, text: &str) -> Option<Connective> {
        match text[token.span.clone()].to_ascii_uppercase().as_str() {
            _ if token.kind == QueryTokenKind::Or => Some(Connective::Or),
            "AND" | "&" | "&&" => Some(Connective::And),
            "OR" => Some(Connective::Or),
            "NOT" => Some(Connective::Not),
            _ => None,
        }
    }
}

/// Joins terms by the connectives between them. A connective without its terms is a search term, and so is one in
/// lower case next to a Latin word.
fn resolve_operators(tokens: Vec<QueryToken>, text: &str) -> Vec<QueryToken> {
    let mut resolved: Vec<QueryToken> = Vec::new();
    let mut not_from = None;
    for (at, mut token) in tokens.iter().cloned().enumerate() {
        let next =
            tokens.get(at + 1).filter(|next| is_joinable(next) && Connective::of(next, text).is_none());
        let before = resolved.last().filter(|before| is_joinable(before));
        let word = &text[token.span.clone()];
        let is_plain =
            |token: &QueryToken| !text[token.span.clone()].contains(|c: char| c.is_ascii_alphabetic());
        let is_word = word.contains(|c: char| c.is_ascii_lowercase());
        let is_meant = !is_word || next.is_none_or(is_plain) && before.is_none_or(is_plain);
        match Connective::of(&token, text).filter(|_| is_meant && next.is_some()) {
            Some(Connective::Or) if before.is_some() => token.kind = QueryTokenKind::Or,
            Some(Connective::And) if !resolved.is_empty() => continue,
            Some(Connective::Not) => {
                not_from = Some(token.span.start);
                continue;
            }
            _ if token.kind == QueryTokenKind::Or => token.kind = term_token(trim_term(word), false, false),
            _ => {}
        }
        if let (Some(start), QueryTokenKind::Term(term)) = (not_from.take(), &mut token.kind) {
            term.negated = true;
            token.span.start = start;
        }
        resolved.push(token);
    }
    resolved
}

fn is_joinable(token: &QueryToken) -> bool {
    matches!(&token.kind, QueryTokenKind::Term(term) if !term.negated)
}
