//! Annotation toolbar: highlighting a selection, and actions on an annotation.

pub mod actions;
pub mod displayed;
pub mod margin;
pub mod note_editor;
pub mod selection;

use self::actions::{AnnotationActions, phrase_query};
use self::displayed::DisplayedAnnotations;
use self::note_editor::NoteEditor;
use self::selection::{SelectionState, clear_selection, use_bar_position, use_selection};
use super::layout::ReaderLayout;
use crate::app::state::script_conversion::DisplayedArticle;
use crate::app::state::{
    Command, use_command_context, use_commands, use_locale, use_navigation, use_user_data,
};
use crate::app::ui::icon::{IconKind, icon};
use crate::view_model::RouteAction;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct AnnotationToolbarProps {
    pub reading: DisplayedArticle,
    pub annotations: DisplayedAnnotations,
    pub layout: ReaderLayout,
}

/// Button of the toolbar.
struct AnnotationButton {
    label: &'static str,
    /// Name of the command.
    command: &'static str,
    icon: IconKind,
    action: Callback<()>,
}

/// Toolbar at the selection or annotation, and the note editor.
#[component]
pub fn AnnotationToolbar(props: &AnnotationToolbarProps) -> Html {
    let AnnotationToolbarProps { reading, annotations, layout } = props;
    let (ui, navigation, commands) = (use_locale(), use_navigation(), use_command_context());
    let Some(user_data) = use_user_data() else { return Html::default() };
    let selection = use_reducer_eq(SelectionState::default);
    let edited = use_state_eq(|| None::<String>);
    let bar = use_node_ref();
    use_selection(&reading.article, annotations, selection.dispatcher(), &bar);
    use_bar_position(&bar, &selection, annotations);
    let actions = AnnotationActions {
        reading: reading.clone(),
        annotations: annotations.clone(),
        user_data: user_data.clone(),
        selection,
        edited: edited.clone(),
        ui,
    };
    let find = |words: &str| {
        let (navigate, layout, query) = (navigation.navigate.clone(), *layout, phrase_query(words));
        Callback::from(move |()| {
            clear_selection();
            navigate.emit(match layout {
                ReaderLayout::Pane => RouteAction::Search(query.clone()),
                _ => RouteAction::OpenList(query.clone()),
            });
        })
    };
    let buttons = toolbar_buttons(&actions, find);
    let toolbar = buttons.as_ref().map(|buttons| {
        // A press on the toolbar keeps the selection.
        let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                actions.focus_annotation();
                actions.deselect();
            }
        });
        html! {
            <div ref={bar} class="pbar" role="toolbar" translate="no" aria-label={ui.annotations().toolbar} {onmousedown} {onkeydown}>
                { for buttons.iter().map(AnnotationButton::render) }
            </div>
        }
    });
    use_commands(&commands, move |command| {
        let name = match command {
            Command::Highlight => "highlight",
            Command::Note => "note",
            _ => return false,
        };
        let button = buttons.iter().flatten().find(|button| button.command == name);
        button.map(|button| button.action.emit(())).is_some()
    });
    let note_editor = edited.as_ref().map(|key| {
        let close = {
            let edited = edited.setter();
            Callback::from(move |()| edited.set(None))
        };
        html! { <NoteEditor key={key.clone()} name={key.clone()} keeper={user_data} {close} /> }
    });
    html! {
        <>
            { toolbar.unwrap_or_default() }
            { note_editor.unwrap_or_default() }
        </>
    }
}

/// Returns the buttons for the selection or the selected annotation; `find` searches for a text.
fn toolbar_buttons(
    actions: &AnnotationActions,
    find: impl Fn(&str) -> Callback<()>,
) -> Option<Vec<AnnotationButton>> {
    let texts = actions.ui.annotations();
    let button = |label, command, icon, action| AnnotationButton { label, command, icon, action };
    match &*actions.selection {
        SelectionState::Words(range) => {
            // The original text, even if it is shown converted.
            let (reading, text) = (&actions.reading, actions.reading.original.text());
            let words = text.get(reading.to_original(range.clone())).unwrap_or_default();
            let highlight = {
                let (actions, range) = (actions.clone(), range.clone());
                Callback::from(move |()| drop(actions.highlight(&range)))
            };
            let note = {
                let (actions, range) = (actions.clone(), range.clone());
                Callback::from(move |()| actions.highlight_with_note(&range))
            };
            Some(vec![
                button(texts.highlight, "highlight", IconKind::Pencil, highlight),
                button(texts.note, "note", IconKind::Note, note),
                button(texts.find_in_archive, "find-words", IconKind::Search, find(words)),
            ])
        }
        SelectionState::Annotation(key) => {
            let annotation = actions.annotations.anchored.iter().find(|annotation| annotation.key == *key)?;
            let note = {
                let (actions, key) = (actions.clone(), key.clone());
                Callback::from(move |()| actions.edit_note(&key))
            };
            let remove = {
                let (actions, key) = (actions.clone(), key.clone());
                Callback::from(move |()| actions.remove(&key))
            };
            Some(vec![
                button(texts.note, "note", IconKind::Note, note),
                button(texts.remove, "unmark", IconKind::Close, remove),
                button(texts.find_in_archive, "find-words", IconKind::Search, find(&annotation.quote)),
            ])
        }
        SelectionState::Nothing => None,
    }
}

impl AnnotationButton {
    fn render(&self) -> Html {
        let onclick = self.action.reform(|_: MouseEvent| ());
        html! {
            <button type="button" class="pbar__b" data-command={self.command} {onclick}>{ icon(self.icon) }<span>{ self.label }</span></button>
        }
    }
}
