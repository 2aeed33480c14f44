//! What tabs of the same archive tell each other, so that they stay in step.
//!
//! A tab names the records that it has written; the others read them from the database. So all end with what
//! lies there, in whichever order they wrote.

use super::device::Name;
use crate::keep::{Change, Kind};
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// What another tab has done.
#[derive(Debug, PartialEq)]
pub enum News {
    /// It has written these records.
    Written(Vec<Name>),
    /// It has written many.
    Much,
    /// It has erased everything.
    Erased,
}

const MUCH: &str = "much";
const ERASED: &str = "erased";
/// Above so many records it is easier to read all of them.
const MANY: usize = 200;

/// The tabs of an archive. A browser without such channels has tabs that know nothing of each other until they
/// are loaded again.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    _heard: Option<EventListener>,
}

impl Tabs {
    /// Joins them, and hears what the others do.
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

    /// Tells the others that these records were written.
    pub fn written(&self, changes: &[Change]) {
        if changes.len() > MANY {
            return self.say(MUCH);
        }
        let lines = changes.iter().map(|change| format!("{} {}", change.kind().name(), change.key()));
        self.say(&lines.collect::<Vec<_>>().join("\n"));
    }

    /// Tells the others that everything was erased.
    pub fn erased(&self) {
        self.say(ERASED);
    }

    fn say(&self, text: &str) {
        if let Some(channel) = &self.channel {
            // A channel that this tab has not closed takes every text.
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
            // What is not understood was written by another version: everything is read again.
            let names: Option<Vec<Name>> = text.lines().map(name).collect();
            names.map_or(News::Much, News::Written)
        }
    }
}
