//! Changes of the browser's history by actions and overlays.
//!
//! While an overlay is open, such as a dialog or a picture, the history has one additional entry with the address of
//! the page, so that the browser's back button closes the overlay.

use super::{RouteAction, RouteState};

/// Scroll position of a list: the article of the first visible row and its offset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScrollPosition {
    /// Id of the article.
    pub id: String,
    /// Pixels from the top of the viewport to the row; negative for a clipped row.
    pub offset: f64,
}

/// State of a history entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryEntry {
    /// Scroll position of the list.
    pub scroll: Option<ScrollPosition>,
    /// Set if the previous entry is the list or page from which this one was opened.
    pub is_from_list: bool,
    /// Set for the entry of an overlay.
    pub is_overlay: bool,
}

/// Change of the history that an action causes.
#[derive(Clone, Debug, PartialEq)]
pub enum HistoryChange {
    /// The action changes nothing.
    None,
    /// Back by this number of entries, to the list from which the article was opened.
    Back(i32),
    /// Back by one entry, out of an overlay; the action is applied there.
    BackFirst,
    /// An entry of the new state is added, or replaces the current one.
    Write {
        /// New state.
        state: RouteState,
        /// Its entry.
        entry: HistoryEntry,
        /// True if the entry is added.
        push: bool,
    },
}

impl HistoryChange {
    /// Returns the change by `action` in the state `old` with the current `entry`; `push` asks for a new entry.
    pub fn new(old: &RouteState, entry: HistoryEntry, action: &RouteAction, push: bool) -> HistoryChange {
        let new = old.apply(action.clone());
        if new == *old {
            return HistoryChange::None;
        }
        if *action == RouteAction::Close && entry.is_from_list {
            return HistoryChange::Back(if entry.is_overlay { 2 } else { 1 });
        }
        if entry.is_overlay && !push {
            return HistoryChange::BackFirst;
        }
        let is_same_list = (&new.query, new.sort) == (&old.query, old.sort);
        let opens = new.article.is_some() && old.article.is_none() || new.page.is_some();
        HistoryChange::Write {
            entry: HistoryEntry {
                scroll: entry.scroll.filter(|_| is_same_list),
                is_from_list: if push { opens } else { entry.is_from_list },
                is_overlay: false,
            },
            state: new,
            // An action from an overlay replaces the overlay's entry.
            push: push && !entry.is_overlay,
        }
    }
}

/// Open overlays, the topmost last. An overlay is identified by the value that closes it.
#[derive(Debug)]
pub struct OverlayStack<T> {
    open: Vec<T>,
    is_going_back: bool,
}

/// Change of the history that gives the open overlays their entry, or removes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlayChange {
    /// The entry is added.
    Push,
    /// The browser goes back by one entry.
    Back,
}

/// Meaning of a back or forward navigation for the overlays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OverlayNavigation<T> {
    /// A requested back navigation has ended.
    Requested,
    /// The reader closes this overlay with the back button.
    Closes(T),
    /// No overlay is open.
    Other,
}

impl<T> Default for OverlayStack<T> {
    fn default() -> OverlayStack<T> {
        OverlayStack { open: Vec::new(), is_going_back: false }
    }
}

impl<T: Clone + PartialEq> OverlayStack<T> {
    /// Adds an overlay on top.
    pub fn add(&mut self, overlay: T) {
        self.open.push(overlay);
    }

    /// Removes an overlay.
    pub fn remove(&mut self, overlay: &T) {
        self.open.retain(|other| other != overlay);
    }

    /// Returns true while a requested back navigation is in progress.
    pub fn is_going_back(&self) -> bool {
        self.is_going_back
    }

    /// Records the start or the end of a requested back navigation.
    pub fn set_going_back(&mut self, is_going_back: bool) {
        self.is_going_back = is_going_back;
    }

    /// Returns the change of the history that is due, if any; `is_overlay` tells of the current entry. None is due during
    /// a back navigation: its end asks again.
    pub fn due_change(&self, is_overlay: bool) -> Option<OverlayChange> {
        match (self.open.is_empty(), is_overlay) {
            _ if self.is_going_back => None,
            (false, false) => Some(OverlayChange::Push),
            (true, true) => Some(OverlayChange::Back),
            _ => None,
        }
    }

