//! Title of an article, which breaks between words.

use super::blocks::render_run;
use crate::app::js_objects::Fields;
use crate::app::services::dom;
use crate::model::Lang;
use crate::reading::{HighlightCursor, LineBreaks, line_breaks};
use js_sys::Intl;
use std::ops::Range;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Segmenter;
    // The binding of js-sys does not catch the error in older versions of Firefox, which lack the class.
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(tag: &str, options: &Fields) -> Result<Segmenter, JsValue>;
}

/// Renders the heading with its matches; `tag` is the language tag after script conversion.
pub fn render_title(text: &str, lang: Lang, tag: &'static str, marks: &mut HighlightCursor) -> Html {
    // Page translators put the parts of a text that breaks are in into elements, and translate each part on its own.
    let is_translated = dom::element("#sheaf font").is_some();
    let segmented = if is_translated { None } else { segment_words(text, lang) };
    let breaks =
        segmented.as_ref().map(|words| line_breaks(words.iter().map(String::as_str))).unwrap_or_default();
    let class = classes!("art__h", segmented.map(|_| "ti"));
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
        html! { <>if number > 0 { <wbr /> }<span class="seg">{ inside }</span>{ space }</> }
    });
    parts.collect()
}

fn render_part(text: &str, range: Range<usize>, breaks: &LineBreaks, marks: &mut HighlightCursor) -> Html {
    let mut at = range.start;
    let runs = marks.split_runs(text.get(range).unwrap_or_default()).into_iter().map(|run| {
        let start = at;
        at += run.text.len();
        let inside = render_breakable(run.text, start, breaks);
        let before = breaks.words.contains(&start).then(|| html! { <wbr /> });
        html! { <>{ before }{ render_run(run, inside) }</> }
    });
    runs.collect()
}

/// Renders a run of the title that starts at byte `start`.
fn render_breakable(run: &str, start: usize, breaks: &LineBreaks) -> Html {
    let mut pieces = Vec::new();
    let mut done = 0;
    for &at in &breaks.words {
        let inside = at.checked_sub(start).filter(|&at| at > 0 && at < run.len());
        let Some(piece) = inside.and_then(|at| run.get(done..at)) else { continue };
        done += piece.len();
        pieces.push(html! { { piece.to_owned() } });
        pieces.push(html! { <wbr /> });
    }
    pieces.push(html! { { run.get(done..).unwrap_or_default().to_owned() } });
    pieces.into_iter().collect()
}

/// Segments a Chinese or Japanese title into words, if the browser can.
fn segment_words(text: &str, lang: Lang) -> Option<Vec<String>> {
    if !lang.counts_characters() {
        return None;
    }
    let options = Fields::default();
    options.set("granularity", "word");
    let segmenter: Intl::Segmenter = Segmenter::new(lang.tag(), &options).ok()?.unchecked_into();
    let segments = js_sys::try_iter(&segmenter.segment(text)).ok()??;
    let word = |segment: Result<JsValue, JsValue>| {
        segment.ok()?.unchecked_into::<Intl::SegmentData>().segment().as_string()
    };
    let words: Vec<String> = segments.map(word).collect::<Option<_>>()?;
    (words.concat() == text).then_some(words)
}
