//! DOM helpers for APIs that Yew does not expose.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, HtmlAnchorElement, HtmlElement, Node, ScrollIntoViewOptions,
    ScrollLogicalPosition, Url, Window,
};
use yew::NodeRef;

pub fn window() -> Option<Window> {
    web_sys::window()
}

pub fn document() -> Option<Document> {
    window()?.document()
}

pub fn reload() {
    if let Some(window) = window() {
        // If reloading fails, the page stays as it is.
        let _ = window.location().reload();
    }
}

/// Returns the address of the page without the fragment.
pub fn page_url() -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

pub fn root_element() -> Option<Element> {
    document()?.document_element()
}

/// Returns true if a media query matches now.
pub fn matches_media(query: &str) -> bool {
    let list = window().and_then(|window| window.match_media(query).ok().flatten());
    list.is_some_and(|list| list.matches())
}

/// Returns true if list and article stand side by side. The width is that of the style sheets.
pub fn is_wide() -> bool {
    matches_media("(min-width: 1120px)")
}

/// Sets a style property through the style object, since the content security policy blocks `style`
/// attributes.
pub fn set_style(element: &Element, property: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Names and values are constants and well formed.
        let _ = element.style().set_property(property, value);
    }
}

/// Sets a style property to a number with a unit, rounded to three decimals. The browser formats the number:
/// Rust's float formatting adds 20 kB of code.
pub fn set_number(element: &Element, property: &str, value: f64, unit: &str) {
    let thousandths = (value * 1000.0).round() / 1000.0;
    // Radix 10 is always valid.
    let Ok(number) = js_sys::Number::from(thousandths).to_string_with_radix(10) else { return };
    set_style(element, property, &format!("{}{unit}", String::from(number)));
}

/// Returns true if `target` takes keyboard input.
pub fn is_typing(target: Option<web_sys::EventTarget>) -> bool {
    let Some(element) = target.and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        || element.has_attribute("contenteditable")
}

pub fn element(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok().flatten()
}

pub fn element_by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

pub fn elements(selector: &str) -> Vec<Element> {
    listed(document().and_then(|document| document.query_selector_all(selector).ok()))
}

/// Returns the descendants of an element that match.
pub fn descendants(root: &Element, selector: &str) -> Vec<Element> {
    listed(root.query_selector_all(selector).ok())
}

fn listed(list: Option<web_sys::NodeList>) -> Vec<Element> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}

/// Returns the reading pane that holds an element. The pane is a scroll container.
pub fn reading_pane(inside: &Element) -> Option<Element> {
    inside.closest("#pane").ok().flatten()
}

/// Scrolls an element to the middle of its scroll container.
pub fn scroll_to_center(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

pub fn active_element() -> Option<Element> {
    document()?.active_element()
}

/// Focuses the element of a reference without scrolling. Returns false if it cannot take the focus.
pub fn focus_ref(element: &NodeRef) -> bool {
    element.cast().and_then(focus_element).is_some()
}

/// Focuses the first button in the element of a reference without scrolling. Returns `None` if there is none.
pub fn focus_first_button(container: &NodeRef) -> Option<()> {
    let button = container.cast::<Element>()?.get_elements_by_tag_name("button").item(0)?;
    focus_element(button)
}

/// Focuses the element with an id without scrolling.
pub fn focus_id(id: &str) {
    // Without the element, the focus stays.
    let _ = element_by_id(id).and_then(focus_element);
}

/// Returns true if a modal dialog is open.
pub fn is_dialog_open() -> bool {
    element("dialog[open]").is_some()
}

/// Returns true if no visible, enabled element is focused. A hidden or disabled element keeps the focus until the next
/// paint.
pub fn is_focus_lost() -> bool {
    let is_usable = |focused: Element| {
        focused.tag_name() != "BODY"
            && focused.get_bounding_client_rect().width() > 0.0
            && !focused.matches(":disabled").unwrap_or_default()
    };
    !active_element().is_some_and(is_usable)
}

/// Focuses an element without scrolling. Returns `None` if it cannot take the focus.
pub fn focus_element(element: Element) -> Option<()> {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.dyn_into::<HtmlElement>().ok()?.focus_with_options(&options).ok()
}

/// Focuses an element. Returns `None` if it cannot take the focus.
pub fn focus_node(node: Node) -> Option<()> {
    node.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// Offers a text file as a download.
pub fn download_text(text: &str, name: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    download(&parts, "text/plain;charset=utf-8", name)
}

/// Offers a file of these bytes as a download.
pub fn download_bytes(bytes: &[u8], media_type: &str, name: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    download(&parts, media_type, name)
}

fn download(parts: &js_sys::Array, media_type: &str, name: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    // Blobs accept strings and bytes alike.
    let blob = Blob::new_with_str_sequence_and_options(parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // After ten seconds the browser has started to read the blob.
    gloo::timers::callback::Timeout::new(10_000, move || drop(Url::revoke_object_url(&url))).forget();
    Some(())
}
