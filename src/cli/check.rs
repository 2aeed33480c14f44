//! Command `sheaf check`.

use super::print;
use crate::build::{BuildError, Config, Outcome, Progress, read, walk};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Check article files and print problems
///
/// Each line has the form `path:line: code: message`. No files are written.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folders with article files
    #[arg(required = true, value_name = "SEEDS_DIR")]
    seeds: Vec<PathBuf>,
}

/// Reads all files and prints the problems.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let config = Config::of_seeds(&args.seeds)?;
    let progress = Progress::on_terminal();
    let files = read(walk(&args.seeds)?, config.max_bytes, &progress);
    progress.finish();
    let mut out = std::io::stdout().lock();
    let (mut articles, mut problems) = (0, 0);
    for file in &files {
        // The path on disk, so that editors can open the file.
        let place = file.place.to_string_lossy();
        let mut problem = |line: u32, code: &str, message: &str| {
            problems += 1;
            writeln!(out, "{}:{line}: {code}: {}", print::plain(&place), print::plain(message))
        };
        match &file.outcome {
            Outcome::Skipped(reason) => problem(1, "skipped", &reason.text)?,
            Outcome::Read(read) => {
                articles += 1;
                for warning in &read.warnings {
                    problem(warning.line, warning.code, &warning.message)?;
                }
            }
        }
    }
    if articles == 0 {
        return Err(BuildError::Nothing { files: files.len() }.into());
    }
    let files = print::number(files.len(), "file", "files");
    eprintln!("{files}, {}", print::number(problems, "problem", "problems"));
    Ok(ExitCode::SUCCESS)
}
