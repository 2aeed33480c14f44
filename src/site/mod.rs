//! The whole site: the app, the archive and what is made of it, in a folder that any static host serves.
//!
//! ```text
//! articles ─▶ build ─▶ archive ┐
//! viewer  ─────────────────────┴▶ stage ─▶ site
//! ```
//!
//! What always holds: the folder is a whole site at every moment, the old one or the new; a build over an old site leaves
//! the same bytes as a build into an empty folder, besides files that no build has made, which stay.

pub mod offline;
mod record;
mod stage;
mod viewer;

pub use viewer::{PAGE, Viewer};

use crate::build::{
    BuildError, Built, Digest, Gathered, Layout, Progress, gather, inputs, is_archive_file, refuse_own_output,
};
use record::Record;
use stage::Workshop;
use std::path::{Path, PathBuf};

/// What to build and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folders with the article files.
    pub seeds: Vec<PathBuf>,
    /// The folder of the site.
    pub out: PathBuf,
    /// One file or many; chosen by size when not said.
    pub layout: Option<Layout>,
    /// The app; without one the archive is written alone.
    pub viewer: Option<Viewer>,
}

impl Options {
    /// All that decides what is written besides the articles, as one value; nothing where the program cannot be told.
    fn asked(&self) -> Option<Digest> {
        let layout = format!("{:?}", self.layout);
        let mut asked = vec![record::program()?, Digest::of(layout.as_bytes())];
        for (path, bytes) in self.viewer.iter().flat_map(|viewer| &viewer.files) {
            asked.extend([Digest::of(path.as_bytes()), Digest::of(bytes)]);
        }
        Some(Digest::of_all(asked))
    }
}

/// Builds a site.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` cannot be understood, or the site cannot be written.
pub fn build(options: &Options, progress: &Progress) -> Result<Built, BuildError> {
    refuse_own_output(&options.seeds, &options.out)?;
    let workshop = Workshop::open(&options.out)?;
    let asked = options.asked();
    let last = Record::load(&workshop);
    if let (Some(asked), Some(last)) = (asked, &last)
        && last.asked == asked
        && inputs(&options.seeds) == Some(last.inputs)
        && last.is_intact(workshop.out())
    {
        return Ok(Built { report: last.report.clone(), failed: None, written: false });
    }
    let Gathered { mut report, library, inputs } = gather(&options.seeds, progress)?;
    let encoded = match library.and_then(|library| library.encode(options.layout, progress)) {
        Ok(encoded) => encoded,
        Err(error) => return Ok(Built { report, failed: Some(error), written: false }),
    };
    report.bytes = encoded.bytes();
    let stage = workshop.stage()?;
    stage.put(encoded.files())?;
    if let Some(viewer) = &options.viewer {
        stage.put(viewer.files.iter().map(|(path, bytes)| (path.as_str(), &**bytes)))?;
        offline::write(stage.folder())?;
    }
    let record = asked.map(|asked| Record::of(asked, inputs, stage.folder(), report.clone())).transpose();
    let record = record.map_err(BuildError::io(stage.folder()))?;
    let ours = |path: &str| {
        is_archive_file(path)
            || offline::is_list(path)
            || last.as_ref().is_some_and(|last| last.files.contains_key(path))
    };
    stage.settle(&ours)?;
    if let Some(record) = record {
        record.store(&workshop).map_err(BuildError::io(workshop.out()))?;
    }
    Ok(Built { report, failed: None, written: true })
}

/// The path of `place` below `folder`, with `/` between the parts.
fn path_of(folder: &Path, place: &Path) -> String {
    let path = place.strip_prefix(folder).unwrap_or(place);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
