//! Media session: controls on lock screens, headsets and keyboards.
//!
//! Everything goes through `Reflect`, since browsers may lack the API and throw at unknown actions.

use crate::app::services::dom;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use yew::Callback;

/// Media control action.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MediaAction {
    Play,
    Pause,
    Previous,
    Next,
    Stop,
}

const ACTIONS: [(&str, MediaAction); 5] = [
    ("play", MediaAction::Play),
    ("pause", MediaAction::Pause),
    ("previoustrack", MediaAction::Previous),
    ("nexttrack", MediaAction::Next),
    ("stop", MediaAction::Stop),
];

/// Registered media controls, released on drop.
pub struct MediaSession {
    session: JsValue,
    _handlers: Vec<Closure<dyn Fn()>>,
}

impl MediaSession {
    /// Registers the controls; `None` without a media session.
    pub fn new(press: &Callback<MediaAction>) -> Option<MediaSession> {
        let session = media_session()?;
        let set = |action: &str, handler: &JsValue| {
            let set: Function = Reflect::get(&session, &"setActionHandler".into())?.dyn_into()?;
            set.call2(&session, &action.into(), handler)
        };
        let mut presses = Vec::new();
        for (action, pressed) in ACTIONS {
            let press = press.clone();
            let handler = Closure::<dyn Fn()>::new(move || press.emit(pressed));
            // The browser does not know the action.
            let _ = set(action, handler.as_ref());
            presses.push(handler);
        }
        Some(MediaSession { session, _handlers: presses })
    }
}

impl Drop for MediaSession {
    fn drop(&mut self) {
        for (action, _) in ACTIONS {
            if let Ok(set) = Reflect::get(&self.session, &"setActionHandler".into())
                && let Ok(set) = set.dyn_into::<Function>()
            {
                let _ = set.call2(&self.session, &action.into(), &JsValue::NULL);
            }
        }
        let _ = Reflect::set(&self.session, &"metadata".into(), &JsValue::NULL);
        let _ = Reflect::set(&self.session, &"playbackState".into(), &"none".into());
    }
}

fn media_session() -> Option<JsValue> {
    let navigator = dom::window()?.navigator();
    Reflect::get(&navigator, &"mediaSession".into()).ok().filter(JsValue::is_object)
}

/// Sets the metadata and the playback state.
pub fn set_metadata(title: &str, source: &str, playing: bool) {
    let Some(session) = media_session() else { return };
    let state = if playing { "playing" } else { "paused" };
    let _ = Reflect::set(&session, &"playbackState".into(), &state.into());
    let Ok(class) = Reflect::get(&js_sys::global(), &"MediaMetadata".into()) else { return };
    let Ok(class) = class.dyn_into::<Function>() else { return };
    let about = Object::new();
    let _ = Reflect::set(&about, &"title".into(), &title.into());
    let _ = Reflect::set(&about, &"artist".into(), &source.into());
    if let Ok(metadata) = Reflect::construct(&class, &Array::of1(&about)) {
        let _ = Reflect::set(&session, &"metadata".into(), &metadata);
    }
}
