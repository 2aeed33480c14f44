//! Touch input.

/// Width in pixels of the edges of the screen that belong to system gestures.
pub const SYSTEM_EDGE: f64 = 24.0;
