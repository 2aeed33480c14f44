//! Listening: the article is read out, sentence by sentence, by a voice of the device.
//!
//! [`Player`] is the bar with its controls. What it says and where that leads is a
//! [`Recital`](crate::view::Recital); `voice` deals with the browser's speech, `spoken` marks the sentence on the
//! page, `session` is the device's own media controls. Each sentence is an utterance of its own, since browsers
//! fall silent within long ones; a pause ends it and it begins anew, since not every browser can hold one.

mod player;
mod session;
mod spoken;
mod voice;

pub use player::{Player, PlayerProps};
