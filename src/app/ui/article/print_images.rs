//! Preparation of an article for print.

use crate::app::services::dom;
use gloo::timers::future::TimeoutFuture;
use web_sys::Event;

/// Event that loads deferred images; the browser's print dialog fires it too.
pub const BEFORE_PRINT: &str = "beforeprint";

/// Interval between two checks of the images.
const POLL_INTERVAL_MS: u32 = 100;
/// Maximum number of checks before printing without missing images.
const MAX_POLLS: u32 = 80;

/// Waits until the automatically loaded images are loaded or have failed.
pub async fn wait_for_images() {
    let (Some(window), Ok(event)) = (dom::window(), Event::new(BEFORE_PRINT)) else { return };
    // The event is not cancelable.
    let _ = window.dispatch_event(&event);
    for _ in 0..MAX_POLLS {
        TimeoutFuture::new(POLL_INTERVAL_MS).await;
        let missing = dom::element(".fig__p.is-loading");
        if missing.is_none() {
            return;
        }
    }
}
