//! Arguments of every command that reads article files.

use crate::bundle::Links;
use std::path::PathBuf;

/// Input folders.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Inputs {
    /// Folders with article files
    #[arg(required = true, value_name = "SEEDS_DIR")]
    pub seeds: Vec<PathBuf>,
    /// Follow symbolic links to files and folders outside SEEDS_DIR too; without it they are skipped and reported
    #[arg(long)]
    pub follow_links: bool,
}

impl Inputs {
    /// Returns the symbolic links that are followed.
    pub fn links(&self) -> Links {
        if self.follow_links { Links::All } else { Links::Inside }
    }
}
