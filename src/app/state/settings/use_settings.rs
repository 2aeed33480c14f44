//! Hook for the settings.

use super::Settings;
use crate::app::services::{dom, media_listener, use_effect_with, use_shared};
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Change of the settings.
pub type SettingsUpdate = Box<dyn FnOnce(&mut Settings)>;

/// Settings and the callback that changes them.
#[derive(Clone, Default, PartialEq)]
pub struct SettingsContext {
    pub settings: Settings,
    pub edit: Callback<SettingsUpdate>,
}

#[hook]
pub fn use_settings() -> SettingsContext {
    use_shared().unwrap_or_default()
}

/// Delay before the app renders a new theme, so that the page paints it first.
const THEME_PAINT_MS: u32 = 32;

/// Returns the settings stored on this device.
#[hook]
pub fn use_stored_settings() -> SettingsContext {
    let settings = use_state(Settings::load);
    // Applied settings, which may be ahead of the rendered ones.
    let latest = use_mut_ref(|| (*settings).clone());
    {
        let (settings, latest) = (settings.setter(), latest.clone());
        use_effect_with((), move |()| {
            let seen = latest.clone();
            // The automatic theme follows the system.
            let dark = media_listener("(prefers-color-scheme: dark)", move || seen.borrow().apply_theme());
            let stored = dom::window().map(|window| {
                EventListener::new(&window, "storage", move |_| {
                    let followed = latest.borrow().with_synced_persistence();
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
        use_callback((), move |edit: SettingsUpdate, ()| {
            let mut changed = latest.borrow().clone();
            edit(&mut changed);
            changed.store();
            let before = latest.replace(changed.clone());
            if before != (Settings { theme: before.theme, ..changed.clone() }) {
                settings.set(changed);
                return;
            }
            // Only colours change, and the page has them already.
            let (settings, latest) = (settings.clone(), latest.clone());
            spawn_local(async move {
                TimeoutFuture::new(THEME_PAINT_MS).await;
                settings.set(latest.borrow().clone());
            });
        })
    };
    SettingsContext { settings: (*settings).clone(), edit }
}
