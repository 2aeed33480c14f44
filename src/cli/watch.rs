//! Command `sheaf watch`.

use super::build_and_serve::build_and_serve;
use super::{build, serve};
use std::process::ExitCode;

/// Build and serve a site, and rebuild on every change of an article
///
/// Open pages reload after each build. If a build fails, the error is printed and the site stays unchanged.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    build: build::Args,
    #[command(flatten)]
    place: serve::ListenAddress,
}

/// Watches the folders until the program ends.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let server = args.place.bind()?;
    let site = args.build.out.display();
    build_and_serve(&args.build, server, |url| println!("{site} is at {url}"))?;
    Ok(ExitCode::SUCCESS)
}
