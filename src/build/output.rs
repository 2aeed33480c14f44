//! The archive in its folder.

use super::encode::Encoded;
use super::error::BuildError;
use super::progress::Progress;
use crate::archive::{ENTRY, file_path};
use rayon::prelude::*;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Writes an archive to `out`, over an earlier one if there is one.
///
/// A file is touched only when its bytes change, and is whole at every moment. New files are there before
/// `archive.json` names them; those that no longer belong go last.
pub fn write(out: &Path, archive: &Encoded, progress: &Progress) -> Result<(), BuildError> {
    fs::create_dir_all(out).map_err(BuildError::io(out))?;
    if let Some(folder) = out.join(file_path("")).parent().filter(|_| !archive.files.is_empty()) {
        fs::create_dir_all(folder).map_err(BuildError::io(folder))?;
    }
    progress.phase("writing", archive.files.len());
    archive.files.par_iter().try_for_each(|(name, file)| {
        progress.step();
        write_file(&out.join(file_path(name)), &file.bytes)
    })?;
    write_file(&out.join(ENTRY), &archive.manifest)?;
    remove_stale(out, archive)
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), BuildError> {
    let same_size = fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == bytes.len() as u64);
    if same_size && fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    let part = path.with_added_extension("part");
    fs::write(&part, bytes).map_err(BuildError::io(&part))?;
    fs::rename(&part, path).map_err(BuildError::io(path))
}

/// Removes files of an earlier archive, and nothing whose name is not of our making.
fn remove_stale(out: &Path, archive: &Encoded) -> Result<(), BuildError> {
    let probe = out.join(file_path(""));
    let Some(folder) = probe.parent() else { return Ok(()) };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(BuildError::io(folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(BuildError::io(folder))?;
        let file = entry.file_name();
        if is_stale(&file.to_string_lossy(), |name| archive.files.contains_key(name)) {
            fs::remove_file(entry.path()).map_err(BuildError::io(entry.path()))?;
        }
    }
    if archive.files.is_empty() {
        // It fails when somebody else's files lie there, and then it shall.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

/// Whether we wrote `file` in an earlier build, or began to, and it is not among those `wanted`.
fn is_stale(file: &str, wanted: impl Fn(&str) -> bool) -> bool {
    let (file, part) = file.strip_suffix(".part").map_or((file, false), |whole| (whole, true));
    let Some(name) = file.strip_suffix(".json.gz") else { return false };
    let ours = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    name.len() == 8 && name.bytes().all(ours) && (part || !wanted(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_ours_are_stale() {
        let wanted = |name: &str| name == "aaaaaaaa";
        for file in ["0a1b2c3d.json.gz", "0a1b2c3d.json.gz.part", "aaaaaaaa.json.gz.part"] {
            assert!(is_stale(file, wanted), "{file}");
        }
        for file in ["aaaaaaaa.json.gz", "holiday1.jpg", "notes.json.gz", "0A1B2C3D.json.gz", ".json.gz"] {
            assert!(!is_stale(file, wanted), "{file}");
        }
    }
}
