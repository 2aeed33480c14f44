//! Notes of annotations: in the margin if there is room, else below the paragraph.

use crate::app::i18n::Ui;
use crate::keep::Passage;
use yew::prelude::*;

/// Annotations of an article during rendering.
pub struct Notes<'a> {
    passages: &'a [Passage],
    margin: bool,
    /// Depth in lists, quotations and the like, which are too far from the margin.
    pub depth: usize,
    /// Next annotation to begin.
    next: usize,
    /// First annotation whose note is not rendered yet.
    noted: usize,
    /// Annotations with a note in the margin.
    beside: Vec<usize>,
}

impl<'a> Notes<'a> {
    pub fn new(passages: &'a [Passage], margin: bool) -> Notes<'a> {
        Notes { passages, margin, depth: 0, next: 0, noted: 0, beside: Vec::new() }
    }

    /// Renders the margin note of an annotation that begins here, level with its first line. It is hidden
    /// from screen readers, which get it below the paragraph.
    pub fn beside(&mut self, number: usize) -> Option<Html> {
        if number < self.next {
            return None;
        }
        self.next = number + 1;
        let note = &self.passages.get(number)?.note;
        let fits = self.margin && self.depth == 0 && !note.is_empty();
        fits.then(|| {
            self.beside.push(number);
            html! { <span class="note note--beside" data-pen={number.to_string()} aria-hidden="true">{ note.clone() }</span> }
        })
    }

    /// Renders a button with its note below a block for each annotation up to `ended`.
    pub fn below(&mut self, ended: usize, ui: Ui) -> Option<Html> {
        let numbers = self.noted..ended.max(self.noted);
        self.noted = numbers.end;
        if numbers.is_empty() {
            return None;
        }
        let texts = ui.pencil();
        let mut is_seen = false;
        let notes: Html = numbers.filter_map(|number: usize| {
            let Passage { quote, note, .. } = self.passages.get(number)?;
            let pen = number.to_string();
            let is_shown = !note.is_empty() && !self.beside.contains(&number);
            is_seen |= is_shown;
            Some(match is_shown {
                true => html! {
                    <button type="button" class="note note--below" data-pen={pen}><span class="vh">{ texts.note }{ ": " }</span>{ note.clone() }</button>
                },
                // For keyboards and screen readers.
                false => html! {
                    <button type="button" class="note note--key" data-pen={pen}>{ texts.passage }<span class="vh">{ ": " }{ quote.clone() }{ " " }{ note.clone() }</span></button>
                },
            })
        }).collect();
        Some(
            html! { <div class={if is_seen { "notes" } else { "notes notes--keys" }} lang={ui.tag()}>{ notes }</div> },
        )
    }
}
