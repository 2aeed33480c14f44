//! Media session: controls on lock screens, headsets and keyboards.
//!
//! Browsers may lack the API and throw at unknown actions; web-sys lists it as unstable.

use crate::app::js_objects::Fields;
use crate::app::services::dom;
use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use yew::Callback;

#[wasm_bindgen]
extern "C" {
    type MediaNavigator;
    #[wasm_bindgen(method, getter, js_name = mediaSession)]
    fn media_session(this: &MediaNavigator) -> Option<BrowserMediaSession>;

    type BrowserMediaSession;
    #[wasm_bindgen(method, catch, js_name = setActionHandler)]
    fn set_action_handler(
        this: &BrowserMediaSession,
        action: &str,
        handler: Option<&Function>,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter, js_name = playbackState)]
    fn set_playback_state(this: &BrowserMediaSession, state: &str);
    #[wasm_bindgen(method, setter)]
    fn set_metadata(this: &BrowserMediaSession, metadata: Option<&MediaMetadata>);

    type MediaMetadata;
    #[wasm_bindgen(constructor, catch)]
    fn new(metadata: &Fields) -> Result<MediaMetadata, JsValue>;
}

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
    session: BrowserMediaSession,
    _handlers: Vec<Closure<dyn Fn()>>,
}

impl MediaSession {
    /// Registers the controls; `None` without a media session.
    pub fn new(press: &Callback<MediaAction>) -> Option<MediaSession> {
        let session = media_session()?;
        let mut presses = Vec::new();
        for (action, pressed) in ACTIONS {
            let press = press.clone();
            let handler = Closure::<dyn Fn()>::new(move || press.emit(pressed));
            // The browser does not know the action.
            let _ = session.set_action_handler(action, Some(handler.as_ref().unchecked_ref()));
            presses.push(handler);
        }
        Some(MediaSession { session, _handlers: presses })
    }
}

impl Drop for MediaSession {
    fn drop(&mut self) {
        for (action, _) in ACTIONS {
            let _ = self.session.set_action_handler(action, None);
        }
        self.session.set_metadata(None);
        self.session.set_playback_state("none");
    }
}

fn media_session() -> Option<BrowserMediaSession> {
    dom::window()?.navigator().unchecked_ref::<MediaNavigator>().media_session()
}

/// Sets the metadata and the playback state.
pub fn set_metadata(title: &str, source: &str, playing: bool) {
    let Some(session) = media_session() else { return };
    session.set_playback_state(if playing { "playing" } else { "paused" });
    let metadata = Fields::default();
    metadata.set("title", title);
    metadata.set("artist", source);
    if let Ok(metadata) = MediaMetadata::new(&metadata) {
        session.set_metadata(Some(&metadata));
    }
}
