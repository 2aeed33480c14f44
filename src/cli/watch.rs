//! Command `sheaf watch`.

use super::{build, serve};
use crate::bundle::BuildError;
use crate::preview::ReloadChannel;
use anyhow::Context;
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
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
    place: serve::ListenAddress,
}

/// Debounce delay: a build starts after this time without changes.
const DEBOUNCE: Duration = Duration::from_millis(200);
/// Maximum delay of a build while changes continue.
const MAX_DEBOUNCE: Duration = Duration::from_secs(3);

/// Watches the folders until the program ends.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let (tell, changes) = mpsc::channel();
    let on_event = move |event: notify::Result<Event>| {
        // Reading is what the build itself does.
        if !matches!(event, Ok(Event { kind: EventKind::Access(_), .. })) {
            // Fails only when the program ends.
            let _ = tell.send(());
        }
    };
    let inputs = &args.build.inputs;
    let config = Config::default().with_follow_symlinks(inputs.follow_links);
    let mut watcher = RecommendedWatcher::new(on_event, config)?;
    for folder in &inputs.seeds {
        let failed = || format!("cannot watch {}", folder.display());
        // A folder named on the command line may itself be a link.
        let folder = folder.canonicalize().with_context(failed)?;
        // Editors replace a file, which ends a watch on the file itself.
        let (watched, mode) = match folder.parent().filter(|_| folder.is_file()) {
            Some(parent) => (parent, RecursiveMode::NonRecursive),
            None => (folder.as_path(), RecursiveMode::Recursive),
        };
        watcher.watch(watched, mode).with_context(failed)?;
    }
    let server = args.place.bind()?;
    if let Err(error) = build::publish(&args.build) {
        // Without a site there is nothing to show, and a wrong command stays wrong.
        let is_usage = error.downcast_ref::<BuildError>().is_some_and(BuildError::is_usage);
        if is_usage || !args.build.out.exists() {
            return Err(error);
        }
        eprintln!("sheaf: {error:#}");
    }
    println!("{} is at {}", args.build.out.display(), server.url()?);
    let (count, builds) = ReloadChannel::new();
    let site = args.build.out.to_owned();
    thread::spawn(move || {
        if let Err(error) = server.run(&site, Some(builds)) {
            eprintln!("sheaf: {error}");
        }
    });
    while wait_for_changes(&changes) {
        match build::publish(&args.build) {
            Ok(true) => count.send_modify(|build| *build += 1),
            Ok(false) => {}
            Err(error) => eprintln!("sheaf: {error:#}"),
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Waits for a change and the end of the debounce delay; returns `false` if the watcher has stopped.
fn wait_for_changes(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    let begun = Instant::now();
    while begun.elapsed() < MAX_DEBOUNCE {
        match changes.recv_timeout(DEBOUNCE) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}
