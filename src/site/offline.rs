//! Offline support: service worker, list of files to cache, web app manifest.
//!
//! ```text
//! sw.js                  worker.js without comments, preceded by a line with version, files, digests and sizes
//! kept-HASH.json.gz      path and size of each archive file to cache: all but the index
//! manifest.webmanifest   name and icons, for installation on a home screen
//! ```
//!
//! All of them depend on the other files of the site, so this step runs last.

use super::compact_script;
use super::paths::list_files;
use crate::archive::writer::WriteError;
use crate::archive::writer::gzip;
use crate::archive::{MANIFEST_FILE, Manifest, file_path};
use crate::bundle::{BuildError, write_whole};
use crate::model::{content_hash, is_content_hash};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

/// Path of the service worker. Its folder is the scope.
pub const WORKER_FILE: &str = "sw.js";
/// Path of the web app manifest. Sites whose page does not link to the manifest are not cached.
pub const WEB_MANIFEST_FILE: &str = "manifest.webmanifest";

/// Beginning of a finished worker.
pub const WORKER_START: &str = "const SITE = ";

const WORKER_CODE: &str = include_str!("worker.js");
/// Path, content, and `sizes` and `purpose` of the manifest. The first icon is cached with the page.
const ICONS: [(&str, &[u8], &str, &str); 4] = [
    ("icon.svg", include_bytes!("icons/icon.svg"), "any", "any"),
    ("icon-180.png", include_bytes!("icons/icon-180.png"), "180x180", "any"),
    ("icon-512.png", include_bytes!("icons/icon-512.png"), "512x512", "any"),
    ("icon-maskable.png", include_bytes!("icons/icon-maskable.png"), "512x512", "maskable"),
];

/// Number of files that [`write_offline_files`] writes at most: icons, web app manifest, list and worker.
pub const MAX_OFFLINE_FILES: usize = ICONS.len() + 3;

/// Configuration of the worker; `worker.js` documents the keys.
#[derive(Serialize)]
struct WorkerConfig {
    version: String,
    core: Vec<(String, String)>,
    #[serde(rename = "list")]
    file_list: Option<String>,
    bytes: [u64; 2],
    articles: u32,
}

/// Writes the offline files of the site in `folder`, which holds page, app and archive.
///
/// # Errors
///
/// The folder holds no archive, or cannot be written.
pub fn write_offline_files(folder: &Path) -> Result<(), BuildError> {
    let entry = read(folder, MANIFEST_FILE)?;
    let archive = Manifest::decode(&entry).map_err(io::Error::other).map_err(BuildError::read(folder))?;
    for (path, bytes, ..) in ICONS {
        write_if_changed(folder, path, bytes)?;
    }
    write_if_changed(folder, WEB_MANIFEST_FILE, &serde_json::to_vec(&web_manifest(&archive))?)?;

    let paths = list_files(folder).map_err(BuildError::read(folder))?;
    // A small archive consists of `archive.json` alone, apart from images.
    let has_more = archive.file_index.is_some() || paths.iter().any(|path| path.starts_with("archive/"));
    let kept = if has_more { offline_files(folder, &paths, &archive)? } else { Vec::new() };
    let kept_bytes = kept.iter().map(|(_, bytes)| bytes).sum();
    let list = if kept.is_empty() { None } else { Some(write_file_list(folder, &paths, &kept)?) };
    let mut core = Vec::new();
    let mut core_bytes = 0;
    for path in paths.into_iter().filter(|path| is_core_file(path)) {
        let bytes = read(folder, &path)?;
        core_bytes += bytes.len() as u64;
        core.push((path, BASE64_STANDARD.encode(Sha256::digest(&bytes))));
    }
    let version = content_hash(&serde_json::to_vec(&(&core, &list))?);
    let site = WorkerConfig {
        version,
        core,
        file_list: list,
        bytes: [core_bytes, kept_bytes],
        articles: archive.count,
    };
    let worker = compact_script(WORKER_CODE);
    let code = format!("{WORKER_START}{};\n{worker}", serde_json::to_string(&site)?);
    write_if_changed(folder, WORKER_FILE, code.as_bytes())
}

/// Returns `true` if the file at `path` belongs to the core: page, app and `archive.json`.
fn is_core_file(path: &str) -> bool {
    let of_app = [".js", ".css", ".wasm"].iter().any(|end| path.ends_with(end)) && !path.contains('/');
    of_app && path != WORKER_FILE
        || ["index.html", MANIFEST_FILE, WEB_MANIFEST_FILE, ICONS[0].0].contains(&path)
}

