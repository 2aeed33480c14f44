//! Route state: the state of a tab, encoded in the URL fragment.

use crate::model::Id;
use crate::search::Period;
use crate::search::SortOrder;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// State of a tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteState {
    /// Query with all filters.
    pub query: String,
    /// Selected sort order; `None` for the default.
    pub sort: Option<SortOrder>,
    /// Open article.
    pub article: Option<Id>,
    /// True if the article fills the window although the list would fit next to it.
    pub full_window: bool,
    /// Page shown instead of the list while no article is open.
    pub page: Option<RoutePage>,
}

/// Page shown instead of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoutePage {
    /// Front page of a day or a month.
    Front(Period),
    /// Archive information.
    About,
    /// Annotations of the reader.
    Annotations,
}

/// Action that changes the route state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteAction {
    /// Edits the query.
    Search(String),
    /// Closes the article or page and lists the results of another query.
    OpenList(String),
    /// Selects a sort order.
    SetSort(SortOrder),
    /// Opens an article.
    Open(Id),
    /// Opens an article in the results of another query.
    OpenIn(String, Id),
    /// Opens a page.
    OpenPage(RoutePage),
    /// Sets whether the article fills the window.
    SetFullWindow(bool),
    /// Closes the article or page.
    Close,
}

impl RouteState {
    /// Returns the state after `action`.
    pub fn apply(&self, action: RouteAction) -> RouteState {
        let state = self.clone();
        match action {
            RouteAction::Search(query) => RouteState { query, ..state },
            RouteAction::OpenList(query) => {
                RouteState { query, article: None, full_window: false, page: None, ..state }
            }
            RouteAction::SetSort(sort) => RouteState { sort: Some(sort), ..state },
            RouteAction::Open(id) => RouteState { article: Some(id), page: None, ..state },
            RouteAction::OpenIn(query, id) => RouteState { query, article: Some(id), page: None, ..state },
            RouteAction::OpenPage(page) => {
                RouteState { article: None, full_window: false, page: Some(page), ..state }
            }
            RouteAction::SetFullWindow(alone) => RouteState { full_window: alone, ..state },
            RouteAction::Close => RouteState { article: None, full_window: false, page: None, ..state },
        }
    }

    /// Returns the effective sort order: the selected one, or else `usual`. Sorting by relevance needs search
    /// terms.
    pub fn effective_sort(&self, usual: SortOrder, has_terms: bool) -> SortOrder {
        match self.sort.unwrap_or(usual) {
            SortOrder::Relevance if !has_terms => SortOrder::Newest,
            sort => sort,
        }
    }

    /// Returns the URL fragment with `#`; inverse of [`from_fragment`](RouteState::from_fragment).
    pub fn to_fragment(&self) -> String {
        let mut url = String::from("#/");
        if let Some(id) = self.article {
            url += if self.full_window { "read/" } else { "a/" };
            url += &id.to_string();
        }
        match self.page {
            Some(RoutePage::Front(period)) => url += &format!("day/{period}"),
            Some(RoutePage::About) => url += "about",
            Some(RoutePage::Annotations) => url += "passages",
            None => {}
        }
        let sort = self.sort.map(|sort| sort.name().to_owned()).unwrap_or_default();
        let pairs = [("q", encode_component(&self.query)), ("sort", sort)];
        for (i, (name, value)) in pairs.iter().filter(|(_, value)| !value.is_empty()).enumerate() {
            url.push(if i == 0 { '?' } else { '&' });
            url += &format!("{name}={value}");
        }
        url
    }

    /// Parses a fragment. Unknown parts are ignored, so every URL opens some view.
    pub fn from_fragment(fragment: &str) -> RouteState {
        let rest = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, pairs) = rest.split_once('?').unwrap_or((rest, ""));
        let mut state = RouteState::default();
        let mut parts = path.trim_start_matches('/').split('/');
        let kind = parts.next();
        if let Some("a" | "read") = kind {
            state.article = parts.next().and_then(|id| id.parse().ok());
            state.full_window = kind == Some("read") && state.article.is_some();
        }
        state.page = match kind {
            // There is no front page of a whole year.
            Some("day") => parts
                .next()
                .and_then(Period::parse)
                .filter(|period| period.month.is_some())
                .map(RoutePage::Front),
            Some("about") => Some(RoutePage::About),
            Some("passages") => Some(RoutePage::Annotations),
            _ => None,
        };
        for pair in pairs.split('&') {
            match pair.split_once('=') {
                Some(("q", value)) => state.query = decode_component(value),
                Some(("sort", value)) => state.sort = SortOrder::from_name(value),
                _ => {}
            }
        }
        state
    }
}

/// ASCII characters that are invalid in a fragment or used as syntax here; a space becomes `+`.
const SYNTAX: &AsciiSet = &CONTROLS
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'#')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'\\')
    .add(b'^')
    .add(b'{')
    .add(b'}')
    .add(b'|');

