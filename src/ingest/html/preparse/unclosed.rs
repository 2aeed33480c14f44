//! Formats and headings without an end tag.
//!
//! A browser extends them to the end of the page: the rest of the article would be a link, struck out, or a heading.

use super::tag;
use memchr::memchr_iter;
use std::collections::HashSet;

/// Elements whose end tags are looked for. Headings share one place, since each of their end tags ends any of them.
const NAMES: [&[&str]; 22] = [
    &["h1", "h2", "h3", "h4", "h5", "h6"],
    &["a"],
    &["b"],
    &["big"],
    &["cite"],
    &["code"],
    &["del"],
    &["em"],
    &["font"],
    &["i"],
    &["ins"],
    &["kbd"],
    &["mark"],
    &["s"],
    &["small"],
    &["strike"],
    &["strong"],
    &["sub"],
    &["sup"],
    &["tt"],
    &["u"],
    &["var"],
];
/// Place of links, which a further start tag ends.
const LINK: usize = 1;

/// Returns the positions of the start tags that no end tag belongs to. An end tag belongs to the last open start tag of
/// its name.
pub(super) fn find_unclosed(html: &str) -> HashSet<usize> {
    let mut open: [Vec<usize>; NAMES.len()] = Default::default();
    let mut unclosed = HashSet::new();
    for at in memchr_iter(b'<', html.as_bytes()) {
        let is_end = html.as_bytes().get(at + 1) == Some(&b'/');
        let name = tag::name(html, at + 1 + usize::from(is_end));
        let is_known = |names: &&[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        let Some(place) = NAMES.iter().position(is_known) else { continue };
        if is_end {
            open[place].pop();
            continue;
        }
        if place == LINK {
            unclosed.extend(open[place].drain(..));
        }
        open[place].push(at);
    }
    unclosed.extend(open.into_iter().flatten());
    unclosed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn start_tags_without_end_tags_are_found() {
        for (html, expected) in [
            ("<p><b>a</b><p>b", &[][..]),
            ("<p><b>a<p>b", &[3]),
            ("<s>a<s>b</s>", &[0]),
            ("<a>b<a>c</a>", &[0]),
            ("<H2>a<h3>b</h2>", &[0]),
            ("<b>a<i>b</b>c</i>", &[]),
            ("</b><b>", &[4]),
            ("<body><br><base>", &[]),
        ] {
            let mut found: Vec<usize> = find_unclosed(html).into_iter().collect();
            found.sort_unstable();
            assert_eq!(found, expected, "{html}");
        }
    }
}
