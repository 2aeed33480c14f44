//! Words in the search field, and the query that they make with the filters outside of it.

use crate::app::services::use_effect_with;
use crate::app::state::{LibraryView, SearchResults};
use crate::search::Query;
use crate::view_model::RouteAction;
use gloo::events::EventListener;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// State of the search field.
pub struct QueryDraft {
    pub words: AttrValue,
    /// Set during a composition of an IME.
    pub is_composing: Rc<Cell<bool>>,
    /// Replaces the words without searching.
    pub set_words: Callback<AttrValue>,
    /// Replaces the words and searches for them.
    pub search: Callback<String>,
    /// Shows the words of a query.
    pub show: Callback<SearchResults>,
    pub oninput: Callback<InputEvent>,
    /// Ends typing, so that the next letter adds a history entry.
    pub onblur: Callback<FocusEvent>,
}

/// Returns the state of `field`, which searches at each letter, except during a composition of an IME.
///
/// The first letter adds a history entry and later ones replace it, so that going back leaves the search
/// instead of undoing it by letters.
#[hook]
pub fn use_query_draft(view: &LibraryView, field: &NodeRef) -> QueryDraft {
    let found = &view.results;
    let words = use_state_eq(AttrValue::default);
    let is_composing = (*use_memo((), |()| Rc::new(Cell::new(false)))).clone();
    let is_typing = use_mut_ref(bool::default);
    // Filters outside the field, and the query that is in it.
    let filters = use_mut_ref(String::new);
    let searched = use_mut_ref(|| None::<String>);
    let set_words = {
        let words = words.setter();
        Callback::from(move |text: AttrValue| words.set(text))
    };
    let show = {
        let (set_words, filters, searched) = (set_words.clone(), filters.clone(), searched.clone());
        Callback::from(move |found: SearchResults| {
            let text = &found.query_text;
            // All of an unread query is in the field until it has been read.
            let (outside, words) = found.query.split_filters(text);
            *filters.borrow_mut() = outside;
            *searched.borrow_mut() = (!found.is_unread).then(|| text.to_string());
            set_words.emit(words.into());
        })
    };
    {
        let (show, is_composing, searched) = (show.clone(), is_composing.clone(), searched.clone());
        let shown = found.clone();
        use_effect_with((found.query_text.clone(), found.is_unread), move |(text, _)| {
            if !is_composing.get() && searched.borrow().as_deref() != Some(text) {
                show.emit(shown);
            }
        });
    }
    let search = {
        let (navigation, set_words, is_typing) =
            (view.navigation.clone(), set_words.clone(), is_typing.clone());
        Callback::from(move |words: String| {
            let text = Query::join_filters(&words, &filters.borrow());
            set_words.emit(words.into());
            *searched.borrow_mut() = Some(text.clone());
            let is_first = !std::mem::replace(&mut *is_typing.borrow_mut(), true);
            let step = if is_first { &navigation.navigate } else { &navigation.replace };
            step.emit(RouteAction::Search(text));
        })
    };
    let oninput = {
        let (set_words, search, is_composing) = (set_words.clone(), search.clone(), is_composing.clone());
        Callback::from(move |event: InputEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            is_composing.set(event.is_composing());
            match event.is_composing() {
                true => set_words.emit(input.value().into()),
                false => search.emit(input.value()),
            }
        })
    };
    {
        let (is_composing, search) = (is_composing.clone(), search.clone());
        // Browsers differ in whether an input event follows the end of a composition.
        use_effect_with(field.clone(), move |field| {
            let listener = field.cast::<HtmlInputElement>().map(|input| {
                let value = input.clone();
                EventListener::new(&input, "compositionend", move |_| {
                    is_composing.set(false);
                    search.emit(value.value());
                })
            });
            move || drop(listener)
        });
    }
    let onblur = Callback::from(move |_: FocusEvent| *is_typing.borrow_mut() = false);
    QueryDraft { words: (*words).clone(), is_composing, set_words, search, show, oninput, onblur }
}
