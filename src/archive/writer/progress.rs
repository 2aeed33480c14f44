//! Progress of the writer.

/// Receiver of the writer's progress.
pub trait WriteProgress: Sync {
    /// Starts a phase of `steps` steps.
    fn begin_phase(&self, name: &'static str, steps: usize);

    /// Completes one step.
    fn advance(&self);
}
