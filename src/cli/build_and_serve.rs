//! The loop of `sheaf watch` and `sheaf open`: build, serve, and rebuild after every change.

use super::build;
use super::inputs::Inputs;
use crate::bundle::{BuildError, config_next_to};
use crate::preview::{PreviewServer, ReloadChannel};
use anyhow::Context;
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
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

/// Reports changes of the inputs and of the settings next to them for as long as the watcher exists.
fn watch(inputs: &Inputs) -> anyhow::Result<(RecommendedWatcher, Receiver<()>)> {
    let failed = |path: &Path| format!("cannot watch {}", path.display());
    if let Some(missing) = inputs.seeds.iter().find(|path| !path.exists()) {
        return Err(BuildError::InputNotFound(missing.clone()).into());
    }
    // A folder named on the command line may itself be a link.
    let real = |path: &PathBuf| path.canonicalize().with_context(|| failed(path));
    let mut watched = inputs.seeds.iter().map(real).collect::<anyhow::Result<Vec<PathBuf>>>()?;
    watched.extend(config_next_to(&inputs.seeds));
    let (sender, changes) = mpsc::channel();
    let places = watched.clone();
    let is_beside_file = move |path: &PathBuf| {
        let mut files = places.iter().filter(|place| place.is_file());
        files.any(|file| file.parent() == path.parent())
            && !places.iter().any(|place| path.starts_with(place))
    };
    let on_event = move |event: notify::Result<Event>| {
        let is_relevant = event.as_ref().map_or(true, |event| {
            // Reading is what the build itself does.
            !matches!(event.kind, EventKind::Access(_))
                && (event.paths.is_empty() || !event.paths.iter().all(&is_beside_file))
        });
        if is_relevant {
            // Fails only when the program ends.
            let _ = sender.send(());
        }
    };
    let config = Config::default().with_follow_symlinks(inputs.follow_links);
    let mut watcher = RecommendedWatcher::new(on_event, config)?;
    for path in &watched {
        // Editors replace a file, which ends a watch on the file itself.
        let (folder, mode) = match path.parent().filter(|_| path.is_file()) {
            Some(parent) => (parent, RecursiveMode::NonRecursive),
            None => (path.as_path(), RecursiveMode::Recursive),
        };
        watcher.watch(folder, mode).with_context(|| failed(path))?;
    }
    Ok((watcher, changes))
}

/// Waits for a change and the end of the debounce delay; returns `false` if the watcher has stopped.
fn wait_for_changes(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    let start = Instant::now();
    while start.elapsed() < MAX_DEBOUNCE {
        match changes.recv_timeout(DEBOUNCE) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}
