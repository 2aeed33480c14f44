//! Tells the files of earlier builds from a person's own, so that no build replaces or removes the latter.
//!
//! A file is a build's own when the record next to the site or the list in `sw.js` names its digest, when its name is a
//! hash that only builds give, or when it carries a mark of the format. Marks are those of all versions so far: a
//! site stays known when its record was deleted or is of another version.

use super::atomic_output::WorkDir;
use super::paths::{INDEX_PAGE, is_article_page, list_files};
use super::{build_stamp, index_page, offline, single_file};
use crate::archive::MANIFEST_FILE;
use crate::bundle::{BuildError, Digest, is_archive_file};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use memchr::memmem;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Shortest hash in a file name, as `trunk` and [`content_hash`](crate::model::content_hash) write them.
const HASH: usize = 8;

/// Origin of the files in a folder.
pub struct Ownership {
    folder: PathBuf,
    /// Files that earlier builds recorded.
    recorded: BTreeMap<String, Digest>,
    /// Files that the worker of the site lists, with their SHA-256 in base 64.
    listed: BTreeMap<String, String>,
}

impl Ownership {
    /// Reads the records of the site of `workshop`.
    pub fn load(workshop: &WorkDir) -> Ownership {
        let folder = workshop.out().to_owned();
        let worker = fs::read_to_string(folder.join(offline::WORKER_FILE)).unwrap_or_default();
        let listed = offline::core_of(&worker).into_iter().collect();
        Ownership { folder, recorded: build_stamp::files(workshop), listed }
    }

    /// Fails when a file that no build wrote lies at one of `paths`, which are about to be written.
    pub fn check(&self, paths: &[&str]) -> Result<(), BuildError> {
        self.check_files(paths, |_, _| false)
    }

    /// Fails when a file that no build wrote would be replaced by one in `stage`, which `force` allows, or when a file
    /// and a folder would have one path.
    pub fn check_stage(&self, stage: &Path, force: bool) -> Result<(), BuildError> {
        let made = list_files(stage).map_err(BuildError::read(stage))?;
        let folders: BTreeSet<&Path> =
            made.iter().flat_map(|path| Path::new(path).ancestors().skip(1)).collect();
        let is_file = |path: &PathBuf| fs::metadata(path).is_ok_and(|found| !found.is_dir());
        let is_folder = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
        let mut blocked = folders.iter().map(|path| self.folder.join(path)).filter(is_file);
        let mut blocked_files = made.iter().map(|path| self.folder.join(path)).filter(is_folder);
        if let Some(path) = blocked.next().or_else(|| blocked_files.next()) {
            return Err(BuildError::Blocked(path));
        }
        if force {
            return Ok(());
        }
        let made: Vec<&str> = made.iter().map(String::as_str).collect();
        // Nothing is lost where the new file begins with all of the old one.
        self.check_files(&made, |path, old| fs::read(stage.join(path)).is_ok_and(|new| new.starts_with(old)))
    }

    fn check_files(
        &self,
        paths: &[&str],
        is_kept: impl Fn(&str, &[u8]) -> bool + Sync,
    ) -> Result<(), BuildError> {
        let is_foreign = |path: &str| {
            let place = self.folder.join(path);
            match fs::symlink_metadata(&place) {
                Err(_) => false,
                // Folders are told of by `check_stage`.
                Ok(found) if !found.is_file() => !found.is_dir(),
                Ok(_) if has_hash(path) => false,
                Ok(_) => fs::read(&place)
                    .is_ok_and(|old| !old.is_empty() && !self.is_own(path, &old) && !is_kept(path, &old)),
            }
        };
        let foreign = paths.par_iter().filter(|path| is_foreign(path)).map(|path| self.folder.join(path));
        refuse("--out", foreign.collect())
    }

    /// Returns true if the file at `path`, which the new site has no more, is to be removed. With `force` changes since the
    /// last build do not keep it.
    pub fn is_stale(&self, path: &str, force: bool) -> bool {
        if is_archive_file(path) && path != MANIFEST_FILE || offline::is_file_list(path) {
            return true;
        }
        let is_recorded = self.recorded.contains_key(path);
        if !is_recorded && path != MANIFEST_FILE && !super::is_generated(path) {
            return false;
        }
        let place = self.folder.join(path);
        is_recorded && (force || has_hash(path))
            || fs::symlink_metadata(&place).is_ok_and(|found| found.is_file())
                && fs::read(&place).is_ok_and(|bytes| self.is_own(path, &bytes))
    }

