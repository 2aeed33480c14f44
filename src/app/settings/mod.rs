//! What a reader has chosen about the look, kept on the device.
//!
//! The settings are one flat object of texts in `localStorage`; each entry is also a data attribute of the
//! page's root, which `boot.js` sets before the first paint and style sheets look at.

pub mod controls;
pub mod panel;
mod slider;
mod using;

pub use using::{Edit, use_settings};

use crate::app::i18n::Ui;
use crate::app::{dom, storage};
use crate::archive::Images;
use crate::text::Form;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::JsValue;
use yew::AttrValue;

const KEY: &str = "sheaf";
const FORGET: &str = "forget";

/// The ground and ink of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Paper.
    Light,
    /// Tea.
    Sepia,
    /// Night.
    Dark,
    /// Ink.
    Black,
}

/// The face of running text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// Song, or a Latin serif.
    #[default]
    Serif,
    /// Hei, or a Latin sans.
    Sans,
}

/// The reading sizes, in pixels.
pub const SIZES: [u8; 7] = [16, 17, 18, 19, 20, 22, 24];
/// How far lines stand apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leading {
    /// Closer than usual.
    Tight,
    /// As the size asks for.
    #[default]
    Usual,
    /// Wider than usual.
    Loose,
}

/// Characters a line.
pub const MEASURES: [u8; 3] = [28, 34, 38];

/// Everything that can be set. `None` is what the screen's width, the archive or the browser suggests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The theme.
    pub theme: Theme,
    /// The size of running text, one of [`SIZES`].
    pub size: Option<u8>,
    /// The face of running text.
    pub face: Face,
    /// How far lines stand apart.
    pub leading: Leading,
    /// Characters a line, one of [`MEASURES`].
    pub measure: Option<u8>,
    /// Whether paragraphs begin with an indent instead of a gap.
    pub indent: bool,
    /// Whether lines are set ragged instead of justified.
    pub ragged: bool,
    /// What to do with pictures that lie elsewhere.
    pub images: Option<Images>,
    /// The form of Chinese that articles are shown in, if not their own.
    pub script: Option<Form>,
    /// The language of the interface.
    pub ui: Option<Ui>,
    /// Whether the list is set close, for scanning.
    pub compact: bool,
    /// Whether keys that type a letter are left to the reader's other programs.
    pub keys_off: bool,
    /// Whether nothing is kept on the device, but this choice.
    pub forgets: bool,
}

impl Theme {
    /// Every theme that can be chosen.
    pub const ALL: [Theme; 5] = [Theme::Auto, Theme::Light, Theme::Sepia, Theme::Dark, Theme::Black];

    /// Its name in the page's attributes.
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

/// The settings of this device as they are kept.
fn stored() -> Option<JsValue> {
    JSON::parse(&storage::load(KEY)?).ok()
}

/// Whether nothing is to be kept on this device.
pub fn forgets() -> bool {
    dom::root().is_some_and(|root| root.has_attribute("data-forget"))
}

fn images_name(images: Images) -> &'static str {
    match images {
        Images::On => "on",
        Images::Tap => "tap",
        Images::Off => "off",
    }
}

impl Settings {
    /// The settings of this device.
    pub fn load() -> Settings {
        let stored = stored().unwrap_or_default();
        let get = |name: &str| Reflect::get(&stored, &name.into()).ok()?.as_string();
        let number = |name: &str, allowed: &[u8]| {
            get(name).and_then(|value| value.parse().ok()).filter(|value| allowed.contains(value))
        };
        let (theme, images) = (get("theme"), get("images"));
        let all_images = [Images::On, Images::Tap, Images::Off];
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
            script: get("script").and_then(|tag| Form::ALL.into_iter().find(|form| form.tag() == tag)),
            ui: get("lang").and_then(|tag| Ui::from_tag(&tag)),
            compact: get("density").is_some(),
            keys_off: get("keys").is_some(),
            forgets: get(FORGET).is_some(),
        }
    }

    /// Keeps the settings, and shows them. A device that keeps nothing still shows them until it is closed.
    pub fn store(&self) {
        let (stored, root) = (Object::new(), dom::root());
        for (name, value) in self.entries() {
            let attribute = format!("data-{name}");
            // Setting what is well formed, or removing what is not there, cannot fail.
            if let Some(value) = value.as_ref().filter(|_| !self.forgets || name == FORGET) {
                let _ = Reflect::set(&stored, &name.into(), &value.as_str().into());
            }
            let _ = match (&root, &value) {
                (Some(root), Some(value)) => root.set_attribute(&attribute, value),
                (Some(root), None) => root.remove_attribute(&attribute),
                (None, _) => Ok(()),
            };
        }
        if let Ok(json) = JSON::stringify(&stored) {
            storage::store(KEY, &String::from(json));
        }
        self.show_theme();
    }

    /// The same choices after another tab has stored its own: whether anything is kept is for all tabs.
    pub fn follow(&self) -> Settings {
        Settings { forgets: Settings::load().forgets, ..self.clone() }
    }

    /// How the page looks until somebody chooses.
    pub fn usual(&self) -> Settings {
        Settings { forgets: self.forgets, ..Settings::default() }
    }

    /// Sets the theme that the system asks for when none is chosen.
    pub fn show_theme(&self) {
        let theme = match self.theme {
            Theme::Auto if dom::media("(prefers-color-scheme: dark)") => Theme::Dark,
            Theme::Auto => Theme::Light,
            chosen => chosen,
        };
        if let Some(root) = dom::root() {
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
            ("lang", self.ui.map(|ui| ui.tag().into())),
            ("density", self.compact.then_some("compact".into())),
            ("keys", self.keys_off.then_some("off".into())),
            (FORGET, flag(self.forgets)),
        ]
        .into_iter()
    }
}
