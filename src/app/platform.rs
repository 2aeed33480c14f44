//! What the device offers beyond the page: its clipboard, its share sheet, its printer. Each may be missing.

use super::dom;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Calls a method that a browser may lack: named so, since binding it would end the app where it is missing.
fn call(object: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = Reflect::get(object, &name.into()).ok()?.dyn_into().ok()?;
    let arguments: Array = arguments.iter().collect();
    Reflect::apply(&method, object, &arguments).ok()
}

fn navigator() -> Option<JsValue> {
    Some(dom::window()?.navigator().into())
}

/// Whether there are other apps to hand an address to.
pub fn can_share() -> bool {
    navigator()
        .and_then(|navigator| Reflect::get(&navigator, &"share".into()).ok())
        .is_some_and(|share| share.is_function())
}

/// Hands a title and an address to another app. Somebody who turns back has chosen so: nothing is reported.
pub fn share(title: &str, url: &str) {
    let data = Object::new();
    let set = |name: &str, value: &str| Reflect::set(&data, &name.into(), &value.into()).is_ok();
    let Some(navigator) = navigator().filter(|_| set("title", title) && set("url", url)) else { return };
    let shared =
        call(&navigator, "share", &[data.into()]).and_then(|promise| promise.dyn_into::<Promise>().ok());
    if let Some(shared) = shared {
        yew::platform::spawn_local(async move {
            // Waited for, or a refusal would be reported as an error of the page.
            let _ = JsFuture::from(shared).await;
        });
    }
}

/// Puts a text on the clipboard; says whether it is there.
pub async fn copy(text: &str) -> bool {
    let clipboard = navigator().and_then(|navigator| Reflect::get(&navigator, &"clipboard".into()).ok());
    let clipboard = clipboard.filter(JsValue::is_object);
    let written = clipboard.and_then(|clipboard| call(&clipboard, "writeText", &[text.into()]));
    if let Some(written) = written.and_then(|promise| promise.dyn_into::<Promise>().ok())
        && JsFuture::from(written).await.is_ok()
    {
        return true;
    }
    copy_as_ever(text).unwrap_or(false)
}

/// The way for pages that came without encryption, which have no clipboard of their own.
fn copy_as_ever(text: &str) -> Option<bool> {
    let document = dom::document()?;
    let focused = dom::focused();
    let field = document.create_element("textarea").ok()?;
    field.set_text_content(Some(text));
    field.set_class_name("vh");
    // Inside an open dialog, so that the focus does not leave it.
    let place = dom::element("[role=dialog]");
    let place = place.or_else(|| document.body().map(Into::into))?;
    place.append_child(&field).ok()?;
    call(&field, "select", &[]);
    let copied = call(&document, "execCommand", &["copy".into()]);
    field.remove();
    focused.and_then(|focused| dom::focus_node(focused.into()));
    copied?.as_bool()
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = dom::window() {
        call(&window, "print", &[]);
    }
}
