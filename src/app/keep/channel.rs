//! Messages between tabs of the same archive.
//!
//! A tab announces the names of the records that it wrote, and the others read them from the database. The
//! database is the source of truth, so tabs converge regardless of write order.

use super::device::Name;
use crate::keep::{Change, Kind};
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// Message from another tab.
#[derive(Debug, PartialEq)]
pub enum News {
    /// It wrote these records.
    Written(Vec<Name>),
    /// It wrote more records than are worth naming.
    Much,
    /// It erased everything.
    Erased,
}

const MUCH: &str = "much";
const ERASED: &str = "erased";
/// Above this number of records, reading all of them is cheaper.
const MANY: usize = 200;

/// Channel to the other tabs. Without `BroadcastChannel`, tabs see changes only after a reload.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    _heard: Option<EventListener>,
}

impl Tabs {
    /// Joins the channel; `hear` receives the messages.
    pub fn join(name: &str, hear: impl Fn(News) + 'static) -> Tabs {
        let channel = BroadcastChannel::new(name).ok();
        let heard = channel.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                if let Some(text) = text {
                    hear(read(&text));
                }
            })
        });
        Tabs { channel, _heard: heard }
    }

    /// Announces written records.
    pub fn written(&self, changes: &[Change]) {
        if changes.len() > MANY {
            return self.say(MUCH);
        }
        let lines = changes.iter().map(|change| format!("{} {}", change.kind().name(), change.key()));
        self.say(&lines.collect::<Vec<_>>().join("\n"));
    }

    /// Announces that everything was erased.
    pub fn erased(&self) {
        self.say(ERASED);
    }

    fn say(&self, text: &str) {
        if let Some(channel) = &self.channel {
            // Posting to an open channel cannot fail for strings.
            let _ = channel.post_message(&text.into());
        }
    }
}

fn read(text: &str) -> News {
    match text {
        ERASED => News::Erased,
        MUCH => News::Much,
        _ => {
            let name = |line: &str| {
                let (kind, key) = line.split_once(' ')?;
                Some((Kind::from_name(kind)?, key.to_owned()))
            };
            // An unknown message comes from another version, so everything is read again.
            let names: Option<Vec<Name>> = text.lines().map(name).collect();
            names.map_or(News::Much, News::Written)
        }
    }
}
