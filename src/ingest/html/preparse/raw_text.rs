//! Elements whose content is no HTML, and the tags that end them.

use memchr::memchr2;

/// The content of an element.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RawContent {
    /// HTML.
    None,
    /// Nothing a reader sees.
    Hidden,
    /// A replacement for browsers without frames.
    Element,
    /// Text.
    Text,
}

const NAMES: [(&str, RawContent); 8] = [
    ("script", RawContent::Hidden),
    ("style", RawContent::Hidden),
    ("noembed", RawContent::Hidden),
    ("noframes", RawContent::Hidden),
    ("iframe", RawContent::Element),
    ("textarea", RawContent::Text),
    ("title", RawContent::Text),
    ("xmp", RawContent::Text),
];

impl RawContent {
    pub(super) fn of(name: &str) -> RawContent {
        let known = NAMES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
        known.map_or(RawContent::None, |(_, raw)| *raw)
    }
}

/// Returns `true` if a script with these attributes holds a formula, or embeds a page in its place.
pub(super) fn is_shown_script(attributes: &str) -> bool {
    const MARKS: [&str; 4] = ["math/", "gist.github.com/", "data-telegram-post", "asciinema.org/a/"];
    MARKS.iter().any(|mark| attributes.contains(mark))
}

/// Searches for end tags, and searches to the end of the text for each kind at most once in vain.
#[derive(Default)]
pub(super) struct Ends {
    missing: Vec<&'static str>,
    script_is_open: bool,
}

impl Ends {
    /// Returns the position of the tag that ends the raw element `name`, whose content begins at `from`.
    pub(super) fn find(&mut self, html: &str, name: &str, from: usize) -> Option<usize> {
        let (name, _) = NAMES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known))?;
        if self.missing.contains(name) {
            return None;
        }
        if *name == "script" && !self.script_is_open {
            match end_of_script(html.as_bytes(), from) {
                Some(end) => return Some(end),
                // A browser hides all the rest; the first end tag of any kind saves the text behind it.
                None => self.script_is_open = true,
            }
        }
        let end = memchr::memchr_iter(b'<', &html.as_bytes()[from..])
            .map(|at| from + at)
            .find(|at| is_tag(html.as_bytes(), at + 1, b"/", name));
        if end.is_none() {
            self.missing.push(name);
        }
        end
    }
}

/// Returns true if `prefix` and `name` stand at `at` as a whole tag name.
fn is_tag(bytes: &[u8], at: usize, prefix: &[u8], name: &str) -> bool {
    let Some(rest) = bytes.get(at..).and_then(|rest| rest.strip_prefix(prefix)) else { return false };
    rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
        && rest.get(name.len()).is_none_or(|b| matches!(b, b'>' | b'/') || b.is_ascii_whitespace())
}

/// Returns the position of the end tag of a script, by the [script data states] of the HTML standard.
///
/// Between `<!--` and `-->` a start tag makes the next end tag part of the script.
///
/// [script data states]: https://html.spec.whatwg.org/#script-data-state
fn end_of_script(bytes: &[u8], from: usize) -> Option<usize> {
    #[derive(PartialEq)]
    enum ScriptState {
        Plain,
        Escaped,
        DoubleEscaped,
    }
    let mut state = ScriptState::Plain;
    let mut at = from;
    while let Some(step) = memchr2(b'<', b'>', &bytes[at..]) {
        at += step;
        let is_end = bytes[at] == b'<' && is_tag(bytes, at + 1, b"/", "script");
        state = match state {
            ScriptState::Plain | ScriptState::Escaped if is_end => return Some(at),
            ScriptState::DoubleEscaped if is_end => ScriptState::Escaped,
            ScriptState::Plain if bytes[at..].starts_with(b"<!--") => {
                at += 3;
                ScriptState::Escaped
            }
            ScriptState::Escaped if bytes[at] == b'<' && is_tag(bytes, at + 1, b"", "script") => {
                ScriptState::DoubleEscaped
            }
            ScriptState::Escaped | ScriptState::DoubleEscaped
                if bytes[at] == b'>' && bytes[from..at].ends_with(b"--") =>
            {
                ScriptState::Plain
            }
            state => state,
        };
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest<'a>(html: &'a str, name: &str) -> Option<&'a str> {
        let from = html.find('>').unwrap() + 1;
        let end = Ends::default().find(html, name, from)?;
        let after = end + memchr::memchr(b'>', &html.as_bytes()[end..]).unwrap() + 1;
        Some(&html[after..])
    }

    #[test]
    fn script_ends_where_the_standard_ends_it() {
        for html in [
            "<script>x</script>水",
            "<script></SCRIPT x>水",
            "<script></scripts></script>水",
            "<script><!--</script>水",
            "<script><!--<script></script>--></script>水",
            "<script><!--<script></script></script>水",
            "<script><!--<script>--></script>水",
            "<script><!--<scripts></script>水",
            "<script><!--><script></script>水",
            "<script><!---><script></script>水",
        ] {
            assert_eq!(rest(html, "script"), Some("水"), "{html}");
        }
    }

    #[test]
    fn script_that_hides_the_rest_ends_at_its_first_end_tag() {
        assert_eq!(rest("<script><!--<script></script>水", "script"), Some("水"));
        assert_eq!(rest("<script><!--<script>水", "script"), None);
    }
}
