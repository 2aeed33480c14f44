//! Messages between tabs of the same archive.
//!
//! A tab announces the names of the records that it wrote, and the others read them from the database. The
//! database is the source of truth, so tabs converge regardless of write order.

use super::indexed_db::RecordName;
use crate::user_data::{RecordKind, UserDataEdit};
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// Message from another tab.
#[derive(Debug, PartialEq)]
pub enum TabMessage {
    /// It wrote these records.
    Records(Vec<RecordName>),
    /// It wrote more records than are worth naming.
    Reload,
    /// It erased everything.
    Erased,
}

const RELOAD_MESSAGE: &str = "much";
const ERASED_MESSAGE: &str = "erased";
/// Above this number of records, reading all of them is cheaper.
const MAX_NAMED_RECORDS: usize = 200;

/// Channel to the other tabs. Without `BroadcastChannel`, tabs see changes only after a reload.
pub struct TabChannel {
    channel: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl TabChannel {
    /// Joins the channel; `hear` receives the messages.
    pub fn new(name: &str, hear: impl Fn(TabMessage) + 'static) -> TabChannel {
        let channel = BroadcastChannel::new(name).ok();
        let heard = channel.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                if let Some(text) = text {
                    hear(parse_message(&text));
                }
            })
        });
        TabChannel { channel, _listener: heard }
    }

    /// Announces written records.
    pub fn announce_records(&self, changes: &[UserDataEdit]) {
        if changes.len() > MAX_NAMED_RECORDS {
            return self.broadcast(RELOAD_MESSAGE);
        }
        let lines = changes.iter().map(|change| format!("{} {}", change.kind().name(), change.key()));
        self.broadcast(&lines.collect::<Vec<_>>().join("\n"));
    }

    /// Announces that everything was erased.
    pub fn announce_erased(&self) {
        self.broadcast(ERASED_MESSAGE);
    }

    fn broadcast(&self, text: &str) {
        if let Some(channel) = &self.channel {
            // Posting to an open channel cannot fail for strings.
            let _ = channel.post_message(&text.into());
        }
    }
}

fn parse_message(text: &str) -> TabMessage {
    match text {
        ERASED_MESSAGE => TabMessage::Erased,
        RELOAD_MESSAGE => TabMessage::Reload,
        _ => {
            let name = |line: &str| {
                let (kind, key) = line.split_once(' ')?;
                Some((RecordKind::from_name(kind)?, key.to_owned()))
            };
            // An unknown message comes from another version, so everything is read again.
            let names: Option<Vec<RecordName>> = text.lines().map(name).collect();
            names.map_or(TabMessage::Reload, TabMessage::Records)
        }
    }
}
