//! Repairs and bounds HTML before parsing.
//!
//! The parser of the HTML standard searches all open elements for many tags, copies unclosed formats into every later
//! paragraph, and compares each attribute of a tag with all others: a few crafted megabytes take hours. One linear
//! pass over the tags drops those that exceed the depth or number of any real article, and keeps all text.
//!
//! The pass also repairs text that the parser would misread as markup, and tag names that crawlers joined to
//! attributes: `<divclass="x">`. Scripts, styles and comments are removed here, before they cost anything.

mod glue;
mod nesting;
mod tag;

use crate::ingest::findings::{Findings, line_at};
use memchr::memchr;
use nesting::{Nesting, Verdict};
use std::ops::Range;
use tag::{Scan, Tag};

/// Maximum number of nodes in a body. The largest known article has about 6,000 tags.
const MOST_NODES: usize = 400_000;
/// Maximum number of attributes in a tag; crawled ones reach about 40.
const MOST_ATTRIBUTES: usize = 64;

/// Replacement name of `noscript`, whose content is then parsed as HTML and still recognised.
pub(super) const NO_SCRIPT: &str = "sheaf-noscript";

/// Returns `html`, which starts on `line` of its file, repaired and bounded.
pub(super) fn guard(html: &str, line: u32, found: &mut Findings) -> String {
    let mut guard = Guard {
        html,
        out: String::with_capacity(html.len() + html.len() / 16),
        nesting: Nesting::default(),
        nodes: 0,
        odd: Vec::new(),
        cdata_end: None,
        lacks: Lacks::default(),
    };
    guard.run();
    guard.odd.sort_by_key(|odd| odd.at);
    for odd in &guard.odd {
        let times = if odd.count > 1 { format!(" ({} times)", odd.count) } else { String::new() };
        found.warn(line + line_at(html, odd.at) - 1, odd.code, format_args!("{}{times}", odd.message));
    }
    guard.out
}

struct Guard<'a> {
    html: &'a str,
    out: String,
    nesting: Nesting<'a>,
    /// Number of nodes so far, limited by [`MOST_NODES`].
    nodes: usize,
    odd: Vec<Odd>,
    /// Position of the `]]>` that ends the current CDATA section.
    cdata_end: Option<usize>,
    lacks: Lacks,
}

/// Delimiters known to be absent from the rest of the text, so that no search is repeated.
#[derive(Default)]
struct Lacks {
    comment_end: bool,
    tag_end: bool,
    cdata_end: bool,
    raw_end: Vec<&'static str>,
}

/// Problem of one kind.
struct Odd {
    code: &'static str,
    message: &'static str,
    at: usize,
    count: u32,
}

