//! Title of an article, which breaks before its parts, else between words.

use super::blocks::render_run;
use crate::app::ui::title_text::{breakable_text, title_breaks, word_break};
use crate::model::Lang;
use crate::reading::{HighlightCursor, LineBreaks};
use std::ops::Range;
use yew::prelude::*;

/// Renders the heading with its matches; `tag` is the language tag after script conversion.
pub fn render_title(text: &str, lang: Lang, tag: &'static str, marks: &mut HighlightCursor) -> Html {
    let breaks = title_breaks(text, lang);
    let class = classes!("art__h", breaks.as_ref().map(|_| "ti"));
    let breaks = breaks.unwrap_or_default();
    html! { <h1 {class} lang={tag} data-line="0">{ render_parts(text, &breaks, marks) }</h1> }
}

/// Renders the parts of a title, each kept on one line if it fits.
fn render_parts(text: &str, breaks: &LineBreaks, marks: &mut HighlightCursor) -> Html {
    if breaks.parts.is_empty() {
        return render_part(text, 0..text.len(), breaks, marks);
    }
    let starts = std::iter::once(0).chain(breaks.parts.iter().copied());
    let ends = breaks.parts.iter().copied().chain([text.len()]);
    let parts = starts.zip(ends).enumerate().map(|(number, (start, end))| {
        // The space stands between the parts, since it would be dropped at the end of a line inside one.
        let inner = start + text.get(start..end).map_or(0, |part| part.trim_end().len());
        let inside = render_part(text, start..inner, breaks, marks);
        let space = render_part(text, inner..end, breaks, marks);
        html! { <>if number > 0 { { word_break() } }<span class="seg">{ inside }</span>{ space }</> }
    });
    parts.collect()
}

fn render_part(text: &str, range: Range<usize>, breaks: &LineBreaks, marks: &mut HighlightCursor) -> Html {
    let mut at = range.start;
    let runs = marks.split_runs(text.get(range).unwrap_or_default()).into_iter().map(|run| {
        let start = at;
        at += run.text.len();
        let inside = breakable_text(run.text, start, &breaks.words);
        render_run(run, inside)
    });
    runs.collect()
}
