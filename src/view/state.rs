//! Route state: the state of a tab, encoded in the URL fragment.

use crate::model::Id;
use crate::search::Period;

/// State of a tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Query with all filters.
    pub query: String,
    /// Selected sort order; `None` for the default.
    pub sort: Option<Sort>,
    /// Open article.
    pub article: Option<Id>,
    /// True if the article fills the window although the list would fit next to it.
    pub alone: bool,
    /// Page shown instead of the list while no article is open.
    pub page: Option<Page>,
}

/// Page shown instead of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Front page of a day or a month.
    Front(Period),
    /// Archive information.
    About,
    /// Annotations of the reader.
    Passages,
}

/// Sort order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
    /// Best match first.
    Relevance,
}

/// Action that changes the route state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Edits the query.
    Search(String),
    /// Closes the article or page and lists the results of another query.
    SearchAll(String),
    /// Selects a sort order.
    Order(Sort),
    /// Opens an article.
    Open(Id),
    /// Opens an article in the results of another query.
    OpenIn(String, Id),
    /// Opens a page.
    Show(Page),
    /// Sets whether the article fills the window.
    Alone(bool),
    /// Closes the article or page.
    Close,
}

impl State {
    /// Returns the state after `action`.
    pub fn apply(&self, action: Action) -> State {
        let state = self.clone();
        match action {
            Action::Search(query) => State { query, ..state },
            Action::SearchAll(query) => State { query, article: None, alone: false, page: None, ..state },
            Action::Order(sort) => State { sort: Some(sort), ..state },
            Action::Open(id) => State { article: Some(id), page: None, ..state },
            Action::OpenIn(query, id) => State { query, article: Some(id), page: None, ..state },
            Action::Show(page) => State { article: None, alone: false, page: Some(page), ..state },
            Action::Alone(alone) => State { alone, ..state },
            Action::Close => State { article: None, alone: false, page: None, ..state },
        }
    }

    /// Returns the effective sort order: the selected one, or else `usual`. Sorting by relevance needs search
    /// terms.
    pub fn order(&self, usual: Sort, has_terms: bool) -> Sort {
        match self.sort.unwrap_or(usual) {
            Sort::Relevance if !has_terms => Sort::Newest,
            sort => sort,
        }
    }

    /// Returns the URL fragment with `#`; inverse of [`from_url`](State::from_url).
    pub fn to_url(&self) -> String {
        let mut url = String::from("#/");
        if let Some(id) = self.article {
            url += if self.alone { "read/" } else { "a/" };
            url += &id.to_string();
        }
        match self.page {
            Some(Page::Front(period)) => url += &format!("day/{period}"),
            Some(Page::About) => url += "about",
            Some(Page::Passages) => url += "passages",
            None => {}
        }
        let sort = self.sort.map(|sort| sort.name().to_owned()).unwrap_or_default();
        let pairs = [("q", encode(&self.query)), ("sort", sort)];
        for (i, (name, value)) in pairs.iter().filter(|(_, value)| !value.is_empty()).enumerate() {
            url.push(if i == 0 { '?' } else { '&' });
            url += &format!("{name}={value}");
        }
        url
    }

    /// Parses a fragment. Unknown parts are ignored, so every URL opens some view.
    pub fn from_url(fragment: &str) -> State {
        let rest = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, pairs) = rest.split_once('?').unwrap_or((rest, ""));
        let mut state = State::default();
        let mut parts = path.trim_start_matches('/').split('/');
        let kind = parts.next();
        if let Some("a" | "read") = kind {
            state.article = parts.next().and_then(|id| id.parse().ok());
            state.alone = kind == Some("read") && state.article.is_some();
        }
        state.page = match kind {
            // There is no front page of a whole year.
            Some("day") => {
                parts.next().and_then(Period::parse).filter(|period| period.month.is_some()).map(Page::Front)
            }
            Some("about") => Some(Page::About),
            Some("passages") => Some(Page::Passages),
            _ => None,
        };
        for pair in pairs.split('&') {
            match pair.split_once('=') {
                Some(("q", value)) => state.query = decode(value),
                Some(("sort", value)) => state.sort = Sort::from_name(value),
                _ => {}
            }
        }
        state
    }
}

