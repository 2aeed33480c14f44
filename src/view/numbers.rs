//! Writing numbers.

/// A number with its thousands set apart, as in Chinese and English alike. The browser knows how too, but takes a phone
/// some 50 ms for the first.
///
/// ```
/// assert_eq!(sheaf::view::grouped(13_307), "13,307");
/// ```
pub fn grouped(number: u64) -> String {
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
