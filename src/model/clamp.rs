//! Clamping of floating-point numbers.
//!
//! Own code: `f64::clamp` formats the bounds in its panic message, and the float formatter is 20 kB of the app.

/// Clamps `value` to `least..=most`; `least` must not exceed `most`.
pub fn clamp(value: f64, least: f64, most: f64) -> f64 {
    value.max(least).min(most)
}
