//! Progress bar on the terminal.

use crate::archive::writer::WriteProgress;
use indicatif::{ProgressBar, ProgressStyle};

/// Progress bar of a build; hidden when the error stream is not a terminal.
#[derive(Debug)]
pub struct BuildProgress(ProgressBar);

impl BuildProgress {
    /// Creates a bar on the standard error stream.
    pub fn on_terminal() -> BuildProgress {
        let bar = ProgressBar::no_length();
        if let Ok(style) = ProgressStyle::with_template("{prefix:>8} {wide_bar} {pos}/{len} {elapsed}") {
            bar.set_style(style);
        }
        BuildProgress(bar)
    }

    /// Creates a hidden bar.
    pub fn hidden() -> BuildProgress {
        BuildProgress(ProgressBar::hidden())
    }

    /// Clears the bar.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl WriteProgress for BuildProgress {
    fn begin_phase(&self, name: &'static str, steps: usize) {
        self.0.set_prefix(name);
        self.0.set_length(steps as u64);
        self.0.set_position(0);
    }

    fn advance(&self) {
        self.0.inc(1);
    }
}
