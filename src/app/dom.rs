//! Small dealings with the page that Yew has no words for.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, HtmlAnchorElement, HtmlElement, Node, ScrollIntoViewOptions,
    ScrollLogicalPosition, Url, Window,
};

/// The tab's window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The page.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        // A page that cannot be loaded again stays as it is, which says enough.
        let _ = window.location().reload();
    }
}

/// Where the archive is read, without what stands after `#`.
pub fn site() -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// The page's root element.
pub fn root() -> Option<Element> {
    document()?.document_element()
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

/// The first element that `selector` finds.
pub fn element(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok().flatten()
}

/// All elements that `selector` finds.
pub fn elements(selector: &str) -> Vec<Element> {
    let list = document().and_then(|document| document.query_selector_all(selector).ok());
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}

/// Scrolls an element to the middle of what it is seen in.
pub fn to_middle(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The element that has the focus.
pub fn focused() -> Option<Element> {
    document()?.active_element()
}

/// Focuses the first element that `selector` finds, without scrolling.
pub fn focus(selector: &str) {
    let _ = element(selector).and_then(focus_element);
}

/// Focuses an element without scrolling; nothing where that cannot have the focus.
pub fn focus_element(element: Element) -> Option<()> {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.dyn_into::<HtmlElement>().ok()?.focus_with_options(&options).ok()
}

/// Focuses an element; nothing where that cannot have the focus.
pub fn focus_node(node: Node) -> Option<()> {
    node.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// Hands a file to the browser to be kept.
pub fn save(text: &str, name: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type("text/plain;charset=utf-8");
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has begun to read it.
    gloo::timers::callback::Timeout::new(10_000, move || drop(Url::revoke_object_url(&url))).forget();
    Some(())
}
