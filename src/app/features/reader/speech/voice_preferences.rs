//! Preferences of this device: the speech rate, and a voice per language.

use super::voice::Voice;
use crate::app::services::local_storage;
use crate::app::state::settings;

/// Speech rates: names and values.
pub const RATES: [(&str, f32); 7] =
    [("0.75", 0.75), ("1", 1.0), ("1.25", 1.25), ("1.5", 1.5), ("1.75", 1.75), ("2", 2.0), ("2.5", 2.5)];

#[derive(Clone, PartialEq)]
pub struct VoicePreferences {
    /// Index of the rate in [`RATES`].
    pub rate_index: usize,
    voices: Vec<(String, String)>,
}

const PREFERENCES_KEY: &str = "sheaf.listen";

/// Returns the index of a rate, or that of the default.
pub fn rate_index(name: &str) -> usize {
    RATES.iter().position(|rate| rate.0 == name).unwrap_or(1)
}

impl VoicePreferences {
    pub fn load() -> VoicePreferences {
        let kept = local_storage::load(PREFERENCES_KEY).unwrap_or_default();
        let mut lines = kept.lines();
        let rate_index = rate_index(lines.next().unwrap_or_default());
        let voices = lines.filter_map(|line| line.split_once('='));
        VoicePreferences {
            rate_index,
            voices: voices.map(|(tag, name)| (tag.to_owned(), name.to_owned())).collect(),
        }
    }

    /// Returns the speech rate.
    pub fn rate(&self) -> f32 {
        RATES.get(self.rate_index).map_or(1.0, |rate| rate.1)
    }

    /// Stores the preferences, one a line, unless persistence is off.
    pub fn store(&self) {
        if settings::is_persistence_off() {
            return;
        }
        let mut kept = RATES.get(self.rate_index).map_or("", |rate| rate.0).to_owned();
        for (language, name) in &self.voices {
            kept = [&kept, "\n", language, "=", name].concat();
        }
        local_storage::store(PREFERENCES_KEY, &kept);
    }

    pub fn set_voice(&mut self, language: &str, name: String) {
        self.voices.retain(|(known, _)| known != language);
        self.voices.push((language.to_owned(), name));
    }

    /// Returns the voice of a language: the chosen one, else the best local one.
    pub fn voice_for<'v>(&self, language: &str, voices: &'v [Voice]) -> Option<&'v Voice> {
        let chosen = self.voices.iter().find(|(known, _)| known == language);
        let chosen = chosen.and_then(|(_, name)| voices.iter().find(|voice| *voice.name == **name));
        chosen.or_else(|| voices.first().filter(|voice| voice.is_local))
    }
}
