//! Command `sheaf check`.

use super::inputs::Inputs;
use super::output;
use crate::bundle::{BuildError, BuildProgress, Config, FileOutcome, read, walk};
use std::io::Write;
use std::process::ExitCode;

/// Check article files and print problems
///
/// Each line has the form `path:line: code: message`. No files are written.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
}

/// Reads all files and prints the problems.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let (seeds, links) = (&args.inputs.seeds, args.inputs.links());
    let config = Config::from_seeds(seeds, links)?;
    let progress = BuildProgress::on_terminal();
    let files = read(walk(seeds, links)?, config.max_bytes, &progress);
    progress.finish();
    let mut out = std::io::stdout().lock();
    let (mut articles, mut problems) = (0, 0);
    for file in &files {
        // The path on disk, so that editors can open the file.
        let place = file.fs_path.to_string_lossy();
        let mut problem = |line: u32, code: &str, message: &str| {
            problems += 1;
            writeln!(
                out,
                "{}:{line}: {code}: {}",
                output::sanitize_for_terminal(&place),
                output::sanitize_for_terminal(message)
            )
        };
        match &file.outcome {
            FileOutcome::Skipped(reason) => problem(1, "skipped", &reason.message)?,
            FileOutcome::Ingested(read) => {
                articles += 1;
                for warning in &read.warnings {
                    problem(warning.line, warning.code, &warning.message)?;
                }
            }
        }
    }
    if articles == 0 {
        return Err(BuildError::NoArticles { files: files.len() }.into());
    }
    let files = output::count_noun(files.len(), "file", "files");
    eprintln!("{files}, {}", output::count_noun(problems, "problem", "problems"));
    Ok(ExitCode::SUCCESS)
}
