//! The JSON file of `--report`.

use crate::bundle::{BuildError, write_whole};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

/// Fails when `path` is a folder, or a file that is not a report with these `keys`, which `force` allows. Devices and
/// pipes hold nothing to lose.
pub fn check(path: &Path, keys: &[&str], force: bool) -> Result<(), BuildError> {
    if path.is_dir() {
        return Err(BuildError::OutIsFolder { path: path.to_owned(), option: "--report" });
    }
    if force {
        return Ok(());
    }
    let is_report = |json: &[u8]| {
        serde_json::from_slice::<Map<String, Value>>(json)
            .is_ok_and(|report| keys.iter().all(|key| report.contains_key(*key)))
    };
    let is_foreign = fs::metadata(path).is_ok_and(|found| found.is_file())
        && !fs::read(path).is_ok_and(|json| json.is_empty() || is_report(&json));
    if is_foreign {
        return Err(BuildError::Foreign { option: "--report", files: vec![path.to_owned()] });
    }
    Ok(())
}

/// Writes `report` to `path`, which may be a device or a pipe.
pub fn write(path: &Path, report: &impl Serialize) -> anyhow::Result<()> {
    let json = serde_json::to_vec(report)?;
    match path.canonicalize() {
        Ok(real) if !real.is_file() => fs::write(path, json).map_err(BuildError::write(path))?,
        // A link to the report stays.
        Ok(real) => write_whole(&real, &json)?,
        Err(_) => write_whole(path, &json)?,
    }
    Ok(())
}
