//! Command `sheaf open`.

use super::build;
use super::build_and_serve::build_and_serve;
use super::input_cache::{CacheInUse, InputCache};
use super::inputs::Inputs;
use crate::bundle::BuildError;
use crate::site::Viewer;
use anyhow::Context;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

/// Open folders, ZIP files or single files of articles in the browser
///
/// Builds a site in the user's cache directory, serves it to this machine only, and opens the browser. A file that is
/// added or changed meanwhile appears in the open page. Ctrl-C ends the program.
///
/// Stars, notes and reading positions are stored by the browser for the address of the page. Each set of inputs
/// therefore keeps its port, one from 20000 to 29999. After moving the inputs, name the former port with --port once.
///
/// Sites that were not opened for 30 days are removed from the cache.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Port to listen on from now on; 0 chooses a free one for this run
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Print the address without opening the browser
    #[arg(long)]
    no_browser: bool,
    /// Folder for the built sites; default: `sheaf` in the user's cache directory
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Use the reader in this folder, built by `make dist`, instead of the built-in one
    #[arg(long, value_name = "DIR")]
    viewer: Option<PathBuf>,
}

/// Opens the inputs until the program ends.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if args.viewer.is_none() && Viewer::embedded().is_none() {
        return Err(BuildError::NoEmbeddedViewer.into());
    }
    let root = match &args.cache {
        Some(folder) => folder.clone(),
        None => dirs::cache_dir()
            .context("no cache directory is known: name a folder with --cache")?
            .join("sheaf"),
    };
    let mut cache = match InputCache::open(&root, &args.inputs.seeds) {
        Ok(cache) => cache,
        Err(error) => match error.downcast_ref::<CacheInUse>() {
            Some(CacheInUse { url: Some(url) }) => {
                println!("another sheaf serves these inputs: the reader is at {url}");
                show(args, url);
                return Ok(ExitCode::SUCCESS);
            }
            _ => return Err(error),
        },
    };
    cache.remove_old_sites(SystemTime::now());
    let server = cache.bind(args.port)?;
    let build = build::Args::for_cache(args.inputs.clone(), cache.site(), args.viewer.clone());
    build_and_serve(&build, server, |url| {
        if let Err(error) = cache.set_url(url) {
            eprintln!("sheaf: {error:#}");
        }
        println!("the reader is at {url}");
        println!("cache: {}", cache.folder().display());
        show(args, url);
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Opens the browser, if wanted.
fn show(args: &Args, url: &str) {
    if args.no_browser {
        return;
    }
    if let Err(error) = opener::open_browser(url) {
        eprintln!("sheaf: cannot open the browser ({error}): open {url} yourself");
    }
}
