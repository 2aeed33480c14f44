//! Build record: inputs and outputs of the last build.
//!
//! A build with the same program, options and inputs is skipped if all files of the site are intact. The record is
//! never trusted: inputs and site are read and hashed each time.

use super::atomic_output::WorkDir;
use super::paths::{RECORD_FILE, list_files};
use crate::bundle::{BuildError, Digest, Report, write_whole};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use std::{env, fs, io};

/// Record of one build.
#[derive(Debug, Serialize, Deserialize)]
pub struct BuildStamp {
    /// Digest of program and options.
    #[serde(rename = "asked")]
    pub request: Digest,
    /// Digest of the inputs.
    pub inputs: Digest,
    /// Written files with their digests.
    pub files: BTreeMap<String, Digest>,
    /// Report of the build.
    pub report: Report,
}

impl BuildStamp {
    /// Loads the record, if readable.
    pub fn load(workshop: &WorkDir) -> Option<BuildStamp> {
        serde_json::from_slice(&fs::read(workshop.file_path(RECORD_FILE)).ok()?).ok()
    }

    /// Creates a record of the files in `folder`.
    ///
    /// # Errors
    ///
    /// A file cannot be read.
    pub fn from_site(asked: Digest, inputs: Digest, folder: &Path, report: Report) -> io::Result<BuildStamp> {
        let files = list_files(folder)?.into_par_iter().map(|path| {
            let digest = Digest::compute(&fs::read(folder.join(&path))?);
            Ok((path, digest))
        });
        Ok(BuildStamp { request: asked, inputs, files: files.collect::<io::Result<_>>()?, report })
    }

    /// Saves the record for the next build.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn save(&self, workshop: &WorkDir) -> Result<(), BuildError> {
        Ok(write_whole(&workshop.file_path(RECORD_FILE), &serde_json::to_vec(self)?)?)
    }

    /// Returns `true` if every file in `folder` still has its recorded content.
    pub fn is_intact(&self, folder: &Path) -> bool {
        self.files.par_iter().all(|(path, digest)| {
            fs::read(folder.join(path)).is_ok_and(|bytes| Digest::compute(&bytes) == *digest)
        })
    }
}

/// Returns the files that the last build wrote, also as a record of another version names them.
pub fn files(workshop: &WorkDir) -> BTreeMap<String, Digest> {
    #[derive(Deserialize)]
    struct Files {
        files: BTreeMap<String, Digest>,
    }
    let record = fs::read(workshop.file_path(RECORD_FILE)).ok();
    let files = record.and_then(|json| serde_json::from_slice::<Files>(&json).ok());
    files.map(|record| record.files).unwrap_or_default()
}

/// The running program; a change of its code is a change of this. Nothing where it cannot be read.
pub fn program_digest() -> Option<Digest> {
    static PROGRAM: LazyLock<Option<Digest>> =
        LazyLock::new(|| Some(Digest::compute(&fs::read(env::current_exe().ok()?).ok()?)));
    *PROGRAM
}