/// Returns the files that a finished worker lists as its core, each with its SHA-256 in base 64; none where `worker` is
/// another script.
pub fn core_of(worker: &str) -> Vec<(String, String)> {
    #[derive(Deserialize)]
    struct Listed {
        core: Vec<(String, String)>,
    }
    let line = worker.lines().next().unwrap_or_default();
    let json = line.strip_prefix(WORKER_START).and_then(|line| line.strip_suffix(';'));
    json.and_then(|json| serde_json::from_str::<Listed>(json).ok())
        .map_or_else(Vec::new, |listed| listed.core)
}

/// Files of the archive to store offline: all but the manifest, the index and the terms, by path, with their sizes.
fn offline_files(
    folder: &Path,
    paths: &[String],
    archive: &Manifest,
) -> Result<Vec<(String, u64)>, BuildError> {
    let tables = archive.file_index.as_ref();
    let leaves =
        tables.and_then(|tables| tables.index.as_ref()).into_iter().flat_map(|index| &index.word_leaves);
    let terms = tables.and_then(|tables| tables.terms.as_ref());
    let of_index: BTreeSet<String> =
        leaves.map(|(_, name)| name).chain(terms).map(|name| file_path(name)).collect();
    let wanted = |path: &&String| {
        // Conversion tables at the root are content-named and fetched on demand.
        let table = path.ends_with(".txt.gz") && !path.contains('/');
        let text = path.starts_with("archive/") && !path.starts_with("archive/index-");
        table || text && !of_index.contains(*path)
    };
    let weigh = |path: &String| {
        let place = folder.join(path);
        let meta = fs::metadata(&place).map_err(BuildError::read(&place))?;
        Ok((path.clone(), meta.len()))
    };
    paths.iter().filter(wanted).map(weigh).collect()
}

/// Writes the list under its content name and removes earlier lists.
fn write_file_list(folder: &Path, paths: &[String], kept: &[(String, u64)]) -> Result<String, BuildError> {
    let json = serde_json::to_vec(kept)?;
    let name = format!("kept-{}.json.gz", content_hash(&json));
    for stale in paths.iter().filter(|path| is_file_list(path) && **path != name) {
        let place = folder.join(stale);
        fs::remove_file(&place).map_err(BuildError::remove(&place))?;
    }
    write_if_changed(folder, &name, &gzip::compress(&json).map_err(WriteError::Compress)?)?;
    Ok(name)
}

/// Returns `true` if a build generates a list of cached files at `path`.
pub(super) fn is_file_list(name: &str) -> bool {
    let hash = name.strip_prefix("kept-").and_then(|name| name.strip_suffix(".json.gz"));
    hash.is_some_and(is_content_hash)
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
    icons: Vec<ManifestIcon>,
}

#[derive(Serialize)]
struct ManifestIcon {
    src: &'static str,
    sizes: &'static str,
    purpose: &'static str,
}

/// URLs are relative, since a site may be hosted at any path.
fn web_manifest(archive: &Manifest) -> WebManifest<'_> {
    WebManifest {
        name: archive.display_name(),
        short_name: archive.display_name(),
        description: &archive.description,
        lang: archive.lang.map(|lang| lang.tag()),
        id: "./",
        start_url: "./",
        scope: "./",
        display: "standalone",
        background_color: DESK_COLOR,
        theme_color: DESK_COLOR,
        icons: ICONS.iter().map(|&(src, _, sizes, purpose)| ManifestIcon { src, sizes, purpose }).collect(),
    }
}

/// Value of `--desk` in the light theme.
const DESK_COLOR: &str = "#f4efe5";

fn read(folder: &Path, path: &str) -> Result<Vec<u8>, BuildError> {
    let place = folder.join(path);
    fs::read(&place).map_err(BuildError::read(&place))
}

fn write_if_changed(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), BuildError> {
    let place = folder.join(path);
    if fs::read(&place).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    Ok(write_whole(&place, bytes)?)
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
        assert!(is_file_list("kept-0a1b2c3d.json.gz"));
        assert!(!is_file_list("kept-by-hand.json.gz") && !is_file_list("0a1b2c3d.json.gz"));
    }
}
