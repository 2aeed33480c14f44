//! Web APIs for clipboard, sharing and printing. Each may be missing.

use super::dom;
use crate::app::js_objects::Fields;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement, Navigator};

fn navigator() -> Option<Navigator> {
    Some(dom::window()?.navigator())
}

/// Returns true if the browser has a share sheet.
pub fn can_share() -> bool {
    navigator().is_some_and(|navigator| navigator.unchecked_ref::<Fields>().get("share").is_function())
}

/// Opens the share sheet. Cancelling it is not an error.
pub fn share(title: &str, url: &str) {
    let data = Fields::default();
    data.set("title", title);
    data.set("url", url);
    if let Some(navigator) = navigator().filter(|_| can_share()) {
        let shared = navigator.share_with_data(data.unchecked_ref());
        yew::platform::spawn_local(async move {
            // Awaited, or the browser would report a rejection as an unhandled error.
            let _ = JsFuture::from(shared).await;
        });
    }
}

/// Copies a text to the clipboard. Returns true on success.
pub async fn copy_text(text: &str) -> bool {
    let clipboard = navigator().map(|navigator| navigator.clipboard());
    // Outside a secure context there is no clipboard.
    if let Some(clipboard) = clipboard.filter(|clipboard| clipboard.is_object())
        && JsFuture::from(clipboard.write_text(text)).await.is_ok()
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
    field.unchecked_ref::<HtmlTextAreaElement>().select();
    let copied = document.unchecked_ref::<HtmlDocument>().exec_command("copy");
    field.remove();
    focused.and_then(dom::focus_element);
    copied.ok()
}

/// Opens the print dialog.
pub fn print() {
    if let Some(window) = dom::window() {
        // A browser without printing has nothing to open.
        let _ = window.print();
    }
}
