//! Annotation toolbar: highlighting a selection, and actions on an annotation.

pub mod margin;
pub mod note_editor;
pub mod selection;

use self::note_editor::NoteEditor;
use self::selection::{SelectionAction, SelectionState, clear_selection, use_bar_position, use_selection};
use super::{ReaderLayout, text_geometry};
use crate::app::i18n::Locale;
use crate::app::services::{dom, use_effect_with};
use crate::app::state::script_conversion::DisplayedArticle;
use crate::app::state::user_data::{UserDataHandle, now};
use crate::app::state::{
    Command, use_command_context, use_commands, use_locale, use_navigation, use_user_data,
};
use crate::app::ui::article::ARTICLE_ID;
use crate::app::ui::icon::{IconKind, icon};
use crate::reading::{LineSlice, line_slices};
use crate::user_data::UserDataEdit;
use crate::user_data::annotations::AnchoredAnnotation;
use crate::view_model::RouteAction;
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

/// Maximum length in characters of a search from an annotation.
const MAX_SEARCH_CHARS: usize = 40;

/// Annotations of the open article.
#[derive(Clone, Default, PartialEq)]
pub struct DisplayedAnnotations {
    pub anchored: Rc<Vec<AnchoredAnnotation>>,
    /// Annotations whose text is gone.
    pub orphaned: Rc<Vec<AnchoredAnnotation>>,
    /// Lines of the anchored ones.
    pub slices: Rc<Vec<LineSlice>>,
}

impl DisplayedAnnotations {
    /// Returns the number of an annotation.
    fn number(&self, key: &str) -> Option<usize> {
        self.anchored.iter().position(|passage| passage.key == key)
    }

    /// Returns the first slice of an annotation.
    fn first_slice(&self, number: usize) -> Option<&LineSlice> {
        self.slices.iter().find(|slice| slice.index == number)
    }
}

/// Returns the annotations of the article.
#[hook]
pub fn use_annotations(
    keeper: &UserDataHandle,
    reading: &Option<DisplayedArticle>,
    is_drawn: bool,
) -> DisplayedAnnotations {
    let passages = use_memo((keeper.version(), reading.clone()), |(_, reading)| {
        let Some(reading) = reading else { return DisplayedAnnotations::default() };
        let passages = reading.annotations(&keeper.data());
        let ranges: Vec<_> = passages.anchored.iter().map(|passage| passage.range.clone()).collect();
        // Most articles have no annotations; avoid building their lines.
        let slices =
            if ranges.is_empty() { Vec::new() } else { line_slices(&reading.article.lines(), &ranges) };
        DisplayedAnnotations {
            anchored: Rc::new(passages.anchored),
            orphaned: Rc::new(passages.orphaned),
            slices: Rc::new(slices),
        }
    });
    {
        let keeper = keeper.clone();
        use_effect_with((passages.clone(), reading.is_some() && is_drawn), move |(passages, is_here)| {
            let aim = if *is_here { keeper.take_pending_anchor() } else { None };
            let slice = aim.and_then(|aim| passages.first_slice(passages.number(&aim)?));
            // Without an aim the place is kept.
            let _ = slice.and_then(text_geometry::scroll_to_slice);
        });
    }
    (*passages).clone()
}

