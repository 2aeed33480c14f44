//! Arguments of every command that reads article files.

use crate::bundle::{InputOptions, Links};
use crate::ingest::Format;
use clap::builder::{PossibleValuesParser, TypedValueParser};
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
    /// Follow symbolic links also to files and folders outside SEEDS_DIR; by default these are skipped and reported
    #[arg(long)]
    pub follow_links: bool,
    /// Read every file in this format; default: recognised by the content of each file
    #[arg(long, value_name = "NAME", value_parser = format_parser())]
    pub format: Option<Format>,
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::names()).try_map(|name| name.parse::<Format>())
}

impl Inputs {
    /// Returns the options of reading.
    pub fn options(&self) -> InputOptions {
        let links = if self.follow_links { Links::All } else { Links::Inside };
        InputOptions { links, format: self.format }
    }
}