/// Percent-encodes [`SYNTAX`], controls and white space. Chinese stays readable.
fn encode_component(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' => encoded.push('+'),
            c if !c.is_ascii() && !c.is_control() && !c.is_whitespace() => encoded.push(c),
            c => encoded.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), SYNTAX)),
        }
    }
    encoded
}

/// Decodes the output of [`encode_component`], and variants produced by browsers and messengers.
fn decode_component(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the encoding of `c` in published fragments.
    fn expected_encoding(c: char) -> String {
        let codes = || c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
        match c {
            ' ' => "+".to_owned(),
            c if c.is_control() || c.is_whitespace() || "%&+#\"<>`\\^{}|".contains(c) => codes(),
            c => c.to_string(),
        }
    }

    #[test]
    fn every_character_keeps_its_encoding() {
        let more = "\u{2028}\u{3000}\u{200b}潮汐🌊".chars();
        for c in (0..=255).map(char::from).chain(more) {
            let encoded = encode_component(&c.to_string());
            assert_eq!(encoded, expected_encoding(c));
            assert_eq!(decode_component(&encoded), c.to_string());
        }
    }

    #[test]
    fn every_encoded_byte_is_decoded_in_both_cases() {
        for byte in 0..=255 {
            let expected = String::from_utf8_lossy(&[byte]).into_owned();
            assert_eq!(decode_component(&format!("%{byte:02X}")), expected);
            assert_eq!(decode_component(&format!("%{byte:02x}")), expected);
        }
        assert_eq!(decode_component("100%+%zz%e6%bd%ae%"), "100% %zz潮%");
    }

    #[test]
    fn state_encodes_to_a_readable_url() {
        let state = RouteState {
            query: "台灣 source:a.example".into(),
            sort: Some(SortOrder::Oldest),
            article: Some(Id::from_path("x")),
            ..RouteState::default()
        };
        let id = Id::from_path("x");
        assert_eq!(state.to_fragment(), format!("#/a/{id}?q=台灣+source:a.example&sort=oldest"));
    }

    #[test]
    fn invalid_urls_open_the_list() {
        for url in
            ["", "#", "#/", "#fn1", "#/a/nonsense", "#/a/?q=%", "#/nowhere?x&=&q", "#/day/2023", "#/day/x"]
        {
            let state = RouteState::from_fragment(url);
            assert_eq!((state.article, state.page), (None, None), "{url}");
        }
        assert_eq!(RouteState::from_fragment("#/?q=%E5%8F%B0+a").query, "台 a");
    }

    #[test]
    fn pages_have_urls() {
        let day = RoutePage::Front(Period::parse("2023-10-07").unwrap());
        let state =
            RouteState { query: "灯".into(), ..RouteState::default() }.apply(RouteAction::OpenPage(day));
        assert_eq!(state.to_fragment(), "#/day/2023-10-07?q=灯");
        assert_eq!(RouteState::from_fragment("#/about").page, Some(RoutePage::About));
        let article = state.apply(RouteAction::OpenIn("date:2023-10-07".into(), Id::from_path("x")));
        assert_eq!((article.page, article.query.as_str()), (None, "date:2023-10-07"));
        assert_eq!(state.apply(RouteAction::Close).to_fragment(), "#/?q=灯");
        assert_eq!(article.apply(RouteAction::OpenList("船".into())).to_fragment(), "#/?q=船");
    }

    #[test]
    fn relevance_without_terms_falls_back_to_newest() {
        let state = RouteState::default().apply(RouteAction::SetSort(SortOrder::Relevance));
        assert_eq!(state.effective_sort(SortOrder::Newest, false), SortOrder::Newest);
        assert_eq!(state.effective_sort(SortOrder::Newest, true), SortOrder::Relevance);
        assert_eq!(RouteState::default().effective_sort(SortOrder::Relevance, true), SortOrder::Relevance);
        assert_eq!(
            RouteState::default()
                .apply(RouteAction::SetSort(SortOrder::Oldest))
                .effective_sort(SortOrder::Relevance, true),
            SortOrder::Oldest
        );
    }

    proptest! {
        #[test]
        fn state_round_trips_through_its_url(query in "(?s).*", sort in 0..4, path in proptest::option::of(".*"), alone: bool, page in 0..5) {
            let sort = [None, Some(SortOrder::Newest), Some(SortOrder::Oldest), Some(SortOrder::Relevance)][sort as usize];
            let article = path.map(|path| Id::from_path(&path));
            let pages = [None, Some(RoutePage::About), Some(RoutePage::Annotations), Period::parse("2023-10").map(RoutePage::Front), Period::parse("0987-10-01").map(RoutePage::Front)];
            let page = pages[page as usize].filter(|_| article.is_none());
            let state = RouteState { query, sort, full_window: alone && article.is_some(), article, page };
            prop_assert_eq!(RouteState::from_fragment(&state.to_fragment()), state);
        }
    }
}
