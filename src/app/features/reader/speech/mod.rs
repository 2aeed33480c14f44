//! Text-to-speech: the article is spoken sentence by sentence.
//!
//! [`Player`] is the bar with its controls, [`playback`] moves through a
//! [`SpeechScript`](crate::reading::SpeechScript), [`voice`] wraps speech synthesis, and [`sentence_highlight`] marks
//! the sentence. Each sentence is an utterance of its own, since browsers fall silent in long ones. A pause cancels it
//! and play repeats it, since not all browsers can pause.

pub mod playback;
pub mod player;
pub mod sentence_highlight;
pub mod voice;
pub mod voice_preferences;

pub use player::{Player, PlayerProps};