impl Sort {
    /// Returns the name used in URLs.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
            Sort::Relevance => "relevance",
        }
    }

    fn from_name(name: &str) -> Option<Sort> {
        [Sort::Newest, Sort::Oldest, Sort::Relevance].into_iter().find(|sort| sort.name() == name)
    }
}

/// Percent-encodes characters that are invalid in a fragment or used as syntax here. Chinese stays readable.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' => encoded.push('+'),
            '%' | '&' | '+' | '#' | '"' | '<' | '>' | '`' | '\\' | '^' | '{' | '}' | '|' => {
                encoded += &format!("%{:02X}", u32::from(c));
            }
            c if c.is_control() || c.is_whitespace() => {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| encoded += &format!("%{byte:02X}"));
            }
            c => encoded.push(c),
        }
    }
    encoded
}

/// Decodes the output of [`encode`], and variants produced by browsers and messengers.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = || u8::from_str_radix(text.get(at + 1..at + 3)?, 16).ok();
        match (byte, hex()) {
            (b'%', Some(value)) => {
                decoded.push(value);
                at += 3;
                continue;
            }
            (b'+', _) => decoded.push(b' '),
            _ => decoded.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn state_encodes_to_a_readable_url() {
        let state = State {
            query: "台灣 source:a.example".into(),
            sort: Some(Sort::Oldest),
            article: Some(Id::of_path("x")),
            ..State::default()
        };
        let id = Id::of_path("x");
        assert_eq!(state.to_url(), format!("#/a/{id}?q=台灣+source:a.example&sort=oldest"));
    }

    #[test]
    fn invalid_urls_open_the_list() {
        for url in
            ["", "#", "#/", "#fn1", "#/a/nonsense", "#/a/?q=%", "#/nowhere?x&=&q", "#/day/2023", "#/day/x"]
        {
            let state = State::from_url(url);
            assert_eq!((state.article, state.page), (None, None), "{url}");
        }
        assert_eq!(State::from_url("#/?q=%E5%8F%B0+a").query, "台 a");
    }

    #[test]
    fn pages_have_urls() {
        let day = Page::Front(Period::parse("2023-10-07").unwrap());
        let state = State { query: "灯".into(), ..State::default() }.apply(Action::Show(day));
        assert_eq!(state.to_url(), "#/day/2023-10-07?q=灯");
        assert_eq!(State::from_url("#/about").page, Some(Page::About));
        let article = state.apply(Action::OpenIn("date:2023-10-07".into(), Id::of_path("x")));
        assert_eq!((article.page, article.query.as_str()), (None, "date:2023-10-07"));
        assert_eq!(state.apply(Action::Close).to_url(), "#/?q=灯");
        assert_eq!(article.apply(Action::SearchAll("船".into())).to_url(), "#/?q=船");
    }

    #[test]
    fn relevance_without_terms_falls_back_to_newest() {
        let state = State::default().apply(Action::Order(Sort::Relevance));
        assert_eq!(state.order(Sort::Newest, false), Sort::Newest);
        assert_eq!(state.order(Sort::Newest, true), Sort::Relevance);
        assert_eq!(State::default().order(Sort::Relevance, true), Sort::Relevance);
        assert_eq!(
            State::default().apply(Action::Order(Sort::Oldest)).order(Sort::Relevance, true),
            Sort::Oldest
        );
    }

    proptest! {
        #[test]
        fn state_round_trips_through_its_url(query in "(?s).*", sort in 0..4, path in proptest::option::of(".*"), alone: bool, page in 0..5) {
            let sort = [None, Some(Sort::Newest), Some(Sort::Oldest), Some(Sort::Relevance)][sort as usize];
            let article = path.map(|path| Id::of_path(&path));
            let pages = [None, Some(Page::About), Some(Page::Passages), Period::parse("2023-10").map(Page::Front), Period::parse("0987-10-01").map(Page::Front)];
            let page = pages[page as usize].filter(|_| article.is_none());
            let state = State { query, sort, alone: alone && article.is_some(), article, page };
            prop_assert_eq!(State::from_url(&state.to_url()), state);
        }
    }
}
