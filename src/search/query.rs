//! Query language: terms joined by AND, `"exact phrase"`, `-excluded`, `OR`, `title:`, `source:`, `lang:`,
//! `author:`, `tag:`, `label:`, `before:`, `after:`, `date:`, `is:`, the Chinese names of these operators, and full-width colons. `AND`, `NOT` and
//! `|` join terms as well, brackets and punctuation separate them, and the quotes of all languages enclose phrases.

use super::{Period, query_parser};
use crate::model::{Id, Lang, Url};
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
    /// True if it was typed in quotes, and matches in this form alone.
    pub is_quoted: bool,
    /// True if its last word may continue, as that of a query that is still being typed.
    pub is_prefix: bool,
}

impl QueryTerm {
    /// Returns true for a term without an operator and without quotes.
    pub fn is_plain(&self) -> bool {
        !self.negated && !self.in_title && !self.is_quoted
    }
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
    /// An author has this name, or this text in the name.
    Author(String),
    /// The article has this tag or label, or one below it, as `a/b` is below `a`.
    Tag(String),
    /// The reader gave the article this label, or one below it.
    Label(String),
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

    pub(super) fn parse(name: &str) -> Option<Status> {
        let written = match name {
            "未读" | "未讀" => "unread",
            "已读" | "已讀" => "read",
            "收藏" | "已收藏" => "starred",
            "有批注" | "有批註" | "划线" | "劃線" | "畫線" => "noted",
            name => name,
        };
        Status::ALL.into_iter().find(|status| status.name().eq_ignore_ascii_case(written))
    }
}

