//! The loop of `sheaf watch` and `sheaf open`: build, serve, and rebuild after every change.

use super::build;
use super::inputs::Inputs;
use crate::bundle::BuildError;
use crate::preview::{PreviewServer, ReloadChannel};
use anyhow::Context;
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// Debounce delay: a build starts after this time without changes.
const DEBOUNCE: Duration = Duration::from_millis(200);
/// Maximum delay of a build while changes continue.
const MAX_DEBOUNCE: Duration = Duration::from_secs(3);

/// Builds the site, serves it and rebuilds it after changes of the inputs until the program ends. `on_ready` receives
/// the URL after the first build.
///
/// # Errors
///
/// The inputs cannot be watched, or the first build fails and no earlier site exists.
pub fn build_and_serve(
    args: &build::Args,
    server: PreviewServer,
    on_ready: impl FnOnce(&str),
) -> anyhow::Result<()> {
    let (_watcher, changes) = watch(&args.inputs)?;
    if let Err(error) = build::publish(args) {
        // Without a site there is nothing to show, and a wrong command stays wrong.
        let is_usage = error.downcast_ref::<BuildError>().is_some_and(BuildError::is_usage);
        if is_usage || !args.out.exists() {
            return Err(error);
        }
        eprintln!("sheaf: {error:#}");
    }
    let url = server.url()?;
    let (count, builds) = ReloadChannel::new();
    let site = args.out.to_owned();
    thread::spawn(move || {
        if let Err(error) = server.run(&site, Some(builds)) {
            eprintln!("sheaf: {error}");
        }
    });
    on_ready(&url);
    while wait_for_changes(&changes) {
        match build::publish(args) {
            Ok(true) => count.send_modify(|build| *build += 1),
            Ok(false) => {}
            Err(error) => eprintln!("sheaf: {error:#}"),
        }
    }
    Ok(())
}

/// Reports changes of the inputs for as long as the watcher exists.
fn watch(inputs: &Inputs) -> anyhow::Result<(RecommendedWatcher, Receiver<()>)> {
    let (sender, changes) = mpsc::channel();
    let on_event = move |event: notify::Result<Event>| {
        // Reading is what the build itself does.
        if !matches!(event, Ok(Event { kind: EventKind::Access(_), .. })) {
            // Fails only when the program ends.
            let _ = sender.send(());
        }
    };
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
    Ok((watcher, changes))
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
