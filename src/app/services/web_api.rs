//! Web APIs for clipboard, sharing and printing. Each may be missing.

use super::dom;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Calls a method that a browser may lack. A binding would stop the app if the method is missing.
fn call_method(object: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = Reflect::get(object, &name.into()).ok()?.dyn_into().ok()?;
    let arguments: Array = arguments.iter().collect();
    Reflect::apply(&method, object, &arguments).ok()
}

fn navigator() -> Option<JsValue> {
    Some(dom::window()?.navigator().into())
}

/// Returns true if the browser has a share sheet.
pub fn can_share() -> bool {
    navigator()
        .and_then(|navigator| Reflect::get(&navigator, &"share".into()).ok())
        .is_some_and(|share| share.is_function())
}

/// Opens the share sheet. Cancelling it is not an error.
pub fn share(title: &str, url: &str) {
    let data = Object::new();
    let set = |name: &str, value: &str| Reflect::set(&data, &name.into(), &value.into()).is_ok();
    let Some(navigator) = navigator().filter(|_| set("title", title) && set("url", url)) else { return };
    let shared = call_method(&navigator, "share", &[data.into()])
        .and_then(|promise| promise.dyn_into::<Promise>().ok());
    if let Some(shared) = shared {
        yew::platform::spawn_local(async move {
            // Awaited, or the browser would report a rejection as an unhandled error.
            let _ = JsFuture::from(shared).await;
        });
    }
}

/// Copies a text to the clipboard. Returns true on success.
pub async fn copy_text(text: &str) -> bool {
    let clipboard = navigator().and_then(|navigator| Reflect::get(&navigator, &"clipboard".into()).ok());
    let clipboard = clipboard.filter(JsValue::is_object);
    let written = clipboard.and_then(|clipboard| call_method(&clipboard, "writeText", &[text.into()]));
    if let Some(written) = written.and_then(|promise| promise.dyn_into::<Promise>().ok())
        && JsFuture::from(written).await.is_ok()
    {
        return true;
    }
    copy_with_exec_command(text).unwrap_or(false)
}

/// Copies with `execCommand`, for pages without a secure context, which have no clipboard API.
fn copy_with_exec_command(text: &str) -> Option<bool> {
    let document = dom::document()?;
    let focused = dom::active_element();
    let field = document.create_element("textarea").ok()?;
    field.set_text_content(Some(text));
    field.set_class_name("vh");
    // Inside an open dialog, to keep the focus in it.
    let place = dom::element("[role=dialog]");
    let place = place.or_else(|| document.body().map(Into::into))?;
    place.append_child(&field).ok()?;
    call_method(&field, "select", &[]);
    let copied = call_method(&document, "execCommand", &["copy".into()]);
    field.remove();
    focused.and_then(|focused| dom::focus_node(focused.into()));
    copied?.as_bool()
}

/// Opens the print dialog.
pub fn print() {
    if let Some(window) = dom::window() {
        call_method(&window, "print", &[]);
    }
}
