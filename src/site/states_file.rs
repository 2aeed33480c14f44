//! File with the states that came along with its articles, in the format of exported user data: beside the site, or
//! published in it.

use crate::bundle::{BuildError, write_whole};
use crate::model::content_hash;
use crate::user_data::import_json;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// End of the name of the file; the site's name is the beginning.
const SUFFIX: &str = ".states.json";

/// Returns the path of the file of the site at `out`.
pub fn states_path(out: &Path) -> PathBuf {
    // A path such as `.` has no name.
    let real = if out.file_name().is_none() { out.canonicalize().ok() } else { None };
    let out = real.as_deref().unwrap_or(out);
    let mut name: OsString = out.file_name().unwrap_or_default().to_owned();
    name.push(SUFFIX);
    out.with_file_name(name)
}

/// Returns the path of published states inside a site. Its name is their content, so that caches never go stale.
pub fn published_path(json: &str) -> String {
    format!("states-{}.json", content_hash(json.as_bytes()))
}

/// Checks that no file of another kind lies at `path`, unless `force` allows to replace it.
///
/// # Errors
///
/// A file that is no user data lies there.
pub fn check(path: &Path, force: bool) -> Result<(), BuildError> {
    let is_own = |bytes: Vec<u8>| {
        bytes.is_empty() || String::from_utf8(bytes).is_ok_and(|text| import_json(&text).is_ok())
    };
    let is_foreign = fs::symlink_metadata(path).is_ok() && !fs::read(path).is_ok_and(is_own);
    if is_foreign && !force {
        return Err(BuildError::Foreign { option: "--out", files: vec![path.to_owned()] });
    }
    Ok(())
}

/// Writes the file at `path`.
///
/// # Errors
///
/// It cannot be written.
pub fn write(path: &Path, json: &str) -> Result<(), BuildError> {
    Ok(write_whole(path, json.as_bytes())?)
}
