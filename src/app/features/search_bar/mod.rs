//! Search field.
//!
//! The field holds the words of the query. Its filters are chips, and leave the field with the focus.

pub mod name_completions;
pub mod query_draft;
pub mod recent;
pub mod suggestions;
use self::query_draft::{QueryDraft, use_query_draft};
use self::suggestions::SuggestionsProps;
use crate::app::lazy::ChunksContext;
use crate::app::services::{WindowLayout, dom, use_shared};
use crate::app::state::{
    Command, Commands, FocusTarget, LibraryView, Navigation, use_command_context, use_commands,
    use_library_view,
};
use crate::app::ui::icon::{IconKind, icon, small_icon};
use crate::app::ui::lazy_view::loaded_reader;
use crate::view_model::RouteAction;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, Node};
use yew::prelude::*;

/// Search field with its suggestions.
#[component]
pub fn SearchField() -> Html {
    let (view, layout) = (use_library_view(), use_shared::<WindowLayout>());
    let (commands, chunks) = (use_command_context(), use_shared::<ChunksContext>());
    let Some(view) = view else { return Html::default() };
    let LibraryView { results: found, navigation: Navigation { navigate, .. }, ui, .. } = &view;
    let texts = ui.library();
    let field = use_node_ref();
    let draft = use_query_draft(&view, &field);
    {
        let field = field.clone();
        use_commands(&commands, move |command| {
            command == Command::Focus(FocusTarget::SearchField) && dom::focus_ref(&field)
        });
    }
    let complete = {
        let (search, field) = (draft.search.clone(), field.clone());
        Callback::from(move |words: String| {
            search.emit(words);
            dom::focus_ref(&field);
        })
    };
    let form = use_node_ref();
    let onkeydown = on_key_down(&view, &commands, &form, &draft);
    let clear = {
        let (navigate, set_words, field) = (navigate.clone(), draft.set_words.clone(), field.clone());
        Callback::from(move |_: MouseEvent| {
            set_words.emit("".into());
            navigate.emit(RouteAction::Search(String::new()));
            dom::focus_ref(&field);
        })
    };
    let onsubmit = Callback::from(|event: SubmitEvent| event.prevent_default());
    // Suggestions are part of the field: the focus may move there and back.
    let focused = use_state_eq(bool::default);
    let onfocusin = {
        let focused = focused.setter();
        Callback::from(move |_: FocusEvent| focused.set(true))
    };
    let onfocusout = {
        let (focused, found, form, show) =
            (focused.setter(), found.clone(), form.clone(), draft.show.clone());
        Callback::from(move |event: FocusEvent| {
            let form = form.cast::<Node>();
            let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
            if !form.is_some_and(|form| next.is_some() && form.contains(next.as_ref())) {
                focused.set(false);
                recent::add_recent(&found);
                show.emit(found.clone());
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
        let (set_words, field) = (draft.set_words.clone(), field.clone());
        Callback::from(move |text: &'static str| {
            set_words.emit(text.into());
            dom::focus_ref(&field);
        })
    };
    let QueryDraft { words, oninput, onblur, .. } = draft;
    let suggestions = SuggestionsProps { draft: words.clone(), search: repeat.clone(), complete };
    html! {
        <form class="find" role="search" ref={form} {onsubmit} {onfocusin} {onfocusout}>
            <label class="find__f" translate="no">
                { icon(IconKind::Search) }
                <span class="vh">{ texts.search }</span>
                <input class="find__i" type="text" inputmode="search" enterkeyhint="search" autocomplete="off"
                    autocapitalize="off" spellcheck="false" placeholder={texts.search_hint} value={words.clone()}
                    ref={field.clone()} {oninput} {onkeydown} {onblur} />
                if !words.is_empty() || !found.query_text.is_empty() {
                    <button type="button" class="ib find__x" aria-label={texts.clear_search} onclick={clear}>
                        { small_icon(IconKind::Close) }
                    </button>
                } else if layout == Some(WindowLayout::Wide) {
                    <kbd class="key">{ "/" }</kbd>
                }
            </label>
            if *focused {
                if words.is_empty() {
                    <recent::RecentSearches search={repeat} {write} field={field.clone()} />
                } else {
                    { loaded_reader(chunks.as_ref(), suggestions).unwrap_or_default() }
                }
            }
        </form>
    }
}

/// Handles the keys that leave the field for its suggestions or the list, and Backspace, which removes a filter.
fn on_key_down(
    view: &LibraryView,
    commands: &Commands,
    form: &NodeRef,
    draft: &QueryDraft,
) -> Callback<KeyboardEvent> {
    let (commands, form, found) = (commands.clone(), form.clone(), view.results.clone());
    let (navigate, is_composing) = (view.navigation.navigate.clone(), draft.is_composing.clone());
    Callback::from(move |event: KeyboardEvent| {
        if is_composing.get() || event.is_composing() {
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