    /// Returns the meaning of a navigation that has just ended.
    pub fn on_popstate(&mut self) -> OverlayNavigation<T> {
        if std::mem::take(&mut self.is_going_back) {
            return OverlayNavigation::Requested;
        }
        self.open.last().cloned().map_or(OverlayNavigation::Other, OverlayNavigation::Closes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;
    use crate::search::SortOrder;
    use crate::view_model::RoutePage;

    const SCROLL: (&str, f64) = ("abcdefghijk", -12.0);

    fn article(number: u8) -> Id {
        Id::from_path(&number.to_string())
    }

    fn list_entry() -> HistoryEntry {
        let scroll = ScrollPosition { id: SCROLL.0.to_owned(), offset: SCROLL.1 };
        HistoryEntry { scroll: Some(scroll), ..HistoryEntry::default() }
    }

    /// The state and the entry that an action writes, and whether it adds the entry.
    fn written(
        old: &RouteState,
        entry: HistoryEntry,
        action: RouteAction,
        push: bool,
    ) -> (RouteState, HistoryEntry, bool) {
        match HistoryChange::new(old, entry, &action, push) {
            HistoryChange::Write { state, entry, push } => (state, entry, push),
            other => panic!("{action:?} leads to {other:?}"),
        }
    }

    #[test]
    fn action_without_effect_changes_no_history() {
        let state = RouteState { query: "船".to_owned(), ..RouteState::default() };
        for action in [RouteAction::Search("船".to_owned()), RouteAction::Close] {
            assert_eq!(HistoryChange::new(&state, list_entry(), &action, true), HistoryChange::None);
        }
    }

    #[test]
    fn closing_returns_to_the_list_that_opened_the_article() {
        let list = RouteState::default();
        let (reading, entry, push) = written(&list, list_entry(), RouteAction::Open(article(1)), true);
        assert!(push && entry.is_from_list && entry.scroll == list_entry().scroll);
        // The next article replaces the first one in the same entry.
        let (reading, entry, push) = written(&reading, entry, RouteAction::Open(article(2)), false);
        assert!(!push && entry.is_from_list);
        let close = |entry| HistoryChange::new(&reading, entry, &RouteAction::Close, true);
        assert_eq!(close(entry.clone()), HistoryChange::Back(1));
        assert_eq!(close(HistoryEntry { is_overlay: true, ..entry }), HistoryChange::Back(2));
        // An article that was opened by its address has no list below.
        let (state, entry, push) = written(&reading, HistoryEntry::default(), RouteAction::Close, true);
        assert!(push && !entry.is_from_list && state == list);
    }

    #[test]
    fn link_to_another_article_is_not_from_the_list() {
        let reading = RouteState { article: Some(article(1)), ..RouteState::default() };
        let from_list = HistoryEntry { is_from_list: true, ..HistoryEntry::default() };
        let (_, entry, push) = written(&reading, from_list, RouteAction::Open(article(2)), true);
        assert!(push && !entry.is_from_list);
        let (_, entry, _) = written(&reading, entry, RouteAction::OpenPage(RoutePage::Annotations), true);
        assert!(entry.is_from_list, "closing the page leads back to the article");
    }

    #[test]
    fn scroll_position_belongs_to_one_list() {
        let list = RouteState::default();
        let kept = |action| written(&list, list_entry(), action, false).1.scroll.is_some();
        assert!(kept(RouteAction::Open(article(1))));
        assert!(kept(RouteAction::OpenPage(RoutePage::About)));
        assert!(!kept(RouteAction::Search("船".to_owned())));
        assert!(!kept(RouteAction::SetSort(SortOrder::Oldest)));
        assert!(!kept(RouteAction::OpenIn("船".to_owned(), article(1))));
    }

    #[test]
    fn action_from_an_overlay_leaves_its_entry() {
        let list = RouteState::default();
        let overlay = HistoryEntry { is_overlay: true, ..list_entry() };
        let search = RouteAction::Search("船".to_owned());
        assert_eq!(HistoryChange::new(&list, overlay.clone(), &search, false), HistoryChange::BackFirst);
        let (state, entry, push) = written(&list, overlay, search, true);
        assert!(!push && !entry.is_overlay && state.query == "船");
    }

    #[test]
    fn overlays_share_one_entry() {
        let mut overlays = OverlayStack::default();
        assert_eq!(
            (overlays.due_change(false), overlays.due_change(true)),
            (None, Some(OverlayChange::Back))
        );
        overlays.add("menu");
        assert_eq!(
            (overlays.due_change(false), overlays.due_change(true)),
            (Some(OverlayChange::Push), None)
        );
        overlays.add("dialog");
        overlays.remove(&"menu");
        assert_eq!(overlays.due_change(true), None);
        overlays.remove(&"dialog");
        assert_eq!(overlays.due_change(true), Some(OverlayChange::Back));
        overlays.set_going_back(true);
        assert_eq!(overlays.due_change(true), None, "the navigation is in progress");
    }

    #[test]
    fn back_button_closes_the_topmost_overlay() {
        let mut overlays = OverlayStack::default();
        assert_eq!(overlays.on_popstate(), OverlayNavigation::Other);
        overlays.add("picture");
        overlays.add("dialog");
        assert_eq!(overlays.on_popstate(), OverlayNavigation::Closes("dialog"));
        overlays.remove(&"dialog");
        assert_eq!(overlays.due_change(false), Some(OverlayChange::Push), "the picture needs an entry again");
        assert_eq!(overlays.on_popstate(), OverlayNavigation::Closes("picture"));
        overlays.remove(&"picture");
        overlays.set_going_back(true);
        assert_eq!(overlays.on_popstate(), OverlayNavigation::Requested);
        assert!(!overlays.is_going_back());
    }
}
