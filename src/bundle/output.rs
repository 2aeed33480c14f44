//! Writing of an archive into its folder.

use super::{BuildError, BuildProgress};
use crate::archive::writer::WriteProgress;
use crate::archive::{FILES_DIR, MANIFEST_FILE};
use crate::file_error::FileError;
use crate::model::is_content_hash;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// End of the names of unfinished files.
const PART: &str = ".sheaf-part";

/// Writes an archive of `manifest` and other `files` to `out`, over an earlier one if there is one.
///
/// A file is written only if its bytes change, by an atomic rename. New files are written before `archive.json`
/// refers to them; stale files are removed last.
///
/// # Errors
///
/// A file cannot be written or removed.
pub fn write_archive(
    out: &Path,
    manifest: &[u8],
    files: &BTreeMap<String, Vec<u8>>,
    progress: &BuildProgress,
) -> Result<(), BuildError> {
    fs::create_dir_all(out).map_err(BuildError::write(out))?;
    let paths = files.keys().map(|path| out.join(path));
    let folders: BTreeSet<PathBuf> = paths.filter_map(|path| path.parent().map(Path::to_owned)).collect();
    for folder in &folders {
        fs::create_dir_all(folder).map_err(BuildError::write(folder))?;
    }
    progress.begin_phase("writing", files.len());
    files.par_iter().try_for_each(|(path, bytes)| {
        progress.advance();
        write_file(&out.join(path), bytes)
    })?;
    write_file(&out.join(MANIFEST_FILE), manifest)?;
    remove_stale(out, FILES_DIR, &|path| files.contains_key(path))
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), BuildError> {
    let same_size = fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64);
    if same_size && fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    Ok(write_whole(path, bytes)?)
}

/// Writes a file in one step: at `place` lies the old file or the new one, and nothing else when that fails.
///
/// # Errors
///
/// The file cannot be written.
pub fn write_whole(place: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let part = part_of(place);
    // A leftover of a killed build may be a link, which a write would follow.
    let _ = fs::remove_file(&part);
    let write = || {
        let mut file = File::create_new(&part)?;
        file.write_all(bytes)?;
        drop(file);
        fs::rename(&part, place)
    };
    write().map_err(|error| {
        let _ = fs::remove_file(&part);
        FileError::write(place)(error)
    })
}

/// Returns the place of an unfinished file: hidden, under a name that only builds give.
pub fn part_of(place: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(PART);
    place.with_file_name(name)
}

/// Returns true if a build that was killed left the file at `path` unfinished.
pub fn is_part(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('.') && name.ends_with(PART)
}

/// Removes files of an earlier archive in `folder`. Files whose names no build produces are kept.
fn remove_stale(out: &Path, folder: &str, wanted: &dyn Fn(&str) -> bool) -> Result<(), BuildError> {
    let path = out.join(folder);
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(BuildError::read(path)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(BuildError::read(&path))?;
        let here = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if is_archive_folder(&here) && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_stale(out, &here, wanted)?;
        } else if is_stale(&here, wanted) {
            fs::remove_file(entry.path()).map_err(BuildError::remove(entry.path()))?;
        }
    }
    // Fails if the folder still holds files, and then the folder is kept.
    let _ = fs::remove_dir(path);
    Ok(())
}

/// Returns `true` if `path` is the name of an archive file that a build writes.
pub fn is_archive_file(path: &str) -> bool {
    path == MANIFEST_FILE || is_stale(path, &|_| false)
}

/// Returns `true` if `path` is the name of a folder that a build creates.
fn is_archive_folder(path: &str) -> bool {
    let name = path.strip_prefix("archive/").unwrap_or_default();
    name.strip_prefix("index-").or(name.strip_prefix("related-")).is_some_and(is_content_hash)
}

/// Returns `true` if `path` is a file of an earlier build, possibly incomplete, and not `wanted`.
fn is_stale(path: &str, wanted: &dyn Fn(&str) -> bool) -> bool {
    if path.starts_with("archive/") && is_part(path) {
        return true;
    }
    // Earlier versions wrote such files.
    let (path, part) = path.strip_suffix(".part").map_or((path, false), |whole| (whole, true));
    let Some((folder, file)) = path.rsplit_once('/') else { return false };
    let ends = [".json.gz", ".bin", ".webp"];
    let Some(stem) = ends.into_iter().find_map(|end| file.strip_suffix(end)) else { return false };
    let numbered = !stem.is_empty() && stem.bytes().all(|byte| byte.is_ascii_digit());
    let ours =
        if folder == FILES_DIR { is_content_hash(stem) } else { is_archive_folder(folder) && numbered };
    ours && (part || !wanted(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_generated_files_are_stale() {
        let wanted = |path: &str| path == "archive/aaaaaaaa.json.gz";
        for path in [
            "archive/0a1b2c3d.json.gz",
            "archive/0a1b2c3d.json.gz.part",
            "archive/aaaaaaaa.json.gz.part",
            "archive/0a1b2c3d.webp",
            "archive/index-aaaaaaaa/12.bin",
            "archive/related-aaaaaaaa/0.json.gz",
            "archive/.0a1b2c3d.json.gz.sheaf-part",
        ] {
            assert!(is_stale(path, &wanted), "{path}");
        }
        for path in [
            "archive/aaaaaaaa.json.gz",
            "archive/holiday1.jpg",
            "archive/holidays.webp.jpg",
            "archive/notes.json.gz",
            "archive/0A1B2C3D.json.gz",
            "archive/.json.gz",
            "archive/index-aaaaaaaa/x.bin",
            "archive/holidays/12.bin",
        ] {
            assert!(!is_stale(path, &wanted), "{path}");
        }
    }
}