/// Renders annotations whose text is gone, each with a button to remove it.
pub fn unanchored_annotations(lost: &[AnchoredAnnotation], keeper: &UserDataHandle, ui: Locale) -> Html {
    let texts = ui.annotations();
    let item = |passage: &AnchoredAnnotation| {
        let (keeper, key) = (keeper.clone(), passage.key.clone());
        let remove = Callback::from(move |_: MouseEvent| {
            keeper.apply_with_undo(texts.removed_toast, vec![UserDataEdit::Annotation(key.clone(), None)]);
        });
        html! {
            <li key={passage.key.clone()}>
                <blockquote class="quote">{ passage.quote.clone() }</blockquote>
                if !passage.note.is_empty() {
                    <p class="quote__n">{ passage.note.clone() }</p>
                }
                <button type="button" class="link" onclick={remove}>{ texts.remove }</button>
            </li>
        }
    };
    html! {
        if !lost.is_empty() {
            <section class="lost" lang={ui.tag()}>
                <h2 class="after__h">{ texts.unanchored }</h2>
                <p class="lost__p">{ texts.unanchored_hint }</p>
                <ul>{ for lost.iter().map(item) }</ul>
            </section>
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct AnnotationToolbarProps {
    pub reading: DisplayedArticle,
    pub annotations: DisplayedAnnotations,
    pub layout: ReaderLayout,
}

/// Toolbar at the selection or annotation, and the note editor.
#[component]
pub fn AnnotationToolbar(props: &AnnotationToolbarProps) -> Html {
    let AnnotationToolbarProps { reading, annotations, .. } = props;
    let passages = &annotations.anchored;
    let (ui, navigation, commands) = (use_locale(), use_navigation(), use_command_context());
    let Some(keeper) = use_user_data() else { return Html::default() };
    let picked = use_reducer_eq(SelectionState::default);
    let leave = {
        let pick = picked.dispatcher();
        Callback::from(move |()| pick.dispatch(SelectionAction::Press(None)))
    };
    let writing = use_state_eq(|| None::<String>);
    let bar = use_node_ref();
    use_selection(&reading.article, annotations, picked.dispatcher(), &bar);
    use_bar_position(&bar, &picked, annotations);
    let texts = ui.annotations();
    let mark = {
        let (reading, keeper, passages, pick) =
            (reading.clone(), keeper.clone(), passages.clone(), picked.dispatcher());
        move |shown: &Range<usize>| {
            let range = reading.to_original(shown.clone());
            let marked = keeper.data().add_annotation(&reading.original, range, new_key(), now());
            let Some((key, changes)) = marked else {
                // It is annotated already: that annotation is selected.
                let holds =
                    |it: &&AnchoredAnnotation| it.range.start <= shown.start && shown.end <= it.range.end;
                let key = passages.iter().find(holds)?.key.clone();
                clear_selection();
                pick.dispatch(SelectionAction::Press(Some(key.clone())));
                return Some(key);
            };
            keeper.apply_with_undo(texts.highlighted_toast, changes);
            clear_selection();
            pick.dispatch(SelectionAction::Press(None));
            Some(key)
        }
    };
    // The focus returns to the button by which a keyboard selected the annotation.
    let number = match &*picked {
        SelectionState::Annotation(key) => annotations.number(key),
        _ => None,
    };
    let back = move || {
        if let Some(number) = number {
            let button = dom::element(&format!("#read button[data-pen=\"{number}\"]"));
            // A note in the margin has no button.
            let _ = button.and_then(dom::focus_element);
        }
    };
    let button = |label: &'static str, command: &'static str, shape: IconKind, action: Callback<()>| {
        let onclick = action.reform(|_: MouseEvent| ());
        html! {
            <button type="button" class="pbar__b" data-command={command} {onclick}>{ icon(shape) }<span>{ label }</span></button>
        }
    };
    let write = |key: &str| {
        let (writing, leave, key) = (writing.setter(), leave.clone(), key.to_owned());
        Callback::from(move |()| {
            back();
            leave.emit(());
            writing.set(Some(key.clone()));
        })
    };
    let find = |words: &str| {
        let (navigate, layout, words) = (navigation.navigate.clone(), props.layout, phrase_query(words));
        Callback::from(move |()| {
            clear_selection();
            navigate.emit(match layout {
                ReaderLayout::Pane => RouteAction::Search(words.clone()),
                _ => RouteAction::OpenList(words.clone()),
            });
        })
    };
    // Actions of the commands that highlight and write a note.
    let mut actions = (None::<Callback<()>>, None::<Callback<()>>);
    let buttons = match &*picked {
        SelectionState::Words(range) => {
            // The original text, even if it is shown converted.
            let text = reading.original.text();
            let words = text.get(reading.to_original(range.clone())).unwrap_or_default();
            let highlight = {
                let (mark, range) = (mark.clone(), range.clone());
                Callback::from(move |()| drop(mark(&range)))
            };
            let note = {
                let (range, writing, leave) = (range.clone(), writing.setter(), leave.clone());
                Callback::from(move |()| {
                    writing.set(mark(&range));
                    leave.emit(());
                })
            };
            actions = (Some(highlight.clone()), Some(note.clone()));
            Some(html! {
                <>
                    { button(texts.highlight, "highlight", IconKind::Pencil, highlight) }
                    { button(texts.note, "note", IconKind::Note, note) }
                    { button(texts.find_in_archive, "find-words", IconKind::Search, find(words)) }
                </>
            })
        }
        SelectionState::Annotation(key) => passages.iter().find(|passage| passage.key == *key).map(|passage| {
            let remove = {
                let (keeper, leave, key) = (keeper.clone(), leave.clone(), key.clone());
                Callback::from(move |()| {
                    leave.emit(());
                    dom::focus_id(ARTICLE_ID);
                    keeper.apply_with_undo(texts.removed_toast, vec![UserDataEdit::Annotation(key.clone(), None)]);
                })
            };
            let note = write(key);
            actions = (None, Some(note.clone()));
            html! {
                <>
                    { button(texts.note, "note", IconKind::Note, note) }
                    { button(texts.remove, "unmark", IconKind::Close, remove) }
                    { button(texts.find_in_archive, "find-words", IconKind::Search, find(&passage.quote)) }
                </>
            }
        }),
        SelectionState::Nothing => None,
    };
    use_commands(&commands, move |command| {
        let action = match command {
            Command::Highlight => &actions.0,
            Command::Note => &actions.1,
            _ => return false,
        };
        action.as_ref().map(|action| action.emit(())).is_some()
    });
    // A press on the toolbar keeps the selection.
    let hold = Callback::from(|event: MouseEvent| event.prevent_default());
    let onkeydown = {
        let leave = leave.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                back();
                leave.emit(());
            }
        })
    };
    let form = writing.as_ref().map(|key| {
        let close = {
            let writing = writing.setter();
            Callback::from(move |()| writing.set(None))
        };
        html! { <NoteEditor key={key.clone()} name={key.clone()} {keeper} {close} /> }
    });
    html! {
        <>
            if let Some(buttons) = buttons {
                <div ref={bar} class="pbar" role="toolbar" translate="no" aria-label={texts.toolbar} onmousedown={hold} {onkeydown}>{ buttons }</div>
            }
            { form.unwrap_or_default() }
        </>
    }
}

/// Returns a unique key.
fn new_key() -> String {
    let random = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{:x}-{random:x}", now())
}

/// Returns a phrase query for the beginning of a text.
fn phrase_query(words: &str) -> String {
    let line = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let line: String = line.trim().replace(['"', '“', '”'], " ").chars().take(MAX_SEARCH_CHARS).collect();
    format!("\"{}\"", line.trim())
}
