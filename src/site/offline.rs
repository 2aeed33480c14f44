//! Offline support: service worker, list of files to cache, web app manifest.
//!
//! ```text
//! sw.js                  worker.js, preceded by a line with version, files, digests and sizes
//! kept-HASH.json.gz      path and size of each archive file to cache: all but the index
//! manifest.webmanifest   name and icons, for installation on a home screen
//! ```
//!
//! All of them depend on the other files of the site, so this step runs last.

use super::stage::list;
use crate::archive::{ENTRY, Manifest, file_path, is_name};
use crate::build::{BuildError, gzip};
use crate::model::content_name;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

/// Path of the service worker. Its folder is the scope.
pub const WORKER: &str = "sw.js";
/// Path of the web app manifest. Sites whose page does not link to the manifest are not cached.
pub const WEB_MANIFEST: &str = "manifest.webmanifest";

const CODE: &str = include_str!("worker.js");
/// Path, content, and `sizes` and `purpose` of the manifest. The first icon is cached with the page.
const ICONS: [(&str, &[u8], &str, &str); 4] = [
    ("icon.svg", include_bytes!("icons/icon.svg"), "any", "any"),
    ("icon-180.png", include_bytes!("icons/icon-180.png"), "180x180", "any"),
    ("icon-512.png", include_bytes!("icons/icon-512.png"), "512x512", "any"),
    ("icon-maskable.png", include_bytes!("icons/icon-maskable.png"), "512x512", "maskable"),
];

/// Configuration of the worker; `worker.js` documents the keys.
#[derive(Serialize)]
struct Site {
    version: String,
    core: Vec<(String, String)>,
    #[serde(rename = "list")]
    list: Option<String>,
    bytes: [u64; 2],
    articles: u32,
}

/// Writes the offline files of the site in `folder`, which holds page, app and archive.
///
/// # Errors
///
/// The folder holds no archive, or cannot be written.
pub fn write(folder: &Path) -> Result<(), BuildError> {
    let entry = read(folder, ENTRY)?;
    let archive = Manifest::decode(&entry).map_err(io::Error::other).map_err(BuildError::io(folder))?;
    for (path, bytes, ..) in ICONS {
        put(folder, path, bytes)?;
    }
    put(folder, WEB_MANIFEST, &serde_json::to_vec(&web_manifest(&archive))?)?;

    let paths = list(folder).map_err(BuildError::io(folder))?;
    // A small archive consists of `archive.json` alone, apart from images.
    let has_more = archive.tables.is_some() || paths.iter().any(|path| path.starts_with("archive/"));
    let kept = if has_more { kept(folder, &paths, &archive)? } else { Vec::new() };
    let kept_bytes = kept.iter().map(|(_, bytes)| bytes).sum();
    let list = if kept.is_empty() { None } else { Some(put_list(folder, &paths, &kept)?) };
    let mut core = Vec::new();
    let mut core_bytes = 0;
    for path in paths.into_iter().filter(|path| is_core(path)) {
        let bytes = read(folder, &path)?;
        core_bytes += bytes.len() as u64;
        core.push((path, BASE64_STANDARD.encode(Sha256::digest(&bytes))));
    }
    let version = content_name(&serde_json::to_vec(&(&core, &list))?);
    let site = Site { version, core, list, bytes: [core_bytes, kept_bytes], articles: archive.count };
    let code = format!("const SITE = {};\n{CODE}", serde_json::to_string(&site)?);
    put(folder, WORKER, code.as_bytes())
}

/// Returns `true` if the file at `path` belongs to the core: page, app and `archive.json`.
fn is_core(path: &str) -> bool {
    let of_app = [".js", ".css", ".wasm"].iter().any(|end| path.ends_with(end)) && !path.contains('/');
    of_app && path != WORKER || ["index.html", ENTRY, WEB_MANIFEST, ICONS[0].0].contains(&path)
}

/// Lists the archive files to cache besides `archive.json`: all but the index, by path with size in bytes.
fn kept(folder: &Path, paths: &[String], archive: &Manifest) -> Result<Vec<(String, u64)>, BuildError> {
    let index = archive.tables.as_ref().and_then(|tables| tables.index.as_ref());
    let of_index: BTreeSet<String> =
        index.into_iter().flat_map(|index| &index.words).map(|(_, name)| file_path(name)).collect();
    let wanted = |path: &&String| {
        // Conversion tables at the root are content-named and fetched on demand.
        let table = path.ends_with(".txt.gz") && !path.contains('/');
        let text = path.starts_with("archive/") && !path.starts_with("archive/index-");
        table || text && !of_index.contains(*path)
    };
    let weigh = |path: &String| {
        let place = folder.join(path);
        let meta = fs::metadata(&place).map_err(BuildError::io(&place))?;
        Ok((path.clone(), meta.len()))
    };
    paths.iter().filter(wanted).map(weigh).collect()
}

/// Writes the list under its content name and removes earlier lists.
fn put_list(folder: &Path, paths: &[String], kept: &[(String, u64)]) -> Result<String, BuildError> {
    let json = serde_json::to_vec(kept)?;
    let name = format!("kept-{}.json.gz", content_name(&json));
    for stale in paths.iter().filter(|path| is_list(path) && **path != name) {
        let place = folder.join(stale);
        fs::remove_file(&place).map_err(BuildError::io(&place))?;
    }
    put(folder, &name, &gzip(&json).map_err(BuildError::Compress)?)?;
    Ok(name)
}

/// Returns `true` if a build generates a list of cached files at `path`.
pub(super) fn is_list(name: &str) -> bool {
    let hash = name.strip_prefix("kept-").and_then(|name| name.strip_suffix(".json.gz"));
    hash.is_some_and(is_name)
}

#[derive(Serialize)]
struct WebManifest<'a> {
    name: &'a str,
    short_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'a str>,
    id: &'a str,
    start_url: &'a str,
    scope: &'a str,
    display: &'a str,
    background_color: &'a str,
    theme_color: &'a str,
    icons: Vec<Icon>,
}

#[derive(Serialize)]
struct Icon {
    src: &'static str,
    sizes: &'static str,
    purpose: &'static str,
}

/// URLs are relative, since a site may be hosted at any path.
fn web_manifest(archive: &Manifest) -> WebManifest<'_> {
    WebManifest {
        name: archive.name(),
        short_name: archive.name(),
        description: &archive.description,
        lang: archive.lang.map(|lang| lang.tag()),
        id: "./",
        start_url: "./",
        scope: "./",
        display: "standalone",
        background_color: DESK,
        theme_color: DESK,
        icons: ICONS.iter().map(|&(src, _, sizes, purpose)| Icon { src, sizes, purpose }).collect(),
    }
}

/// Value of `--desk` in the light theme.
const DESK: &str = "#f4efe5";

fn read(folder: &Path, path: &str) -> Result<Vec<u8>, BuildError> {
    let place = folder.join(path);
    fs::read(&place).map_err(BuildError::io(&place))
}

fn put(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), BuildError> {
    let place = folder.join(path);
    if fs::read(&place).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    // Written atomically.
    let part = place.with_added_extension("part");
    fs::write(&part, bytes).map_err(BuildError::io(&part))?;
    fs::rename(&part, &place).map_err(BuildError::io(&place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_matches_the_browser_encoding() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        {
            assert_eq!(BASE64_STANDARD.encode(bytes), text);
        }
    }

    #[test]
    fn only_generated_lists_are_recognised() {
        assert!(is_list("kept-0a1b2c3d.json.gz"));
        assert!(!is_list("kept-by-hand.json.gz") && !is_list("0a1b2c3d.json.gz"));
    }
}
