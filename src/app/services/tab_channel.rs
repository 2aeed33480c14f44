//! Channel to the other tabs of the same archive.

use crate::user_data::TabMessage;
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// Channel to the other tabs. Without `BroadcastChannel`, tabs see changes only after a reload.
pub struct TabChannel {
    channel: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl TabChannel {
    /// Joins the channel; `hear` receives the messages.
    pub fn new(name: &str, hear: impl Fn(TabMessage) + 'static) -> TabChannel {
        let channel = BroadcastChannel::new(name).ok();
        let listener = channel.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                if let Some(text) = text {
                    hear(TabMessage::from_text(&text));
                }
            })
        });
        TabChannel { channel, _listener: listener }
    }

    /// Sends a message to the other tabs.
    pub fn announce(&self, message: &TabMessage) {
        if let Some(channel) = &self.channel {
            // Posting to an open channel cannot fail for strings.
            let _ = channel.post_message(&message.to_text().into());
        }
    }
}
