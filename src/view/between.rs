//! Numbers within bounds.

/// `value`, or the bound that it lies beyond; `least` must not be above `most`.
///
/// The standard library's `clamp` says the numbers when the bounds are wrong, and so brings all that writes fractions
/// into the app.
pub fn between(value: f64, least: f64, most: f64) -> f64 {
    value.max(least).min(most)
}
