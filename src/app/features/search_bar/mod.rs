//! Search field.
//!
//! The field holds the words of the query. Its filters are chips, and leave the field with the focus.

pub mod name_completions;
pub mod recent;
pub mod suggestions;
use self::suggestions::SuggestionsProps;
use crate::app::lazy::ChunksContext;
use crate::app::services::{WindowLayout, dom, use_effect_with, use_shared};
use crate::app::state::{
    Command, FocusTarget, LibraryView, Navigation, SearchResults, use_command_context, use_commands,
    use_library_view,
};
use crate::app::ui::icon::{IconKind, icon, small_icon};
use crate::app::ui::lazy_view::loaded_reader;
use crate::search::Query;
use crate::view_model::RouteAction;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, Node};
use yew::prelude::*;

/// Field that searches at each letter, except during an IME composition.
///
/// The first letter adds a history entry and later ones replace it, so that going back leaves the search
/// instead of undoing it by letters.
#[component]
pub fn SearchField() -> Html {
    let (view, layout) = (use_library_view(), use_shared::<WindowLayout>());
    let (commands, chunks) = (use_command_context(), use_shared::<ChunksContext>());
    let Some(view) = view else { return Html::default() };
    let LibraryView { results: found, navigation, ui, .. } = &view;
    let Navigation { navigate, replace } = navigation;
    let texts = ui.library();
    let draft = use_state_eq(AttrValue::default);
    let composing = use_mut_ref(bool::default);
    let typing = use_mut_ref(bool::default);
    // Filters outside the field, and the query that is in it.
    let filters = use_mut_ref(String::new);
    let searched = use_mut_ref(|| None::<String>);
    let show_query = {
        let (draft, filters, searched) = (draft.setter(), filters.clone(), searched.clone());
        Callback::from(move |found: SearchResults| {
            let text = &found.query_text;
            // All of an unread query is in the field until it has been read.
            let (outside, words) = found.query.split_filters(text);
            *filters.borrow_mut() = outside;
            *searched.borrow_mut() = (!found.is_unread).then(|| text.to_string());
            draft.set(words.into());
        })
    };
    {
        let (show_query, composing, searched) = (show_query.clone(), composing.clone(), searched.clone());
        let shown = found.clone();
        use_effect_with((found.query_text.clone(), found.is_unread), move |(text, _)| {
            if !*composing.borrow() && searched.borrow().as_deref() != Some(text) {
                show_query.emit(shown);
            }
        });
    }
    let search = {
        let (navigate, replace, typing) = (navigate.clone(), replace.clone(), typing.clone());
        Callback::from(move |words: String| {
            let text = Query::join_filters(&words, &filters.borrow());
            *searched.borrow_mut() = Some(text.clone());
            let first = !std::mem::replace(&mut *typing.borrow_mut(), true);
            if first {
                navigate.emit(RouteAction::Search(text))
            } else {
                replace.emit(RouteAction::Search(text))
            }
        })
    };
    let oninput = {
        let (draft, search, composing) = (draft.clone(), search.clone(), composing.clone());
        Callback::from(move |event: InputEvent| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            draft.set(input.value().into());
            *composing.borrow_mut() = event.is_composing();
            if !event.is_composing() {
                search.emit(input.value());
            }
        })
    };
    let field = use_node_ref();
    {
        let (composing, draft, search) = (composing.clone(), draft.setter(), search.clone());
        // Browsers differ in whether an input event follows the end of a composition.
        use_effect_with(field.clone(), move |field| {
            let listener = field.cast::<HtmlInputElement>().map(|input| {
                let value = input.clone();
                EventListener::new(&input, "compositionend", move |_| {
                    *composing.borrow_mut() = false;
                    draft.set(value.value().into());
                    search.emit(value.value());
                })
            });
            move || drop(listener)
        });
    }
    {
        let field = field.clone();
        use_commands(&commands, move |command| {
            command == Command::Focus(FocusTarget::SearchField) && dom::focus_ref(&field)
        });
    }
    let complete = {
        let (draft, search, field) = (draft.setter(), search.clone(), field.clone());
        Callback::from(move |words: String| {
            draft.set(words.clone().into());
            search.emit(words);
            dom::focus_ref(&field);
        })
    };
    let form = use_node_ref();
    let onkeydown = {
        let (commands, form, found) = (commands.clone(), form.clone(), found.clone());
        let navigate = navigate.clone();
        Callback::from(move |event: KeyboardEvent| {
            if *composing.borrow() || event.is_composing() {
                return;
            }
            match event.key().as_str() {
                "ArrowDown" if focus_first_suggestion(&form).is_some() => event.prevent_default(),
                "Backspace" if is_caret_at_start(&event) => {
                    if let Some(query) = found.query.remove_last_filter(&found.query_text) {
                        event.prevent_default();
                        navigate.emit(RouteAction::Search(query));
                    }
                }
                key @ ("Enter" | "ArrowDown") => {
                    event.prevent_default();
                    // Rows may be missing until the search ends; then the focus stays.
                    if key == "Enter"
                        && let Some(input) = event.target_dyn_into::<HtmlInputElement>()
                    {
                        recent::add_recent(&found);
                        // The key of an on-screen keyboard ends typing; a focus ring on a row would say nothing there.
                        if dom::matches_media("(hover: none) and (pointer: coarse)") {
                            let _ = input.blur();
                            return;
                        }
                    }
                    commands.run(Command::Focus(FocusTarget::FirstRow));
                }
                _ => {}
            }
        })
    };
    let clear = {
        let (navigate, draft, field) = (navigate.clone(), draft.clone(), field.clone());
        Callback::from(move |_: MouseEvent| {
            draft.set("".into());
            navigate.emit(RouteAction::Search(String::new()));
            dom::focus_ref(&field);
        })
    };
    let onsubmit = Callback::from(|event: SubmitEvent| event.prevent_default());
    let onblur = Callback::from(move |_: FocusEvent| *typing.borrow_mut() = false);
    // Suggestions are part of the field: the focus may move there and back.
    let focused = use_state_eq(bool::default);
    let onfocusin = {
        let focused = focused.setter();
        Callback::from(move |_: FocusEvent| focused.set(true))
    };
    let onfocusout = {
        let (focused, found, form) = (focused.setter(), found.clone(), form.clone());
        Callback::from(move |event: FocusEvent| {
            let form = form.cast::<Node>();
            let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
            if !form.is_some_and(|form| next.is_some() && form.contains(next.as_ref())) {
                focused.set(false);
                recent::add_recent(&found);
                show_query.emit(found.clone());
            }
        })
    };
    let repeat = {
        let (navigate, field) = (navigate.clone(), field.clone());
        Callback::from(move |text: String| {
            navigate.emit(RouteAction::Search(text));
            dom::focus_ref(&field);
        })
    };
    let write = {
        let (draft, field) = (draft.setter(), field.clone());
        Callback::from(move |text: &'static str| {
            draft.set(text.into());
            dom::focus_ref(&field);
        })
    };
    let suggestions = SuggestionsProps { draft: (*draft).clone(), search: repeat.clone(), complete };
    html! {
        <form class="find" role="search" ref={form} {onsubmit} {onfocusin} {onfocusout}>
            <label class="find__f" translate="no">
                { icon(IconKind::Search) }
                <span class="vh">{ texts.search }</span>
                <input class="find__i" type="text" inputmode="search" enterkeyhint="search" autocomplete="off"
                    autocapitalize="off" spellcheck="false" placeholder={texts.search_hint} value={(*draft).clone()}
                    ref={field.clone()} {oninput} {onkeydown} {onblur} />
                if !draft.is_empty() || !found.query_text.is_empty() {
                    <button type="button" class="ib find__x" aria-label={texts.clear_search} onclick={clear}>
                        { small_icon(IconKind::Close) }
                    </button>
                } else if layout == Some(WindowLayout::Wide) {
                    <kbd class="key">{ "/" }</kbd>
                }
            </label>
            if *focused {
                if draft.is_empty() {
                    <recent::RecentSearches search={repeat} {write} field={field.clone()} />
                } else {
                    { loaded_reader(chunks.as_ref(), suggestions).unwrap_or_default() }
                }
            }
        </form>
    }
}

/// Moves the focus to the first suggestion below the search field in `form`.
fn focus_first_suggestion(form: &NodeRef) -> Option<()> {
    let form = form.cast::<Element>()?;
    dom::focus_element(form.get_elements_by_class_name("titles__a").item(0)?)
}

/// Returns true if nothing precedes the caret of a field and nothing is selected.
fn is_caret_at_start(event: &KeyboardEvent) -> bool {
    let input = event.target_dyn_into::<HtmlInputElement>();
    input.is_some_and(|input| input.selection_end().ok().flatten() == Some(0))
}
