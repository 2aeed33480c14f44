//! CSS Custom Highlight API: paints ranges of text without elements.

use super::dom;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Range;

// web-sys lists this API as unstable.
#[wasm_bindgen]
extern "C" {
    type HighlightWindow;
    #[wasm_bindgen(method, getter, js_name = CSS)]
    fn css(this: &HighlightWindow) -> Option<CssNamespace>;

    type CssNamespace;
    #[wasm_bindgen(method, getter)]
    fn highlights(this: &CssNamespace) -> Option<HighlightRegistry>;

    type HighlightRegistry;
    #[wasm_bindgen(method)]
    fn set(this: &HighlightRegistry, name: &str, highlight: &Highlight);
    #[wasm_bindgen(method)]
    fn delete(this: &HighlightRegistry, name: &str) -> bool;

    type Highlight;
    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<Highlight, JsValue>;
    #[wasm_bindgen(method)]
    fn add(this: &Highlight, range: &StaticRange);
    #[wasm_bindgen(method, setter)]
    fn set_priority(this: &Highlight, priority: i32);

    type StaticRange;
    /// Reads the properties of a range that a dictionary of boundary points has as well.
    #[wasm_bindgen(constructor, catch)]
    fn new(range: &Range) -> Result<StaticRange, JsValue>;
}

/// Kind of painted text. Later kinds are painted above earlier ones.
#[derive(Clone, Copy)]
pub enum HighlightKind {
    Annotation,
    Match,
    CurrentMatch,
    SpokenSentence,
}

impl HighlightKind {
    /// Name in the style sheets.
    fn name(self) -> &'static str {
        match self {
            HighlightKind::Annotation => "annotation",
            HighlightKind::Match => "match",
            HighlightKind::CurrentMatch => "current-match",
            HighlightKind::SpokenSentence => "spoken",
        }
    }
}

fn registry() -> Option<HighlightRegistry> {
    dom::window()?.unchecked_ref::<HighlightWindow>().css()?.highlights()
}

/// Returns true if the browser has the API.
pub fn is_supported() -> bool {
    registry().is_some()
}

/// Paints ranges instead of the earlier ones of their kind. Returns false if the browser cannot.
pub fn paint(kind: HighlightKind, ranges: &[Range]) -> bool {
    let Some(registry) = registry() else { return false };
    if ranges.is_empty() {
        registry.delete(kind.name());
        return true;
    }
    let Ok(highlight) = Highlight::new() else { return false };
    highlight.set_priority(kind as i32);
    // Live ranges would slow down each change of the page.
    ranges.iter().filter_map(|range| StaticRange::new(range).ok()).for_each(|range| highlight.add(&range));
    registry.set(kind.name(), &highlight);
    true
}