impl Query {
    /// Parses a query string; never fails.
    pub fn parse(text: &str) -> Query {
        Query { tokens: query_parser::parse(text) }
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

    /// Returns the id of the article at the address that the query consists of, with or without its scheme.
    pub fn address(&self) -> Option<Id> {
        let mut terms = self.terms();
        let term = terms.next().filter(|term| !term.negated && !term.in_title && terms.next().is_none())?;
        let is_address = term.text.contains('/') && term.text.contains('.');
        let text = term.text.trim();
        let address =
            if query_parser::is_address(text) { text.to_owned() } else { format!("https://{text}") };
        Url::parse(&address).filter(|_| is_address).map(|url| Id::from_url(&url))
    }

    fn terms(&self) -> impl Iterator<Item = &QueryTerm> {
        self.tokens.iter().filter_map(|token| match &token.kind {
            QueryTokenKind::Term(term) => Some(term),
            _ => None,
        })
    }
}

impl Filter {
    /// Formats the filter as query text.
    pub fn to_query_string(&self) -> String {
        match self {
            Filter::Source(key) => format!("source:{}", query_parser::quote_value(key)),
            Filter::Author(name) => format!("author:{}", query_parser::quote_value(name)),
            Filter::Tag(name) => format!("tag:{}", query_parser::quote_value(name)),
            Filter::Lang(lang) => format!("lang:{lang}"),
            Filter::Before(period) => format!("before:{period}"),
            Filter::After(period) => format!("after:{period}"),
            Filter::Date(Some(period)) => format!("date:{period}"),
            Filter::Date(None) => "date:none".to_owned(),
            Filter::Is(status) => format!("is:{}", status.name()),
            Filter::Label(label) => format!("label:{}", query_parser::quote_value(label)),
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
        check("label:海 我的标签：\"人 物\" -我的標籤:x", "[label:海] [label:\"人 物\"] [-label:x]");
        check("is:starred 状态：未读 -is:READ", "[is:starred] [is:unread] [-is:read]");
        check("作者:林舟 author:“Ann Lee” -标签：水", "[author:林舟] [author:\"Ann Lee\"] [-tag:水]");
    }

    #[test]
    fn names_are_printed_as_they_are_read() {
        for name in [
            "Ann Lee",
            "O'Hara",
            "\"Doc\" Lee",
            "5\" 水",
            "「水」 江",
            "a \"b\" 「c」",
            "'tis",
            "a/b",
            "—",
            "x:y",
            "-a",
        ] {
            let filters = [Filter::Author, Filter::Tag, Filter::Label, Filter::Source];
            for filter in filters.map(|filter| filter(name.into())) {
                let query = filter.add_to("江 -水");
                let parsed = Query::parse(&query);
                assert!(parsed.filters().any(|(read, not)| *read == filter && !not), "{query}");
                assert_eq!(parsed.tokens.len(), 3, "{query}");
            }
        }
    }

    #[test]
    fn invalid_operators_are_terms() {
        check("OR a", "OR a");
        check("a OR", "a OR");
        check("a - b", "a b");
        check("before:soon", "before:soon");
        check("is:nothing", "is:nothing");
        check("12:30", "12:30");
        check("source:", "source");
        check("\"open", "open");
        check("\"\"", "");
        check("  ", "");
    }

    #[test]
    fn operators_of_other_search_engines_are_parsed() {
        check("江水 AND 渡口 && 船", "江水 渡口 船");
        check("江水 | 下雨｜雪 || 冰", "江水|下雨|雪|冰");
        check("江水|下雨", "江水|下雨");
        check("江水 or 下雨 and 船 not 雪", "江水|下雨 船 -雪");
        check("now or never and then", "now or never and then");
        check("昨夜 NOT 下雨", "昨夜 -下雨");
        check("NOT 下雨", "-下雨");
        check("NOT", "NOT");
        check("a AND", "a AND");
        check("+江水 +渡口 江水+渡口", "江水 渡口 江水 渡口");
        check("(江水 OR 下雨) 渡口", "江水|下雨 渡口");
        check("（江水）［渡口］ [x] {y}", "江水 渡口 x y");
        check("* 江*", "江");
    }

    #[test]
    fn pasted_text_is_split_at_its_signs() {
        check("江水，昨夜、渡口。", "江水 昨夜 渡口");
        check("江水,渡口", "江水 渡口");
        check("注意：江水退了（快讯）", "注意：江水退了 快讯");
        check("《红楼梦》作者", "红楼梦 作者");
        check("Tides, storms; what next?", "Tides storms what next");
        check("江水 - 渡口 … &", "江水 渡口");
        check("１，２３４ 1,234 3.14 12:30", "１，２３４ 1,234 3.14 12:30");
        check("C++ C# .NET U.S. --force -5 +86", "C++ C# .NET U.S --force +86 -5");
        check("e-mail a+b f(x)", "e-mail a+b f(x");
        check("https://a.example/1?x=(y),z", "https://a.example/1?x=(y),z");
        check("❤️ 👍", "❤️ 👍");
        check("#渡口# #江水 C# F#", "渡口 江水 C# F#");
        check("江水……渡口", "江水 渡口");
        check("见https://a.example/1，", "见https://a.example/1");
        check("https://a.example/(x)。", "https://a.example/(x)");
        check("intitle:江水 site:a.example", "^江水 [source:a.example]");
    }

    #[test]
    fn quotes_of_all_languages_enclose_phrases() {
        for text in [
            "\"a b\"",
            "“a b”",
            "「a b」",
            "『a b』",
            "«a b»",
            "„a b“",
            "‘a b’",
            "'a b'",
            "〝a b〞",
            "＂a b＂",
        ] {
            check(text, "a b");
            assert_eq!(Query::parse(text).tokens.len(), 1, "{text}");
            let term = Query::parse(text).groups()[0][0].clone();
            assert!(!term.is_prefix && term.is_quoted, "{text}");
        }
        check("他说“沙袋够用”了", "他说 沙袋够用 了");
        check("「他說『好』」", "他說『好』");
        check("don't rock 'n' roll", "don't rock n roll");
        check("‘tis O’Hara", "‘tis O’Hara");
        let quoted = |text: &str| Query::parse(text).groups()[0][0].is_quoted;
        assert!(quoted("title:\"a b\"") && quoted("\"open") && !quoted("‘tis") && !quoted("a's \"b\""));
        check("title:「江水 退了」 -“下 雨”", "^江水 退了 -下 雨");
    }

    #[test]
    fn last_word_matches_as_a_prefix_unless_quoted() {
        let prefixes = |text: &str| -> Vec<bool> {
            Query::parse(text).groups().iter().map(|group| group[0].is_prefix).collect()
        };
        assert_eq!(prefixes("high tid"), [false, true]);
        assert_eq!(prefixes("high \"tid\""), [false, false]);
    }

    proptest! {
        #[test]
        fn any_query_takes_an_added_filter(
            text in "([-+ \"'“”‘「」«»〝|:：()！。aNnOoTtRr江]|source:|author:|tag:|foo:){0,12}",
        ) {
            let filter = Filter::Is(Status::Starred);
            let query = filter.add_to(&text);
            prop_assert!(Query::parse(&query).filters().any(|(added, not)| *added == filter && !not), "{}", query);
        }

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
        fn operators_in_any_order_do_not_panic(text in "([-+|'\"“”「」（）()，、:：a船 ]|OR|and|NOT|source:|author:|标签：|after:2023|title:)*") {
            Query::parse(&text);
        }
    }
}
