//! Getting an article ready for paper.

use crate::app::dom;
use gloo::timers::future::TimeoutFuture;
use web_sys::Event;

/// Before printing, the page is told by this event, and pictures that wait until they come near load at once.
/// The browser's own dialog sends it too.
pub const EVENT: &str = "beforeprint";

/// How often is looked whether the pictures are here.
const LOOK_MS: u32 = 100;
/// After so many looks it prints without those that are missing.
const LOOKS: u32 = 80;

/// Waits until the pictures of the page that load by themselves are here, or have failed.
pub async fn pictures() {
    let (Some(window), Ok(event)) = (dom::window(), Event::new(EVENT)) else { return };
    // Nobody cancels it.
    let _ = window.dispatch_event(&event);
    for _ in 0..LOOKS {
        TimeoutFuture::new(LOOK_MS).await;
        let missing = dom::element(".fig__p.is-loading");
        if missing.is_none() {
            return;
        }
    }
}
