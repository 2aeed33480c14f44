//! Appearance settings, stored on the device.
//!
//! The settings are one flat object of strings in `localStorage`. Each entry is also a data attribute of the
//! root element, which `boot.js` sets before the first paint.

pub mod use_settings;

pub use use_settings::{SettingsContext, SettingsUpdate, use_settings, use_stored_settings};

use crate::app::i18n::Locale;
use crate::app::js_objects::Fields;
use crate::app::services::{dom, local_storage};
use crate::archive::ImagePolicy;
use crate::text::TargetScript;
use js_sys::JSON;
use wasm_bindgen::JsCast;
use yew::AttrValue;

const SETTINGS_KEY: &str = "sheaf";
const FORGET_KEY: &str = "forget";

/// Colour theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Follows the system.
    #[default]
    Auto,
    Light,
    Sepia,
    Dark,
    Black,
}

/// Typeface of the body text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// Song, or a Latin serif.
    #[default]
    Serif,
    /// Hei, or a Latin sans.
    Sans,
}

/// Text sizes in pixels.
pub const SIZES: [u8; 7] = [16, 17, 18, 19, 20, 22, 24];
/// Line spacing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leading {
    Tight,
    #[default]
    Usual,
    Loose,
}

/// Measures in characters per line.
pub const MEASURES: [u8; 3] = [28, 34, 38];

/// All settings. `None` follows the window's width, the archive or the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub theme: Theme,
    /// Text size, one of [`SIZES`].
    pub size: Option<u8>,
    pub face: Face,
    pub leading: Leading,
    /// Characters per line, one of [`MEASURES`].
    pub measure: Option<u8>,
    /// Indents paragraphs instead of spacing them.
    pub indent: bool,
    /// Ragged lines instead of justified ones.
    pub ragged: bool,
    pub images: Option<ImagePolicy>,
    pub script: Option<TargetScript>,
    /// Set once conversion was offered on this device.
    pub is_script_offered: bool,
    pub ui: Option<Locale>,
    pub compact: bool,
    /// Turns single-letter shortcuts off.
    pub single_keys_off: bool,
    /// Stores nothing on the device but this choice.
    pub no_persistence: bool,
}

impl Theme {
    pub const ALL: [Theme; 5] = [Theme::Auto, Theme::Light, Theme::Sepia, Theme::Dark, Theme::Black];

    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Sepia => "sepia",
            Theme::Dark => "dark",
            Theme::Black => "black",
        }
    }
}

fn load_stored() -> Option<Fields> {
    JSON::parse(&local_storage::load(SETTINGS_KEY)?).ok()?.dyn_into().ok()
}

/// Returns true if nothing is to be stored on this device.
pub fn is_persistence_off() -> bool {
    dom::root_element().is_some_and(|root| root.has_attribute("data-forget"))
}

fn images_name(images: ImagePolicy) -> &'static str {
    match images {
        ImagePolicy::On => "on",
        ImagePolicy::Tap => "tap",
        ImagePolicy::Off => "off",
    }
}

impl Settings {
    pub fn load() -> Settings {
        let stored = load_stored().unwrap_or_default();
        let get = |name: &str| stored.get(name).as_string();
        let number = |name: &str, allowed: &[u8]| {
            get(name).and_then(|value| value.parse().ok()).filter(|value| allowed.contains(value))
        };
        let (theme, images) = (get("theme"), get("images"));
        let all_images = [ImagePolicy::On, ImagePolicy::Tap, ImagePolicy::Off];
        Settings {
            theme: Theme::ALL
                .into_iter()
                .find(|one| theme.as_deref() == Some(one.name()))
                .unwrap_or_default(),
            size: number("size", &SIZES),
            face: if get("face").as_deref() == Some("sans") { Face::Sans } else { Face::Serif },
            leading: match get("leading").as_deref() {
                Some("tight") => Leading::Tight,
                Some("loose") => Leading::Loose,
                _ => Leading::Usual,
            },
            measure: number("measure", &MEASURES),
            indent: get("indent").is_some(),
            ragged: get("ragged").is_some(),
            images: all_images.into_iter().find(|&one| images.as_deref() == Some(images_name(one))),
            script: get("script")
                .and_then(|tag| TargetScript::ALL.into_iter().find(|form| form.tag() == tag)),
            is_script_offered: get("offered").is_some(),
            ui: get("lang").and_then(|tag| Locale::from_tag(&tag)),
            compact: get("density").is_some(),
            single_keys_off: get("keys").is_some(),
            no_persistence: get(FORGET_KEY).is_some(),
        }
    }

    /// Stores and applies the settings. Without persistence they last until the tab is closed.
    pub fn store(&self) {
        let (stored, root) = (Fields::default(), dom::root_element());
        for (name, value) in self.entries() {
            let attribute = format!("data-{name}");
            // Setting a well-formed attribute or removing an absent one cannot fail.
            if let Some(value) = value.as_ref().filter(|_| !self.no_persistence || name == FORGET_KEY) {
                stored.set(name, value.as_str());
            }
            let _ = match (&root, &value) {
                (Some(root), Some(value)) => root.set_attribute(&attribute, value),
                (Some(root), None) => root.remove_attribute(&attribute),
                (None, _) => Ok(()),
            };
        }
        if let Ok(json) = JSON::stringify(&stored) {
            local_storage::store(SETTINGS_KEY, &String::from(json));
        }
        self.apply_theme();
    }

    /// Takes over the persistence setting of another tab, which concerns all tabs.
    pub fn with_synced_persistence(&self) -> Settings {
        Settings { no_persistence: Settings::load().no_persistence, ..self.clone() }
    }

    /// Returns the default appearance.
    pub fn with_defaults(&self) -> Settings {
        let Settings { no_persistence, is_script_offered, .. } = *self;
        Settings { no_persistence, is_script_offered, ..Settings::default() }
    }

    /// Applies the theme, resolving the automatic one.
    pub fn apply_theme(&self) {
        let theme = match self.theme {
            Theme::Auto if dom::matches_media("(prefers-color-scheme: dark)") => Theme::Dark,
            Theme::Auto => Theme::Light,
            chosen => chosen,
        };
        if let Some(root) = dom::root_element() {
            let _ = root.set_attribute("data-theme", theme.name());
        }
    }

    fn entries(&self) -> impl Iterator<Item = (&'static str, Option<AttrValue>)> {
        let flag = |set: bool| set.then_some("on".into());
        let number = |value: Option<u8>| value.map(|value| value.to_string().into());
        let leading = match self.leading {
            Leading::Tight => Some("tight"),
            Leading::Usual => None,
            Leading::Loose => Some("loose"),
        };
        [
            ("theme", Some(self.theme.name().into())),
            ("size", number(self.size)),
            ("face", (self.face == Face::Sans).then_some("sans".into())),
            ("leading", leading.map(AttrValue::from)),
            ("measure", number(self.measure)),
            ("indent", flag(self.indent)),
            ("ragged", flag(self.ragged)),
            ("images", self.images.map(|images| images_name(images).into())),
            ("script", self.script.map(|form| form.tag().into())),
            ("offered", flag(self.is_script_offered)),
            ("lang", self.ui.map(|ui| ui.tag().into())),
            ("density", self.compact.then_some("compact".into())),
            ("keys", self.single_keys_off.then_some("off".into())),
            (FORGET_KEY, flag(self.no_persistence)),
        ]
        .into_iter()
    }
}
