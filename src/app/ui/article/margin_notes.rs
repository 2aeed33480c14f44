//! Notes of annotations: in the margin if there is room, else below the paragraph.

use crate::app::i18n::Locale;
use crate::user_data::annotations::AnchoredAnnotation;
use yew::prelude::*;

/// Annotations of an article during rendering.
pub struct BlockNotes<'a> {
    passages: &'a [AnchoredAnnotation],
    /// Set if notes are in the margin.
    has_margin: bool,
    /// First annotation whose note is not rendered yet.
    next: usize,
}

impl<'a> BlockNotes<'a> {
    /// Creates the notes from byte `at` of the text on.
    pub fn new(passages: &'a [AnchoredAnnotation], has_margin: bool, at: usize) -> BlockNotes<'a> {
        let mut notes = BlockNotes { passages, has_margin, next: 0 };
        notes.skip_below(at);
        notes
    }

    /// Annotations that end before byte `end` of the text and whose notes are not rendered yet.
    fn ended(&self, end: usize) -> &'a [AnchoredAnnotation] {
        let rest = self.passages.get(self.next..).unwrap_or_default();
        let count = rest.iter().take_while(|passage| passage.range.end <= end).count();
        rest.get(..count).unwrap_or_default()
    }

    /// Leaves out the notes of annotations that end before byte `end` of the text.
    pub fn skip_below(&mut self, end: usize) {
        self.next += self.ended(end).len();
    }

    /// Renders a button with its note below a block for each annotation that ends before byte `end` of the text.
    pub fn notes_below(&mut self, end: usize, ui: Locale) -> Option<Html> {
        let first = self.next;
        let notes = self.ended(end);
        self.next += notes.len();
        if notes.is_empty() {
            return None;
        }
        let texts = ui.annotations();
        let is_seen = !self.has_margin && notes.iter().any(|passage| !passage.note.is_empty());
        let notes: Html = notes.iter().enumerate().map(|(number, AnchoredAnnotation { quote, note, .. })| {
            let pen = (first + number).to_string();
            match note.is_empty() {
                // For keyboards and screen readers.
                true => html! {
                    <button type="button" class="note note--key" data-pen={pen}>{ texts.annotation }<span class="vh">{ ": " }{ quote.clone() }</span></button>
                },
                false => {
                    let class = if self.has_margin { "note note--below note--key" } else { "note note--below" };
                    html! {
                        <button type="button" {class} data-pen={pen}><span class="vh">{ texts.note }{ ": " }</span>{ note.clone() }</button>
                    }
                }
            }
        }).collect();
        Some(
            html! { <div class={if is_seen { "notes" } else { "notes notes--keys" }} lang={ui.tag()}>{ notes }</div> },
        )
    }
}

/// Renders the notes in the margin, which are moved beside their annotations after layout. Screen readers get them
/// below the paragraphs.
pub fn margin_notes(passages: &[AnchoredAnnotation]) -> Html {
    let notes = passages.iter().enumerate().filter(|(_, passage)| !passage.note.is_empty());
    let notes = notes.map(|(number, passage)| {
        html! { <p key={number} class="note note--beside" data-pen={number.to_string()} aria-hidden="true">{ passage.note.clone() }</p> }
    });
    notes.collect()
}
