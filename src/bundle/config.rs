//! Settings of an archive, read from `sheaf.toml`.
//!
//! ```toml
//! title = "江上"
//! description = "Articles about the river"
//! lang = "zh-Hans"        # of the interface; default: the browser's language
//! zone = "Asia/Shanghai"  # or UTC+8; assigns each article to a day
//! images = "tap"          # on, tap or off
//! licence = "CC BY 4.0"   # terms of use
//! max_bytes = 33554432    # larger files are skipped
//! site = "https://example.org/news/"  # public address of the site, for feeds and search engines
//!
//! [sources]
//! rfi.fr = "RFI"          # site or folder = display name
//! ```

use super::time_zone::NamedTimeZone;
use super::walk::canonical;
use super::{BuildError, Links};
use crate::archive::ImagePolicy;
use crate::archive::writer::{ArchiveMetadata, MergedSources, TitleSuffixes};
use crate::ingest::{keys_of_site, site_name};
use crate::model::{Lang, Url};
use serde::de::{Deserialize, Deserializer, Error};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use toml::de::DeTable;

/// Name of the configuration file.
pub(super) const FILE_NAME: &str = "sheaf.toml";
/// Default of `max_bytes`: 32 MiB.
const DEFAULT_MAX_BYTES: u64 = 32 * 1024 * 1024;

/// Settings of `sheaf.toml`.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Title of the archive.
    pub title: String,
    /// Description, one sentence.
    pub description: String,
    /// Interface language.
    #[serde(deserialize_with = "lang")]
    pub lang: Option<Lang>,
    /// Time zone; the default depends on the language of the articles.
    #[serde(deserialize_with = "zone")]
    pub zone: Option<NamedTimeZone>,
    /// Default policy for remote images.
    pub images: ImagePolicy,
    /// Licence of the archive, one sentence.
    pub licence: String,
    /// Size limit for article files, in bytes; larger files are skipped.
    #[serde(deserialize_with = "max_bytes")]
    pub max_bytes: u64,
    /// Public address of the site, for absolute links.
    #[serde(deserialize_with = "site")]
    pub site: Option<String>,
    /// Display names of sources, by site or folder.
    #[serde(deserialize_with = "sources")]
    pub sources: BTreeMap<String, String>,
}

impl Config {
    /// Returns the display name of a source: configured, known, or its key.
    pub fn source_name(&self, key: &str) -> String {
        self.sources.get(key).map(String::as_str).or(site_name(key)).unwrap_or(key).to_owned()
    }

    /// Returns the key under which all sources with the display name of `key` are one: the shortest of their keys that
    /// are configured or known. It does not depend on articles, so that a new one never changes it.
    pub fn canonical_source<'a>(&'a self, key: &'a str) -> &'a str {
        let name = self.source_name(key);
        let configured = self.sources.iter().filter(|(_, other)| **other == name);
        let known = keys_of_site(&name).filter(|known| !self.sources.contains_key(*known));
        let keys =
            configured.map(|(key, _)| key.as_str()).chain(known.map(|key: &'static str| -> &'a str { key }));
        keys.min_by_key(|key| (key.len(), *key)).unwrap_or(key)
    }

    /// Returns the metadata of an archive in the time zone `zone`.
    pub fn metadata<'a>(
        &'a self,
        zone: &'a str,
        source_name: &'a dyn Fn(&str) -> String,
        title_suffixes: &'a TitleSuffixes,
        merged_sources: &'a MergedSources,
    ) -> ArchiveMetadata<'a> {
        ArchiveMetadata {
            title: &self.title,
            description: &self.description,
            lang: self.lang,
            zone,
            images: self.images,
            licence: &self.licence,
            source_name,
            title_suffixes,
            merged_sources,
        }
    }
}

/// All keys, for the suggestion after a misspelt one.
pub const KEYS: [&str; 9] =
    ["title", "description", "lang", "zone", "images", "licence", "max_bytes", "site", "sources"];

impl Default for Config {
    fn default() -> Config {
        Config {
            title: String::new(),
            description: String::new(),
            lang: None,
            zone: None,
            images: ImagePolicy::default(),
            licence: String::new(),
            max_bytes: DEFAULT_MAX_BYTES,
            site: None,
            sources: BTreeMap::new(),
        }
    }
}

