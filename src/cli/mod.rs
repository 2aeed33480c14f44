//! Command line, one module per command.
//!
//! Every command returns an [`ExitCode`] or an error that is printed with its causes. Exit codes: 0 for success, also
//! with warnings; 1 for a failure; 2 for wrong usage.

mod archive_folder;
mod build;
mod build_and_serve;
mod check;
mod epub;
mod input_cache;
mod inputs;
mod list;
mod new;
mod open;
pub mod output;
#[cfg(feature = "pictures")]
mod pictures;
mod report;
mod search;
mod serve;
mod show;
mod watch;

use clap::{Parser, Subcommand};
use std::io::ErrorKind;
use std::process::ExitCode;

/// Opens folders of saved articles in the browser, builds searchable sites from them, and inspects archives
#[derive(Debug, Parser)]
#[command(name = "sheaf", version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: CliCommand,
}

const EXAMPLES: &str = "\
Examples:
  sheaf open clippings
  sheaf open export.zip
  sheaf check seeds
  sheaf build seeds --out site --report report.json
  sheaf serve site
  sheaf search site '台湾 after:2023 -选举'
  sheaf epub site 'after:2023-10' --out october.epub";

#[derive(Debug, Subcommand)]
enum CliCommand {
    Open(open::Args),
    New(new::Args),
    Build(build::Args),
    Watch(watch::Args),
    Serve(serve::Args),
    #[cfg(feature = "pictures")]
    Pictures(pictures::Args),
    Check(check::Args),
    Search(search::Args),
    Epub(epub::Args),
    Show(show::Args),
    List(list::Args),
}

/// Runs the command given on the command line.
pub fn run() -> ExitCode {
    let done = match Cli::parse().command {
        CliCommand::Open(args) => open::run(&args),
        CliCommand::New(args) => new::run(&args),
        CliCommand::Build(args) => build::run(&args),
        CliCommand::Watch(args) => watch::run(&args),
        CliCommand::Serve(args) => serve::run(&args),
        #[cfg(feature = "pictures")]
        CliCommand::Pictures(args) => pictures::run(&args),
        CliCommand::Check(args) => check::run(&args),
        CliCommand::Search(args) => search::run(&args),
        CliCommand::Epub(args) => epub::run(&args),
        CliCommand::Show(args) => show::run(&args),
        CliCommand::List(args) => list::run(&args),
    };
    match done {
        Ok(code) => code,
        // The reader of the output has closed the pipe, as `head` does.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sheaf: {error:#}");
            let usage =
                error.downcast_ref::<crate::bundle::BuildError>().is_some_and(|error| error.is_usage());
            ExitCode::from(if usage { 2 } else { 1 })
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn command_line_definition_is_valid() {
        Cli::command().debug_assert();
    }
}
