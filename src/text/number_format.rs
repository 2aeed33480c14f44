//! Number formatting.

/// Formats a number with thousands separators, as in Chinese and English. The browser's formatter needs about
/// 50 ms on a phone for the first call.
///
/// ```
/// assert_eq!(sheaf::text::format_thousands(13_307), "13,307");
/// ```
pub fn format_thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