    fn is_own(&self, path: &str, bytes: &[u8]) -> bool {
        let digest = Digest::compute(bytes);
        let is_listed = |listed: &String| *listed == BASE64_STANDARD.encode(digest.as_bytes());
        self.recorded.get(path) == Some(&digest)
            || self.listed.get(path).is_some_and(is_listed)
            || has_mark(path, bytes)
    }
}

/// Fails when a file at `out` is not a page that [`build_single_file`](super::build_single_file) wrote.
pub fn check_single(out: &Path) -> Result<(), BuildError> {
    let is_own = match fs::metadata(out) {
        Err(_) => true,
        Ok(found) if found.is_dir() => {
            return Err(BuildError::OutIsFolder { path: out.to_owned(), option: "--out" });
        }
        Ok(found) => {
            found.is_file()
                && fs::read(out).is_ok_and(|bytes| bytes.is_empty() || has(&bytes, single_file::MARKER))
        }
    };
    refuse("--out", if is_own { Vec::new() } else { vec![out.to_owned()] })
}

fn refuse(option: &'static str, files: Vec<PathBuf>) -> Result<(), BuildError> {
    if files.is_empty() { Ok(()) } else { Err(BuildError::Foreign { option, files }) }
}

/// Returns true if the name of a file holds a hash of its content, as builds alone give.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_hash = |part: &str| {
        part.len() >= HASH
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    };
    is_archive_file(path) && path != MANIFEST_FILE
        || offline::is_file_list(path)
        || name.split_once('-').is_some_and(|(_, rest)| rest.split(['-', '_', '.']).any(is_hash))
}

/// Returns true if a file says by its content that a build of any version wrote it at `path`.
fn has_mark(path: &str, bytes: &[u8]) -> bool {
    let has_page_address = || {
        memmem::find_iter(bytes, "/a/").any(|at| {
            let name = bytes.get(at + 1..at + 1 + "a/.html".len() + crate::model::Id::LENGTH);
            name.and_then(|name| std::str::from_utf8(name).ok()).is_some_and(is_article_page)
        })
    };
    match path {
        MANIFEST_FILE => bytes.starts_with(b"{\"sheaf\":"),
        INDEX_PAGE => {
            [index_page::MARKER, "id=\"sheaf\"", "id=sheaf"].into_iter().any(|mark| has(bytes, mark))
        }
        offline::WORKER_FILE => bytes.starts_with(offline::WORKER_START.as_bytes()),
        offline::WEB_MANIFEST_FILE => {
            has(bytes, "\"start_url\":\"./\"") && has(bytes, "\"icon-maskable.png\"")
        }
        "feed.xml" => has(bytes, "<generator>Sheaf</generator>"),
        "feed.json" => has_page_address() || has(bytes, "\"items\":[]"),
        "sitemap.xml" => has_page_address() || has(bytes, "/sitemap-1.xml</loc></sitemap>"),
        path if path.starts_with("sitemap-") => has_page_address(),
        path => is_article_page(path) && has(bytes, "data-open=\"#/read/"),
    }
}

fn has(bytes: &[u8], mark: &str) -> bool {
    memmem::find(bytes, mark.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_told_from_plain_ones() {
        for path in [
            "app-0123456789abcdef.js",
            "app-0123456789abcdef_bg.wasm",
            "style-0a1b2c3d.css",
            "archive/0a1b2c3d.json.gz",
            "kept-0a1b2c3d.json.gz",
        ] {
            assert!(has_hash(path), "{path}");
        }
        for path in ["index.html", "archive.json", "icon-180.png", "icon-maskable.png", "my-holidays.css"] {
            assert!(!has_hash(path), "{path}");
        }
    }

    #[test]
    fn marks_of_a_build_are_told_from_a_persons_text() {
        for (path, own, foreign) in [
            ("archive.json", "{\"sheaf\":1,\"title\"", "{\"title\":\"sheaf\"}"),
            ("index.html", "<title>x</title><!--archive--><meta>", "<title>Sheaf</title>"),
            ("feed.xml", "<feed><generator>Sheaf</generator>", "<feed><title>Sheaf</title>"),
            (
                "sitemap.xml",
                "<loc>https://a.example/a/0123456789ab.html</loc>",
                "<loc>https://a.example/a/home.html</loc>",
            ),
            ("sw.js", "const SITE = {\"version\"", "const CACHE = 1;"),
        ] {
            assert!(has_mark(path, own.as_bytes()), "{path}");
            assert!(!has_mark(path, foreign.as_bytes()), "{path}");
        }
    }
}
