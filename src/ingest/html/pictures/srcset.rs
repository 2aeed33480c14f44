//! `srcset` attributes.

/// Returns the candidate of a `srcset` with the highest density or width.
pub(super) fn best_candidate(set: &str) -> Option<&str> {
    best_candidate_where(set, |_| true)
}

/// As [`best_candidate`], among the candidates whose URL `is_wanted`. See the
/// [HTML standard](https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute).
pub(super) fn best_candidate_where(set: &str, is_wanted: impl Fn(&str) -> bool) -> Option<&str> {
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
            let end = descriptors_end(rest);
            let descriptor = rest[..end].split_ascii_whitespace().find(|one| !one.ends_with('h'));
            let number = descriptor.map(|one| one.trim_end_matches(|c: char| c.is_ascii_alphabetic()));
            weight = number.and_then(|number| number.parse().ok()).unwrap_or(1.0);
            rest = &rest[end..];
        }
        rest = rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
        if best.is_none_or(|(most, _)| weight > most) && !bare.is_empty() && is_wanted(bare) {
            best = Some((weight, bare));
        }
    }
    best.map(|(_, address)| address)
}

/// Returns the end of the descriptors at the start of `text`: a comma outside of parentheses.
fn descriptors_end(text: &str) -> usize {
    let mut is_inside = false;
    let end = text.find(|c| {
        is_inside = c == '(' || is_inside && c != ')';
        c == ',' && !is_inside
    });
    end.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_split_as_the_standard_says() {
        for (set, best) in [
            ("a.jpg", "a.jpg"),
            ("a,b.jpg 1x, c.jpg 2x", "c.jpg"),
            (" ,a.jpg,, b.jpg", "a.jpg"),
            ("data:image/png;base64,AA== 1x, data:image/png;base64,BB== 2x", "data:image/png;base64,BB=="),
            ("data:image/png;base64,AA==, b.jpg 0.5x", "data:image/png;base64,AA=="),
            ("data:image/svg+xml,%3Csvg%3E,a 100w,b.jpg 50w", "data:image/svg+xml,%3Csvg%3E,a"),
            ("a.jpg 400w 300h, b.jpg 200w 900h", "a.jpg"),
            ("a.jpg (1,5) 1x, b.jpg 3x", "b.jpg"),
        ] {
            assert_eq!(best_candidate(set), Some(best), "{set}");
        }
        let inline = |text: &str| text.starts_with("data:");
        assert_eq!(best_candidate_where("data:,a 1x, b.jpg 2x", inline), Some("data:,a"));
        assert_eq!(best_candidate_where("b.jpg 2x", inline), None);
        assert_eq!(best_candidate(" , "), None);
    }
}
