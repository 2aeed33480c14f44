//! Command `sheaf watch`.

use super::{build, serve};
use crate::serve::Builds;
use anyhow::Context;
use notify::{Event, EventKind, RecursiveMode, Watcher};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// Build and serve a site, and rebuild on every change of an article
///
/// Open pages reload after each build. If a build fails, the error is printed and the site stays unchanged.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    build: build::Args,
    #[command(flatten)]
    place: serve::Place,
}

/// Debounce delay: a build starts after this time without changes.
const QUIET: Duration = Duration::from_millis(200);
/// Maximum delay of a build while changes continue.
const PATIENCE: Duration = Duration::from_secs(3);

/// Watches the folders until the program ends.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let (tell, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // The build itself causes access events.
        if !matches!(event, Ok(Event { kind: EventKind::Access(_), .. })) {
            // Fails only when the program ends.
            let _ = tell.send(());
        }
    })?;
    for folder in &args.build.seeds {
        let failed = || format!("cannot watch {}", folder.display());
        watcher.watch(folder, RecursiveMode::Recursive).with_context(failed)?;
    }
    let server = args.place.bind()?;
    if let Err(error) = build::publish(&args.build) {
        // Without an earlier site there is nothing to serve.
        if !args.build.out.exists() {
            return Err(error);
        }
        eprintln!("sheaf: {error:#}");
    }
    println!("{} is at {}", args.build.out.display(), server.url()?);
    let (count, builds) = Builds::new();
    let site = args.build.out.to_owned();
    thread::spawn(move || {
        if let Err(error) = server.run(&site, Some(builds)) {
            eprintln!("sheaf: {error}");
        }
    });
    while wait(&changes) {
        match build::publish(&args.build) {
            Ok(true) => count.send_modify(|build| *build += 1),
            Ok(false) => {}
            Err(error) => eprintln!("sheaf: {error:#}"),
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Waits for a change and the end of the debounce delay; returns `false` if the watcher has stopped.
fn wait(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        match changes.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}
