//! A bar for whoever waits at a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// Shows how far a build has come; silent in a pipe.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar on the standard error stream if that is a terminal.
    pub fn on_terminal() -> Progress {
        let bar = ProgressBar::no_length();
        if let Ok(style) = ProgressStyle::with_template("{prefix:>8} {wide_bar} {pos}/{len} {elapsed}") {
            bar.set_style(style);
        }
        Progress(bar)
    }

    /// No bar.
    pub fn hidden() -> Progress {
        Progress(ProgressBar::hidden())
    }

    /// Begins something that takes `steps`.
    pub(crate) fn phase(&self, name: &'static str, steps: usize) {
        self.0.set_prefix(name);
        self.0.set_length(steps as u64);
        self.0.set_position(0);
    }

    /// One step is done.
    pub(crate) fn step(&self) {
        self.0.inc(1);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}
