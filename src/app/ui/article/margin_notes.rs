//! Notes of annotations: in the margin if there is room, else below the paragraph.

use crate::app::i18n::Locale;
use crate::user_data::annotations::AnchoredAnnotation;
use yew::prelude::*;

/// Annotations of an article during rendering.
pub struct MarginNotes<'a> {
    passages: &'a [AnchoredAnnotation],
    has_margin: bool,
    /// Depth in lists, quotations and the like, which are too far from the margin.
    pub depth: usize,
    /// Next annotation to begin.
    next_annotation: usize,
    /// First annotation whose note is not rendered yet.
    next_below: usize,
    /// Annotations with a note in the margin.
    in_margin: Vec<usize>,
}

impl<'a> MarginNotes<'a> {
    pub fn new(passages: &'a [AnchoredAnnotation], margin: bool) -> MarginNotes<'a> {
        MarginNotes {
            passages,
            has_margin: margin,
            depth: 0,
            next_annotation: 0,
            next_below: 0,
            in_margin: Vec::new(),
        }
    }

    /// Renders the margin note of an annotation that begins here, level with its first line. It is hidden
    /// from screen readers, which get it below the paragraph.
    pub fn margin_note(&mut self, number: usize) -> Option<Html> {
        if number < self.next_annotation {
            return None;
        }
        self.next_annotation = number + 1;
        let note = &self.passages.get(number)?.note;
        let fits = self.has_margin && self.depth == 0 && !note.is_empty();
        fits.then(|| {
            self.in_margin.push(number);
            html! { <span class="note note--beside" data-pen={number.to_string()} aria-hidden="true">{ note.clone() }</span> }
        })
    }

    /// Renders a button with its note below a block for each annotation up to `ended`.
    pub fn notes_below(&mut self, ended: usize, ui: Locale) -> Option<Html> {
        let numbers = self.next_below..ended.max(self.next_below);
        self.next_below = numbers.end;
        if numbers.is_empty() {
            return None;
        }
        let texts = ui.annotations();
        let mut is_seen = false;
        let notes: Html = numbers.filter_map(|number: usize| {
            let AnchoredAnnotation { quote, note, .. } = self.passages.get(number)?;
            let pen = number.to_string();
            let is_shown = !note.is_empty() && !self.in_margin.contains(&number);
            is_seen |= is_shown;
            Some(match is_shown {
                true => html! {
                    <button type="button" class="note note--below" data-pen={pen}><span class="vh">{ texts.note }{ ": " }</span>{ note.clone() }</button>
                },
                // For keyboards and screen readers.
                false => html! {
                    <button type="button" class="note note--key" data-pen={pen}>{ texts.annotation }<span class="vh">{ ": " }{ quote.clone() }{ " " }{ note.clone() }</span></button>
                },
            })
        }).collect();
        Some(
            html! { <div class={if is_seen { "notes" } else { "notes notes--keys" }} lang={ui.tag()}>{ notes }</div> },
        )
    }
}
