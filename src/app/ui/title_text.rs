//! Text of a title, which breaks between words.

use crate::app::js_objects::Fields;
use crate::app::services::dom;
use crate::app::state::script_conversion::ScriptContext;
use crate::model::Lang;
use crate::reading::{LineBreaks, line_breaks};
use js_sys::Intl;
use std::cell::RefCell;
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

thread_local! {
    /// Segmenter of Chinese and Japanese, which browsers segment by one dictionary; making one takes longer than using
    /// it.
    static SEGMENTER: RefCell<Option<Intl::Segmenter>> = const { RefCell::new(None) };
}

/// Renders a title in the chosen script, which breaks between words. Rows of a list keep their titles whole, so that page
/// translators translate them whole.
pub fn title_text(script: &ScriptContext, text: &str, lang: Lang) -> Html {
    let text = script.text(text, lang);
    match title_breaks(&text, lang) {
        Some(breaks) => html! { <span class="ti">{ breakable_text(&text, 0, &breaks.words) }</span> },
        None => html! { { text } },
    }
}

/// Returns the line breaks of a Chinese or Japanese title, if the browser can segment it.
///
/// Page translators put the parts of a text that breaks are in into elements, and translate each part on its own, so a
/// translated page has no such breaks.
pub fn title_breaks(text: &str, lang: Lang) -> Option<LineBreaks> {
    // The browser keeps this collection, so that not every title searches the page.
    let translated = dom::element_by_id("sheaf").map(|app| app.get_elements_by_tag_name("font"));
    if !lang.counts_characters() || translated.is_some_and(|translated| translated.length() > 0) {
        return None;
    }
    let words = segment_words(text)?;
    Some(line_breaks(words.iter().map(String::as_str)))
}

/// Place where a title may break. A `wbr` would be a space in the name of a link for screen readers.
pub fn word_break() -> Html {
    html! { <span class="wb" /> }
}

/// Renders a part of a title that starts at byte `start`, with the breaks before and inside it.
pub fn breakable_text(part: &str, start: usize, breaks: &[usize]) -> Html {
    let mut pieces = Vec::new();
    if breaks.contains(&start) {
        pieces.push(word_break());
    }
    let mut done = 0;
    for &at in breaks {
        let inside = at.checked_sub(start).filter(|&at| at > 0 && at < part.len());
        let Some(piece) = inside.and_then(|at| part.get(done..at)) else { continue };
        done += piece.len();
        pieces.push(html! { { piece.to_owned() } });
        pieces.push(word_break());
    }
    pieces.push(html! { { part.get(done..).unwrap_or_default().to_owned() } });
    pieces.into_iter().collect()
}

fn segment_words(text: &str) -> Option<Vec<String>> {
    let segmenter = SEGMENTER.with_borrow_mut(|cached| {
        if cached.is_none() {
            let options = Fields::default();
            options.set("granularity", "word");
            *cached = Some(Segmenter::new("zh", &options).ok()?.unchecked_into());
        }
        cached.clone()
    })?;
    let segments = js_sys::try_iter(&segmenter.segment(text)).ok()??;
    let word = |segment: Result<JsValue, JsValue>| {
        segment.ok()?.unchecked_into::<Intl::SegmentData>().segment().as_string()
    };
    let words: Vec<String> = segments.map(word).collect::<Option<_>>()?;
    (words.concat() == text).then_some(words)
}
