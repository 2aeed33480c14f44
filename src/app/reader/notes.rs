//! The reader's notes beside the text: in the margin where there is room, else below the paragraph.

use crate::app::i18n::Ui;
use crate::keep::Passage;
use yew::prelude::*;

/// The passages of an article that is drawn, and which of their notes are drawn already.
pub struct Notes<'a> {
    passages: &'a [Passage],
    margin: bool,
    /// How deep in lists, quotations and the like the drawing is: there the margin is too far away.
    pub depth: usize,
    /// The passage that begins next.
    next: usize,
    /// The first passage whose note does not stand in the margin or below already.
    noted: usize,
    /// Which notes stand in the margin.
    beside: Vec<usize>,
}

impl<'a> Notes<'a> {
    /// None is drawn yet.
    pub fn new(passages: &'a [Passage], margin: bool) -> Notes<'a> {
        Notes { passages, margin, depth: 0, next: 0, noted: 0, beside: Vec::new() }
    }

    /// The note of a passage that is drawn now, if it begins here and the note goes into the margin: level with its
    /// first line. For the eye alone; the same can be read below the paragraph.
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

    /// What stands below a block when `ended` passages have ended: a button for each, with its note.
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
                // For the keyboard, and for whoever hears the page.
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
