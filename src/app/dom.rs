//! Small dealings with the page that Yew has no words for.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Window};

/// The tab's window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The page.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The page's root element.
pub fn root() -> Option<Element> {
    document()?.document_element()
}

/// The device's storage; a browser that forbids it to a site throws where it is named.
pub fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten()
}

/// Whether a media query holds now.
pub fn media(query: &str) -> bool {
    let list = window().and_then(|window| window.match_media(query).ok().flatten());
    list.is_some_and(|list| list.matches())
}

/// Whether list and article stand side by side; the same width as in the style sheets.
pub fn is_wide() -> bool {
    media("(min-width: 1120px)")
}

/// Sets a style property. Through the style object, since the page's policy ignores `style` attributes.
pub fn set_style(element: &Element, property: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // The names and values are ours and well formed.
        let _ = element.style().set_property(property, value);
    }
}

/// Sets a style property to a number, to the thousandth, with its unit. The browser writes the number: Rust's
/// own way of writing fractions is 20 kB of code.
pub fn set_number(element: &Element, property: &str, value: f64, unit: &str) {
    let thousandths = (value * 1000.0).round() / 1000.0;
    // Ten is a radix that numbers can be written in.
    let Ok(number) = js_sys::Number::from(thousandths).to_string_with_radix(10) else { return };
    set_style(element, property, &format!("{}{unit}", String::from(number)));
}

/// Whether the keyboard writes into `target` now.
pub fn is_typing(target: Option<web_sys::EventTarget>) -> bool {
    let Some(element) = target.and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        || element.has_attribute("contenteditable")
}

/// Focuses the first element that `selector` finds, without scrolling.
pub fn focus(selector: &str) {
    let element = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// Focuses an element.
pub fn focus_node(node: web_sys::Node) -> Option<()> {
    node.dyn_into::<HtmlElement>().ok()?.focus().ok()
}
