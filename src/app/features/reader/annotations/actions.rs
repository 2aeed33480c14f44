//! Actions on the selection and on annotations.

use super::displayed::DisplayedAnnotations;
use super::selection::{SelectionAction, SelectionState, clear_selection};
use crate::app::i18n::Locale;
use crate::app::services::dom;
use crate::app::state::script_conversion::DisplayedArticle;
use crate::app::state::user_data::{UserDataHandle, now};
use crate::app::ui::article::ARTICLE_ID;
use crate::user_data::UserDataEdit;
use crate::user_data::annotations::AnchoredAnnotation;
use std::ops::Range;
use yew::prelude::*;

/// Maximum length in characters of a search from an annotation.
const MAX_SEARCH_CHARS: usize = 40;

/// Actions of the annotation toolbar.
#[derive(Clone)]
pub struct AnnotationActions {
    pub reading: DisplayedArticle,
    pub annotations: DisplayedAnnotations,
    pub user_data: UserDataHandle,
    pub selection: UseReducerHandle<SelectionState>,
    /// Key of the annotation whose note is edited.
    pub edited: UseStateHandle<Option<String>>,
    pub ui: Locale,
}

impl AnnotationActions {
    /// Closes the toolbar.
    pub fn deselect(&self) {
        self.selection.dispatch(SelectionAction::Press(None));
    }

    /// Highlights bytes of the displayed text, and returns the key of their annotation.
    pub fn highlight(&self, displayed: &Range<usize>) -> Option<String> {
        let range = self.reading.to_original(displayed.clone());
        // The borrow ends here: the data change below.
        let added = self.user_data.data().add_annotation(&self.reading.original, range, new_key(), now());
        let Some((key, changes)) = added else {
            // It is annotated already: that annotation is selected.
            let holds =
                |it: &&AnchoredAnnotation| it.range.start <= displayed.start && displayed.end <= it.range.end;
            let key = self.annotations.anchored.iter().find(holds)?.key.clone();
            clear_selection();
            self.selection.dispatch(SelectionAction::Press(Some(key.clone())));
            return Some(key);
        };
        self.user_data.apply_with_undo(self.ui.annotations().highlighted_toast, changes);
        clear_selection();
        self.deselect();
        Some(key)
    }

    /// Highlights bytes of the displayed text, and opens the note.
    pub fn highlight_with_note(&self, displayed: &Range<usize>) {
        self.edited.set(self.highlight(displayed));
        self.deselect();
    }

    /// Opens the note of an annotation.
    pub fn edit_note(&self, key: &str) {
        self.focus_annotation();
        self.deselect();
        self.edited.set(Some(key.to_owned()));
    }

    pub fn remove(&self, key: &str) {
        self.deselect();
        dom::focus_id(ARTICLE_ID);
        let removal = UserDataEdit::Annotation(key.to_owned(), None);
        self.user_data.apply_with_undo(self.ui.annotations().removed_toast, vec![removal]);
    }

    /// Moves the focus to the button by which a keyboard selected the annotation.
    pub fn focus_annotation(&self) {
        let number = match &*self.selection {
            SelectionState::Annotation(key) => self.annotations.number(key),
            _ => None,
        };
        if let Some(number) = number {
            let button = dom::element(&format!("#read button[data-pen=\"{number}\"]"));
            // A note in the margin has no button.
            let _ = button.and_then(dom::focus_element);
        }
    }
}

/// Returns a unique key.
fn new_key() -> String {
    let random = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:x}-{random:x}", now())
}

/// Returns a phrase query for the beginning of a text.
pub fn phrase_query(words: &str) -> String {
    let line = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let line: String = line.trim().replace(['"', '“', '”'], " ").chars().take(MAX_SEARCH_CHARS).collect();
    format!("\"{}\"", line.trim())
}
