//! Arguments of every command that reads article files.

use crate::bundle::{InputOptions, Links};
use crate::ingest::Format;
use std::path::PathBuf;

/// Input folder of a command that names none, as `sheaf new` writes it.
pub const DEFAULT_SEEDS: &str = "seeds";

/// Input folders and files.
#[derive(Clone, Debug, clap::Args)]
#[group(skip)]
pub struct Inputs {
    /// Folders with article files; also single files, ZIP files and exports
    #[arg(value_name = "SEEDS_DIR", default_value = DEFAULT_SEEDS)]
    pub seeds: Vec<PathBuf>,
    /// Follow symbolic links to files and folders outside SEEDS_DIR too; without it they are skipped and reported
    #[arg(long)]
    pub follow_links: bool,
    /// Read every file in this format; default: recognised by the content of each file
    #[arg(long, value_name = "NAME")]
    pub format: Option<Format>,
}

impl Inputs {
    /// Returns the options of reading.
    pub fn options(&self) -> InputOptions {
        let links = if self.follow_links { Links::All } else { Links::Inside };
        InputOptions { links, format: self.format }
    }
}
