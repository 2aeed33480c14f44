//! Clamping of floating-point numbers.

/// Clamps `value` to `least..=most`; `least` must not exceed `most`.
///
/// `f64::clamp` formats the bounds in its panic message, which links the float formatter into the app.
pub fn clamp(value: f64, least: f64, most: f64) -> f64 {
    value.max(least).min(most)
}
