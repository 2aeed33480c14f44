//! The choices as components have them, and how they change them.

use super::Settings;
use crate::app::dom;
use crate::app::hooks::{media_listener, use_effect_with};
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Changes some of the choices.
pub type Edit = Box<dyn FnOnce(&mut Settings)>;

/// The page wears another theme for so long before the app draws what says which it is.
const SEEN_MS: u32 = 32;

/// The choices of this device, and what changes them.
#[hook]
pub fn use_settings() -> (UseStateHandle<Settings>, Callback<Edit>) {
    let settings = use_state(Settings::load);
    // What the page shows, which may be ahead of what is drawn.
    let latest = use_mut_ref(|| (*settings).clone());
    {
        let (settings, latest) = (settings.setter(), latest.clone());
        use_effect_with((), move |()| {
            let seen = latest.clone();
            // A system that turns dark takes the page with it, unless a theme is chosen.
            let dark = media_listener("(prefers-color-scheme: dark)", move || seen.borrow().show_theme());
            let stored = dom::window().map(|window| {
                EventListener::new(&window, "storage", move |_| {
                    let followed = latest.borrow().follow();
                    if followed != *latest.borrow() {
                        latest.replace(followed.clone());
                        settings.set(followed);
                    }
                })
            });
            move || {
                dark();
                drop(stored);
            }
        });
    }
    let edit = {
        let settings = settings.setter();
        use_callback((), move |edit: Edit, ()| {
            let mut changed = latest.borrow().clone();
            edit(&mut changed);
            changed.store();
            let before = latest.replace(changed.clone());
            if before != (Settings { theme: before.theme, ..changed.clone() }) {
                settings.set(changed);
                return;
            }
            // Colours are all that changes, and the page has them already.
            let (settings, latest) = (settings.clone(), latest.clone());
            spawn_local(async move {
                TimeoutFuture::new(SEEN_MS).await;
                settings.set(latest.borrow().clone());
            });
        })
    };
    (settings, edit)
}