impl Config {
    /// Loads the first `sheaf.toml` in `folders`, else one next to the first folder, else the defaults.
    ///
    /// # Errors
    ///
    /// The file cannot be read, says something that is not known, or is a link that `links` excludes.
    pub fn from_seeds(folders: &[PathBuf], links: Links) -> Result<Config, BuildError> {
        let path = config_path(folders, links)?.or_else(|| config_next_to(folders));
        let Some(path) = path else { return Ok(Config::default()) };
        let text = fs::read_to_string(&path).map_err(BuildError::read(&path))?;
        Config::parse(&text).map_err(|(line, message)| BuildError::Config { path, line, message })
    }

    /// Parses the text of a `sheaf.toml`; an error has its line, counted from 1.
    fn parse(text: &str) -> Result<Config, (usize, String)> {
        let line = |at: usize| text.as_bytes().iter().take(at).filter(|&&byte| byte == b'\n').count() + 1;
        let toml_error = |error: toml::de::Error| {
            (line(error.span().map_or(0, |span| span.start)), error.message().replace('\n', ", "))
        };
        // Keys are checked first: serde reports neither the line of an unknown key nor a suggestion.
        let table = DeTable::parse(text).map_err(toml_error)?;
        let mut unknown: Vec<_> =
            table.get_ref().keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref())).collect();
        unknown.sort_by_key(|key| key.span().start);
        if let Some(key) = unknown.first() {
            return Err((line(key.span().start), unknown_key(key.get_ref())));
        }
        toml::from_str(text).map_err(toml_error)
    }
}

/// Finds the configuration file of these folders.
///
/// # Errors
///
/// The file is a link that leads nowhere or that `links` excludes: to ignore the file would change the archive.
pub(super) fn config_path(folders: &[PathBuf], links: Links) -> Result<Option<PathBuf>, BuildError> {
    for folder in folders {
        let path = folder.join(FILE_NAME);
        let Ok(found) = fs::symlink_metadata(&path) else { continue };
        if found.is_symlink() {
            let target = path.canonicalize().map_err(BuildError::read(&path))?;
            if let Some(reason) = links.refusal(&target, &canonical(folders)?) {
                return Err(BuildError::ConfigLink { path, reason: reason.message });
            }
        }
        if path.is_file() {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

fn unknown_key(key: &str) -> String {
    let typed = key.to_lowercase();
    let distance =
        |known: &&str| if typed.contains(known) { 0 } else { strsim::damerau_levenshtein(&typed, known) };
    let near = KEYS.iter().min_by_key(|known| distance(known)).copied().unwrap_or_default();
    format!("unknown key `{key}`: did you mean `{near}`? valid keys are {}", KEYS.join(", "))
}

fn lang<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Lang>, D::Error> {
    let tag = String::deserialize(deserializer)?;
    let known = Lang::from_tag(&tag).filter(|lang| matches!(lang, Lang::ZhHans | Lang::ZhHant | Lang::En));
    let unknown = || D::Error::custom(format_args!("unknown language `{tag}`: use zh-Hans, zh-Hant or en"));
    known.map(Some).ok_or_else(unknown)
}

fn max_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let invalid = |_| D::Error::custom("invalid size: use a number of bytes like `33554432`");
    u64::deserialize(deserializer).map_err(invalid)
}

fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NamedTimeZone>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let unknown = || {
        D::Error::custom(format_args!(
            "unknown time zone `{text}`: use a name like `Asia/Shanghai` or an offset like `UTC+8`"
        ))
    };
    NamedTimeZone::parse(&text).map(Some).ok_or_else(unknown)
}

/// Returns the configuration file next to the first folder, as `sheaf new` writes one. A link is ignored, since its
/// target may be anywhere.
pub fn config_next_to(folders: &[PathBuf]) -> Option<PathBuf> {
    let folder = folders.iter().find(|folder| folder.is_dir())?.canonicalize().ok()?;
    let path = folder.parent()?.join(FILE_NAME);
    fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()).then_some(path)
}

/// Returns the public address of a site, if `text` is one.
pub fn parse_site_address(text: &str) -> Option<String> {
    let url = Url::parse(text)?;
    (url.host().is_some() && !text.contains(['?', '#'])).then(|| text.to_owned())
}

fn site<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let unknown = || {
        D::Error::custom(format_args!(
            "invalid site address `{text}`: use a form like `https://example.org/news/`"
        ))
    };
    parse_site_address(&text).map(Some).ok_or_else(unknown)
}

/// Display name, or names nested below the next part of the key.
///
/// In TOML, `rfi.fr = "RFI"` without quotes around the key is a table `rfi` with the key `fr`.
#[derive(serde::Deserialize)]
#[serde(untagged, expecting = "expected a name in quotes: `rfi.fr = \"RFI\"`")]
enum SourceNames {
    Name(String),
    Nested(BTreeMap<String, SourceNames>),
}