impl<'a> Guard<'a> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.html.len() {
            let next = memchr(b'<', &self.html.as_bytes()[at..]).map_or(self.html.len(), |step| at + step);
            self.text(at, next);
            if next == self.html.len() {
                break;
            }
            at = self.markup(next);
        }
    }

    /// Copies text, without the end of a CDATA section.
    fn text(&mut self, from: usize, to: usize) {
        match self.cdata_end.filter(|end| (from..to).contains(end)) {
            Some(end) => {
                self.cdata_end = None;
                self.out.push_str(&self.html[from..end]);
                self.out.push_str(self.html.get(end + 3..to).unwrap_or_default());
            }
            None => self.out.push_str(&self.html[from..to]),
        }
    }

    /// Handles the `<` at `at` and returns the position after the markup.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.html[at + 1..];
        let bytes = rest.as_bytes();
        match (bytes.first(), bytes.get(1)) {
            (Some(b'a'..=b'z' | b'A'..=b'Z'), _) => self.start_tag(at),
            (Some(b'/'), Some(b'a'..=b'z' | b'A'..=b'Z')) => self.end_tag(at),
            (Some(b'/'), Some(b'>')) => at + 3,
            (Some(b'!'), _) => self.declaration(at),
            (Some(b'?'), Some(b'a'..=b'z' | b'A'..=b'Z')) => self.skip_to_tag_end(at),
            _ => self.literal(at),
        }
    }

    /// Keeps the `<` at `at` as text.
    fn literal(&mut self, at: usize) -> usize {
        self.note("stray-bracket", "stray `<` kept as text: write `&lt;`", at);
        self.out.push_str("&lt;");
        at + 1
    }

    /// Skips a comment, CDATA marker, document type or similar.
    fn declaration(&mut self, at: usize) -> usize {
        let rest = &self.html[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            if comment.starts_with('>') || comment.starts_with("->") {
                return at + 4 + comment.find('>').map_or(0, |end| end + 1);
            }
            let end = if self.lacks.comment_end { None } else { comment_end(comment) };
            return match end {
                Some(end) => at + 4 + end,
                None => {
                    // A browser would hide the rest of the article, which cannot be intended.
                    self.lacks.comment_end = true;
                    self.note("open-comment", "unterminated comment: the rest is read as text", at);
                    at + 4
                }
            };
        }
        if rest.starts_with("<![CDATA[") {
            let from = at + "<![CDATA[".len();
            if self.cdata_end.is_none() && !self.lacks.cdata_end {
                self.cdata_end = self.html[from..].find("]]>").map(|end| from + end);
                self.lacks.cdata_end = self.cdata_end.is_none();
            }
            return from;
        }
        match rest.as_bytes().get(2) {
            Some(b'[' | b'>' | b'a'..=b'z' | b'A'..=b'Z') => self.skip_to_tag_end(at),
            _ => self.literal(at),
        }
    }

    fn skip_to_tag_end(&mut self, at: usize) -> usize {
        match self.find_tag_end(at) {
            Some(end) => end,
            None => self.literal(at),
        }
    }

    /// Returns the position after the next `>`.
    fn find_tag_end(&mut self, at: usize) -> Option<usize> {
        if self.lacks.tag_end {
            return None;
        }
        let end = memchr(b'>', &self.html.as_bytes()[at..]).map(|end| at + end + 1);
        self.lacks.tag_end = end.is_none();
        end
    }

    fn end_tag(&mut self, at: usize) -> usize {
        let name = tag::name(self.html, at + 2);
        if !tag::is_name(name) {
            return self.literal(at);
        }
        let end = match tag::scan(self.html, at + 2 + name.len(), MOST_ATTRIBUTES) {
            Scan::Whole(tag) => tag.end,
            Scan::Open { .. } => match self.find_tag_end(at) {
                Some(end) => end,
                None => {
                    self.note("cut-tag", "unterminated tag at the end of the file", at);
                    return self.html.len();
                }
            },
        };
        if self.nodes >= MOST_NODES {
            self.gap(name);
            return end;
        }
        match self.nesting.end(name, &mut self.out) {
            Verdict::Keep => self.out.push_str(&format!("</{name}>")),
            Verdict::Done => {}
            Verdict::Drop => self.gap(name),
        }
        self.spend(name, at);
        end
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let glued = tag::name(self.html, at + 1);
        let mut name = glued;
        if glued.contains('=') {
            if let Some(length) = glue::tag_length(glued) {
                self.note("glued-tag", "missing space between a tag name and its first attribute", at);
                name = &glued[..length];
            }
        } else if !tag::is_name(glued) {
            return self.literal(at);
        }
        let after_name = at + 1 + name.len();
        let tag = match tag::scan(self.html, after_name, MOST_ATTRIBUTES) {
            Scan::Whole(tag) => tag,
            Scan::Open { broken } => match self.find_tag_end(after_name) {
                // The closing quote is missing: the tag ends at the first `>`, without the incomplete attribute.
                Some(end) => {
                    self.note("open-quote", "missing closing quote of an attribute", at);
                    Tag { end, attributes_end: broken.min(end - 1), cut: false, closed: false }
                }
                None if glue::is_known(name) => {
                    self.note("cut-tag", "unterminated tag at the end of the file", at);
                    return self.html.len();
                }
                None => return self.literal(at),
            },
        };
        if tag.cut {
            self.note("many-attributes", "too many attributes in a tag: only the first 64 were kept", at);
        }
        let attributes = after_name..tag.attributes_end;
        let closed = tag.closed;
        match Raw::of(name) {
            Raw::Hidden => self.raw_end(name, tag.end).map_or_else(
                || {
                    self.note("open-script", "unterminated script or style sheet: the rest is hidden", at);
                    self.html.len()
                },
                |(_, after)| after,
            ),
            Raw::Frame => {
                self.emit_start(name, attributes, closed, at);
                self.emit_end(name);
                self.raw_end(name, tag.end).map_or(tag.end, |(_, after)| after)
            }
            Raw::Text => match self.raw_end(name, tag.end) {
                Some((content_end, after)) => {
                    // `&lt;` means the same in every mode of the parser.
                    let name = if name.eq_ignore_ascii_case("xmp") { "pre" } else { name };
                    self.emit_start(name, attributes, closed, at);
                    let content = self.html[tag.end..content_end].replace('<', "&lt;");
                    self.out.push_str(&content);
                    self.emit_end(name);
                    after
                }
                None => tag.end,
            },
            Raw::None => {
                self.emit_start(name, attributes, closed, at);
                tag.end
            }
        }
    }

    fn emit_start(&mut self, name: &'a str, attributes: Range<usize>, closed: bool, at: usize) {
        if self.nodes >= MOST_NODES {
            self.gap(name);
            return;
        }
        let was_too_deep = self.nesting.is_too_deep();
        match self.nesting.start(name, &mut self.out) {
            Verdict::Keep => {
                self.out.push('<');
                self.out.push_str(if name.eq_ignore_ascii_case("noscript") { NO_SCRIPT } else { name });
                let mut attributes = &self.html[attributes];
                if closed {
                    attributes = attributes.strip_suffix('/').unwrap_or(attributes);
                }
                if !attributes.starts_with(|c: char| c.is_ascii_whitespace() || c == '/')
                    && !attributes.is_empty()
                {
                    self.out.push(' ');
                }
                self.out.push_str(attributes);
                self.out.push_str(if nesting::needs_slash(name) { " />" } else { ">" });
                if closed && self.nesting.slash_closes() {
                    self.nesting.end(name, &mut self.out);
                }
            }
            Verdict::Drop | Verdict::Done => {
                if self.nesting.is_too_deep() && !was_too_deep {
                    self.note(
                        "deep-nesting",
                        "elements nested too deep: those beyond 256 levels were removed",
                        at,
                    );
                }
                self.gap(name);
            }
        }
        self.spend(name, at);
    }

    fn emit_end(&mut self, name: &'a str) {
        if self.nodes < MOST_NODES && self.nesting.end(name, &mut self.out) == Verdict::Keep {
            self.out.push_str(&format!("</{name}>"));
        }
    }

    fn spend(&mut self, name: &str, at: usize) {
        self.nodes += self.nesting.cost(name);
        if self.nodes >= MOST_NODES {
            self.note("many-elements", "too many elements: only the text is kept from here on", at);
        }
    }

    /// Separates the texts on both sides of a dropped block tag.
    fn gap(&mut self, name: &str) {
        const BREAK: &str = "<br><br>";
        if !nesting::is_block(name) {
            return;
        }
        if self.nodes >= MOST_NODES {
            self.out.push('\n');
        } else if !self.out.ends_with(BREAK) {
            self.nodes += 2;
            self.out.push_str(BREAK);
        }
    }

    /// Returns the end of the content of a raw element and the end of its end tag.
    fn raw_end(&mut self, name: &'a str, from: usize) -> Option<(usize, usize)> {
        let name = Raw::NAMES.iter().find(|known| name.eq_ignore_ascii_case(known))?;
        if self.lacks.raw_end.contains(name) {
            return None;
        }
        let bytes = self.html.as_bytes();
        let mut at = from;
        while let Some(step) = memchr(b'<', &bytes[at..]) {
            at += step + 1;
            let rest = &bytes[at..];
            let is_end = rest.first() == Some(&b'/')
                && rest.get(1..=name.len()).is_some_and(|text| text.eq_ignore_ascii_case(name.as_bytes()))
                && rest
                    .get(1 + name.len())
                    .is_none_or(|b| matches!(b, b'>' | b'/') || b.is_ascii_whitespace());
            if is_end {
                let after = self.find_tag_end(at).unwrap_or(self.html.len());
                return Some((at - 1, after));
            }
        }
        self.lacks.raw_end.push(name);
        None
    }

    fn note(&mut self, code: &'static str, message: &'static str, at: usize) {
        match self.odd.iter_mut().find(|odd| odd.code == code) {
            Some(odd) => odd.count += 1,
            None => self.odd.push(Odd { code, message, at, count: 1 }),
        }
    }
}

/// Kind of non-HTML content of an element.
enum Raw {
    None,
    /// Invisible.
    Hidden,
    /// Fallback for browsers without frames.
    Frame,
    /// Text.
    Text,
}

impl Raw {
    const NAMES: [&'static str; 8] =
        ["script", "style", "noembed", "noframes", "iframe", "textarea", "title", "xmp"];

    fn of(name: &str) -> Raw {
        match Raw::NAMES.iter().position(|known| name.eq_ignore_ascii_case(known)) {
            Some(0..4) => Raw::Hidden,
            Some(4) => Raw::Frame,
            Some(_) => Raw::Text,
            None => Raw::None,
        }
    }
}

/// Returns the length of a comment's content and end.
fn comment_end(comment: &str) -> Option<usize> {
    memchr::memmem::find_iter(comment.as_bytes(), "--").find_map(|at| {
        let rest = &comment[at + 2..];
        if rest.starts_with('>') {
            Some(at + 3)
        } else if rest.starts_with("!>") {
            Some(at + 4)
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests;
