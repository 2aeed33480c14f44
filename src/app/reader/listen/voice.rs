//! The browser's speech.

use crate::app::dom;
use crate::app::hooks::use_effect_with;
use crate::order;
use crate::view::suits;
use gloo::events::EventListener;
use js_sys::Reflect;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};
use yew::prelude::*;

/// A voice of the device, or of a service that the browser sends the text to.
#[derive(Clone, PartialEq)]
pub struct Voice {
    /// Its name.
    pub name: AttrValue,
    /// Whether the text stays on the device.
    pub local: bool,
    voice: SpeechSynthesisVoice,
}

/// The browser's speech, where it has one.
pub fn speech() -> Option<SpeechSynthesis> {
    let window = dom::window()?;
    let speech = Reflect::get(&window, &"speechSynthesis".into()).ok()?;
    speech.is_object().then(|| speech.unchecked_into())
}

/// The voices that suit the language `tag`: those of the device first, then by how well they suit.
fn voices(tag: &str) -> Vec<Voice> {
    let Some(speech) = speech() else { return Vec::new() };
    let voices = speech.get_voices().into_iter().map(JsCast::unchecked_into::<SpeechSynthesisVoice>);
    let mut voices: Vec<_> = voices
        .filter_map(|voice| {
            let (order, local) = (suits(&voice.lang(), tag)?, voice.local_service());
            Some((!local, order, Voice { name: voice.name().into(), local, voice }))
        })
        .collect();
    order::sort_by_key(&mut voices, |(away, order, _)| (*away, *order));
    voices.into_iter().map(|(.., voice)| voice).collect()
}

/// The voices that suit the language `tag`, now and as the browser finds more.
#[hook]
pub fn use_voices(tag: &'static str) -> Vec<Voice> {
    let known = use_state_eq(|| voices(tag));
    let setter = known.setter();
    use_effect_with(tag, move |&tag| {
        setter.set(voices(tag));
        let listener = speech()
            .map(|speech| EventListener::new(&speech, "voiceschanged", move |_| setter.set(voices(tag))));
        move || drop(listener)
    });
    (*known).clone()
}

/// A sentence that is being said. Dropping it ends it.
pub struct Utterance {
    speech: SpeechSynthesis,
    /// Held, or the browser forgets it and never says that it ended.
    _utterance: SpeechSynthesisUtterance,
    listeners: Option<[EventListener; 2]>,
    /// Whether it has ended by itself.
    ended: Rc<Cell<bool>>,
}

impl Utterance {
    /// Says `text`; `done` hears whether it came to its end.
    pub fn new(text: &str, voice: &Voice, rate: f32, done: Callback<bool>) -> Option<Utterance> {
        let speech = speech()?;
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
        Some(Utterance { speech, _utterance: utterance, listeners: Some(listeners), ended })
    }
}

impl Drop for Utterance {
    fn drop(&mut self) {
        // Being broken off is an error to the browser, but none that anybody is to hear of.
        self.listeners = None;
        if !self.ended.get() {
            self.speech.cancel();
        }
    }
}
