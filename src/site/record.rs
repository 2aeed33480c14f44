//! Build record: inputs and outputs of the last build.
//!
//! A build with the same program, options and inputs is skipped if all files of the site are intact. The record is
//! never trusted: inputs and site are read and hashed each time.

use super::stage::{Workshop, list};
use crate::build::{Digest, Report};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use std::{env, fs, io};

const NAME: &str = "record.json";

/// Record of one build.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    /// Digest of program and options.
    #[serde(rename = "asked")]
    pub asked: Digest,
    /// Digest of the inputs.
    pub inputs: Digest,
    /// Written files with their digests.
    pub files: BTreeMap<String, Digest>,
    /// Report of the build.
    pub report: Report,
}

impl Record {
    /// Loads the record, if readable.
    pub fn load(workshop: &Workshop) -> Option<Record> {
        serde_json::from_slice(&fs::read(workshop.file(NAME)).ok()?).ok()
    }

    /// Creates a record of the files in `folder`.
    ///
    /// # Errors
    ///
    /// A file cannot be read.
    pub fn of(asked: Digest, inputs: Digest, folder: &Path, report: Report) -> io::Result<Record> {
        let files = list(folder)?.into_par_iter().map(|path| {
            let digest = Digest::of(&fs::read(folder.join(&path))?);
            Ok((path, digest))
        });
        Ok(Record { asked, inputs, files: files.collect::<io::Result<_>>()?, report })
    }

    /// Saves the record for the next build.
    ///
    /// # Errors
    ///
    /// The record cannot be written.
    pub fn store(&self, workshop: &Workshop) -> io::Result<()> {
        let (path, part) = (workshop.file(NAME), workshop.file("record.json.part"));
        fs::write(&part, serde_json::to_vec(self)?)?;
        fs::rename(part, path)
    }

    /// Returns `true` if every file in `folder` still has its recorded content.
    pub fn is_intact(&self, folder: &Path) -> bool {
        self.files.par_iter().all(|(path, digest)| {
            fs::read(folder.join(path)).is_ok_and(|bytes| Digest::of(&bytes) == *digest)
        })
    }
}

/// Returns the digest of the running executable, which changes with the code; `None` if unreadable.
pub fn program() -> Option<Digest> {
    static PROGRAM: LazyLock<Option<Digest>> =
        LazyLock::new(|| Some(Digest::of(&fs::read(env::current_exe().ok()?).ok()?)));
    *PROGRAM
}
