//! Annotations of the open article, as displayed.

use crate::app::features::reader::text_geometry;
use crate::app::i18n::Locale;
use crate::app::services::use_effect_with;
use crate::app::state::script_conversion::DisplayedArticle;
use crate::app::state::user_data::UserDataHandle;
use crate::reading::{LineSlice, line_slices};
use crate::user_data::UserDataEdit;
use crate::user_data::annotations::AnchoredAnnotation;
use std::rc::Rc;
use yew::prelude::*;

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
    pub fn number(&self, key: &str) -> Option<usize> {
        self.anchored.iter().position(|passage| passage.key == key)
    }

    /// Returns the first slice of an annotation.
    pub fn first_slice(&self, number: usize) -> Option<&LineSlice> {
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
