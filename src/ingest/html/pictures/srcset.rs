//! `srcset` attributes.

/// Returns the candidate of a `srcset` with the highest density or width.
pub(super) fn best_candidate(set: &str) -> Option<&str> {
    let mut best: Option<(f64, &str)> = None;
    let mut rest = set.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
    while !rest.is_empty() {
        // A URL may contain commas but no white space, and ends before a comma followed by white space.
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let address = &rest[..end];
        let bare = address.trim_end_matches(',');
        rest = rest[end..].trim_start();
        let mut weight = 1.0;
        if bare.len() == address.len() {
            let end = rest.find(',').unwrap_or(rest.len());
            let descriptor = rest[..end].trim();
            let number = descriptor.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            weight = number.parse().unwrap_or(1.0);
            rest = &rest[end..];
        }
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        if best.is_none_or(|(most, _)| weight > most) && !bare.is_empty() {
            best = Some((weight, bare));
        }
    }
    best.map(|(_, address)| address)
}
