//! Command `sheaf check`.

use super::inputs::Inputs;
use super::output;
use crate::archive::writer::BodyFile;
use crate::bundle::{BuildError, BuildProgress, Config, FileOutcome, ReadSettings, read, walk};
use crate::images::PictureCache;
use crate::ingest::Format;
use std::io::Write;
use std::process::ExitCode;

/// Check article files and print problems
///
/// Each line has the form `path:line: code: message`. A line with the code `format` names the format of a file that
/// is not in the crawlers' format. No files are written.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
}

/// Reads all files and prints the problems.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let (seeds, options) = (&args.inputs.seeds, args.inputs.options());
    let config = Config::from_seeds(seeds, options.links)?;
    let progress = BuildProgress::on_terminal();
    let settings = ReadSettings::new(&config, options.format);
    let pictures = PictureCache::temporary()?;
    let bodies = BodyFile::create(&std::env::temp_dir()).map_err(BuildError::from)?;
    let sources = read(&walk(seeds, options.links)?, settings, &bodies, Some(&pictures), &progress)?;
    let files: Vec<_> = sources.into_iter().flat_map(|source| source.files).collect();
    progress.finish();
    let mut out = std::io::stdout().lock();
    let (mut articles, mut problems) = (0, 0);
    for file in &files {
        // The path on disk, so that editors can open the file.
        let place = file.fs_path.to_string_lossy();
        if let Some(format) = file.format.filter(|&format| format != Format::Crawler) {
            writeln!(out, "{}:1: format: read as {format}", output::sanitize_for_terminal(&place))?;
        }
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
