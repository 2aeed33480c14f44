//! Preparation of an article for print.

use crate::app::dom;
use gloo::timers::future::TimeoutFuture;
use web_sys::Event;

/// Event that loads deferred images; the browser's print dialog fires it too.
pub const EVENT: &str = "beforeprint";

/// Interval between two checks of the images.
const LOOK_MS: u32 = 100;
/// Maximum number of checks before printing without missing images.
const LOOKS: u32 = 80;

/// Waits until the automatically loaded images are loaded or have failed.
pub async fn pictures() {
    let (Some(window), Ok(event)) = (dom::window(), Event::new(EVENT)) else { return };
    // The event is not cancelable.
    let _ = window.dispatch_event(&event);
    for _ in 0..LOOKS {
        TimeoutFuture::new(LOOK_MS).await;
        let missing = dom::element(".fig__p.is-loading");
        if missing.is_none() {
            return;
        }
    }
}
