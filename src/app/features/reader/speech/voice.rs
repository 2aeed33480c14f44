//! Speech synthesis.

use crate::app::services::{dom, use_effect_with};
use crate::reading::voice_rank;
use crate::small_sort;
use gloo::events::EventListener;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};
use yew::prelude::*;

/// Voice of the device or of an online service.
#[derive(Clone, PartialEq)]
pub struct Voice {
    pub name: AttrValue,
    /// Set if the text stays on the device.
    pub is_local: bool,
    voice: SpeechSynthesisVoice,
}

/// Returns the speech synthesis, if supported.
pub fn speech_synthesis() -> Option<SpeechSynthesis> {
    dom::window()?.speech_synthesis().ok().filter(|speech| speech.is_object())
}

/// Returns the voices for a language tag: local ones first, then by suitability.
fn voices(tag: &str) -> Vec<Voice> {
    let Some(speech) = speech_synthesis() else { return Vec::new() };
    let voices = speech.get_voices().into_iter().map(JsCast::unchecked_into::<SpeechSynthesisVoice>);
    let mut voices: Vec<_> = voices
        .filter_map(|voice| {
            let (order, local) = (voice_rank(&voice.lang(), tag)?, voice.local_service());
            Some((!local, order, Voice { name: voice.name().into(), is_local: local, voice }))
        })
        .collect();
    small_sort::sort_by_key(&mut voices, |(away, order, _)| (*away, *order));
    voices.into_iter().map(|(.., voice)| voice).collect()
}

/// Returns the voices for a language tag and follows their changes.
#[hook]
pub fn use_voices(tag: &'static str) -> Vec<Voice> {
    let known = use_state_eq(|| voices(tag));
    let setter = known.setter();
    use_effect_with(tag, move |&tag| {
        setter.set(voices(tag));
        let listener = speech_synthesis()
            .map(|speech| EventListener::new(&speech, "voiceschanged", move |_| setter.set(voices(tag))));
        move || drop(listener)
    });
    (*known).clone()
}

/// Sentence being spoken. Dropping it cancels the speech.
pub struct Utterance {
    speech: SpeechSynthesis,
    /// Retained, or the browser collects it and fires no end event.
    _utterance: SpeechSynthesisUtterance,
    listeners: Option<[EventListener; 2]>,
    has_ended: Rc<Cell<bool>>,
}

impl Utterance {
    /// Speaks `text`; `done` receives whether it succeeded.
    pub fn new(text: &str, voice: &Voice, rate: f32, done: Callback<bool>) -> Option<Utterance> {
        let speech = speech_synthesis()?;
        let utterance = SpeechSynthesisUtterance::new_with_text(text).ok()?;
        utterance.set_voice(Some(&voice.voice));
        utterance.set_lang(&voice.voice.lang());
        utterance.set_rate(rate);
        let ended = Rc::new(Cell::new(false));
        let listen = |event: &'static str, well: bool| {
            let (ended, done) = (ended.clone(), done.clone());
            EventListener::once(&utterance, event, move |_| {
                ended.set(true);
                done.emit(well);
            })
        };
        let listeners = [listen("end", true), listen("error", false)];
        speech.speak(&utterance);
        Some(Utterance { speech, _utterance: utterance, listeners: Some(listeners), has_ended: ended })
    }
}

impl Drop for Utterance {
    fn drop(&mut self) {
        // Cancelling fires an error event, which is ignored.
        self.listeners = None;
        if !self.has_ended.get() {
            self.speech.cancel();
        }
    }
}