fn sources<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let mut names = BTreeMap::new();
    flatten(String::new(), BTreeMap::deserialize(deserializer)?, &mut names);
    Ok(names)
}

fn flatten(prefix: String, below: BTreeMap<String, SourceNames>, names: &mut BTreeMap<String, String>) {
    for (key, value) in below {
        let key = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match value {
            SourceNames::Name(name) => {
                names.insert(key, name);
            }
            SourceNames::Nested(below) => flatten(key, below, names),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_with_one_name_have_one_key() {
        let config = Config::parse(
            "[sources]\n'old.example' = 'Tide'\n'tide.example' = 'Tide'\n'bbc.co.uk' = 'Radio'\nnotes = 'BBC'\n",
        );
        let config = config.unwrap();
        for (key, canonical) in [
            ("old.example", "old.example"),
            ("tide.example", "old.example"),
            ("Tide", "old.example"),
            ("bbc.com", "notes"),
            ("bbc.co.uk", "bbc.co.uk"),
            ("ftchinese.com", "cn.ft.com"),
            ("ft.com", "ft.com"),
            ("zaobao.com.sg", "zaobao.com"),
            ("none", "none"),
            ("other.example", "other.example"),
        ] {
            assert_eq!(config.canonical_source(key), canonical, "{key}");
        }
    }

    #[test]
    fn all_keys_are_parsed() {
        let text = "title = '江上'\ndescription = 'x'\nlang = 'zh-TW'\nzone = 'UTC+8'\nimages = 'tap'\nlicence = 'CC0'\n\
                    max_bytes = 10\nsite = 'https://a.example/b'\n[sources]\nrfi.fr = 'RFI'\n'a.b.example' = 'AB'\nnotes = 'N'\n";
        let config = Config::parse(text).unwrap();
        assert_eq!((config.title.as_str(), config.licence.as_str(), config.max_bytes), ("江上", "CC0", 10));
        assert_eq!((config.lang, config.images), (Some(Lang::ZhHant), ImagePolicy::Tap));
        assert_eq!(config.zone.unwrap().name(), "UTC+8");
        assert_eq!(config.site.as_deref(), Some("https://a.example/b"));
        let names: Vec<_> = config.sources.iter().map(|(key, name)| format!("{key}={name}")).collect();
        assert_eq!(names, ["a.b.example=AB", "notes=N", "rfi.fr=RFI"]);
        assert_eq!(Config::parse("").unwrap().max_bytes, DEFAULT_MAX_BYTES);
    }

    #[test]
    fn unknown_key_suggests_the_nearest_key() {
        for (text, line, key, near) in [
            ("title = 'x'\ntimezone = 'UTC'", 2, "timezone", "zone"),
            ("license = 'x'", 1, "license", "licence"),
            ("\n\ntitel = 'x'", 3, "titel", "title"),
            ("[source]\na = 'b'", 1, "source", "sources"),
            ("Images = 'on'\nmax-bytes = 3", 1, "Images", "images"),
        ] {
            let (at, message) = Config::parse(text).unwrap_err();
            assert_eq!(at, line, "{text}");
            let expected = format!("unknown key `{key}`: did you mean `{near}`? valid keys are title, ");
            assert!(message.starts_with(&expected), "{message}");
        }
    }

    #[test]
    fn invalid_value_reports_its_line() {
        for (text, line, message) in [
            (
                "title = 'x'\nzone = 'Mars'",
                2,
                "unknown time zone `Mars`: use a name like `Asia/Shanghai` or an offset like `UTC+8`",
            ),
            ("lang = 'fr'", 1, "unknown language `fr`: use zh-Hans, zh-Hant or en"),
            (
                "site = 'example.org'",
                1,
                "invalid site address `example.org`: use a form like `https://example.org/news/`",
            ),
            ("images = 'never'", 1, "unknown variant `never`, expected one of `on`, `tap`, `off`"),
            ("max_bytes = '32 MB'", 1, "invalid size: use a number of bytes like `33554432`"),
        ] {
            assert_eq!(Config::parse(text).unwrap_err(), (line, message.to_owned()), "{text}");
        }
        assert_eq!(Config::parse("title = 'x'\n[sources]\na = 3").unwrap_err().0, 3);
        assert_eq!(Config::parse("title = 'x'\ntitle = 'y'").unwrap_err().0, 2);
        assert_eq!(Config::parse("title 'x'").unwrap_err().0, 1);
    }
}
