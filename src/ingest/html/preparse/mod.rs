//! Repairs and bounds HTML before parsing.
//!
//! The parser of the HTML standard searches all open elements for many tags, copies unclosed formats into every later
//! paragraph, and compares each attribute of a tag with all others: a few crafted megabytes take hours. One linear
//! pass over the tags drops those that exceed the depth or number of any real article, and keeps all text.
//!
//! The pass also repairs text that the parser would misread as markup, and tag names that crawlers joined to
//! attributes: `<divclass="x">`. Scripts, styles and comments are removed here, before they cost anything.

pub(in crate::ingest) mod comment;
mod element_class;
mod nesting;
mod raw_text;
mod split_glued_tag;
mod tag;
mod unclosed;

use self::element_class::{is_block, needs_slash};
use self::nesting::{ElementStack, Verdict};
use self::raw_text::{Ends, RawContent};
use self::tag::{Tag, TagScan};
use self::unclosed::find_unclosed;
use crate::ingest::diagnostics::{Diagnostics, line_at};
use memchr::memchr;
use std::collections::HashSet;
use std::ops::Range;

/// Maximum number of nodes in a body. The largest known article has about 6,000 tags.
const MAX_NODES: usize = 400_000;
/// Maximum number of attributes in a tag; crawled ones reach about 40.
const MAX_ATTRIBUTES: usize = 64;

/// Replacement name of `noscript`, whose content is then parsed as HTML and still recognised.
pub(in crate::ingest) const NO_SCRIPT: &str = "sheaf-noscript";

/// Replacement name of `script`, for scripts that hold a formula or embed a page.
pub(super) const SCRIPT: &str = "sheaf-script";

/// Returns `html`, which starts on `line` of its file, repaired and bounded.
pub(in crate::ingest) fn preprocess(html: &str, line: u32, found: &mut Diagnostics) -> String {
    let mut guard = Preprocessor {
        html,
        out: String::with_capacity(html.len() + html.len() / 16),
        elements: ElementStack::default(),
        nodes: 0,
        oddities: Vec::new(),
        cdata_end: None,
        in_no_script: false,
        known_absent: KnownAbsent::default(),
        ends: Ends::default(),
        unclosed: find_unclosed(html),
    };
    guard.run();
    guard.oddities.sort_by_key(|odd| odd.at);
    for odd in &guard.oddities {
        let times = if odd.count > 1 { format!(" ({} times)", odd.count) } else { String::new() };
        found.warn(line + line_at(html, odd.at) - 1, odd.code, format_args!("{}{times}", odd.message));
    }
    guard.out
}

struct Preprocessor<'a> {
    html: &'a str,
    out: String,
    elements: ElementStack<'a>,
    /// Number of nodes so far, limited by [`MAX_NODES`].
    nodes: usize,
    oddities: Vec<Oddity>,
    /// Position of the `]]>` that ends the current CDATA section.
    cdata_end: Option<usize>,
    /// `true` after the start tag of a `noscript`, until its end tag.
    in_no_script: bool,
    known_absent: KnownAbsent,
    ends: Ends,
    /// Positions of the start tags of formats and headings that have no end tag.
    unclosed: HashSet<usize>,
}

/// Delimiters known to be absent from the rest of the text, so that no search is repeated.
#[derive(Default)]
struct KnownAbsent {
    comment_end: bool,
    tag_end: bool,
    cdata_end: bool,
}

/// Problem of one kind.
struct Oddity {
    code: &'static str,
    message: &'static str,
    at: usize,
    count: u32,
}

impl<'a> Preprocessor<'a> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.html.len() {
            let next = memchr(b'<', &self.html.as_bytes()[at..]).map_or(self.html.len(), |step| at + step);
            self.copy_text(at, next);
            if next == self.html.len() {
                break;
            }
            at = self.copy_markup(next);
        }
    }

    /// Copies text, without the end of a CDATA section.
    fn copy_text(&mut self, from: usize, to: usize) {
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
    fn copy_markup(&mut self, at: usize) -> usize {
        let rest = &self.html[at + 1..];
        let bytes = rest.as_bytes();
        match (bytes.first(), bytes.get(1)) {
            (Some(b'a'..=b'z' | b'A'..=b'Z'), _) => self.start_tag(at),
            (Some(b'/'), Some(b'a'..=b'z' | b'A'..=b'Z')) => self.end_tag(at),
            (Some(b'/'), Some(b'>')) => at + 3,
            (Some(b'!'), _) => self.skip_declaration(at),
            (Some(b'?'), Some(b'a'..=b'z' | b'A'..=b'Z')) => self.skip_to_tag_end(at),
            _ => self.keep_bracket(at),
        }
    }

    /// Keeps the `<` at `at` as text.
    fn keep_bracket(&mut self, at: usize) -> usize {
        self.note_oddity("stray-bracket", "stray `<` kept as text: write `&lt;`", at);
        self.out.push_str("&lt;");
        at + 1
    }

    /// Skips a comment, CDATA marker, document type or similar.
    fn skip_declaration(&mut self, at: usize) -> usize {
        let rest = &self.html[at..];
        if rest.starts_with("<!--") {
            let is_abrupt = rest.starts_with("<!-->") || rest.starts_with("<!--->");
            let length =
                if self.known_absent.comment_end && !is_abrupt { None } else { comment::length(rest) };
            return match length {
                Some(length) => at + self.end_in_no_script(&rest[..length]).unwrap_or(length),
                None => {
                    // A browser would hide the rest of the article, which cannot be intended.
                    self.known_absent.comment_end = true;
                    self.note_oddity("open-comment", "unterminated comment: the rest is read as text", at);
                    at + 4
                }
            };
        }
        if rest.starts_with("<![CDATA[") {
            let from = at + "<![CDATA[".len();
            if self.cdata_end.is_none() && !self.known_absent.cdata_end {
                self.cdata_end = self.html[from..].find("]]>").map(|end| from + end);
                self.known_absent.cdata_end = self.cdata_end.is_none();
            }
            return from;
        }
        match rest.as_bytes().get(2) {
            Some(b'[' | b'>' | b'a'..=b'z' | b'A'..=b'Z') => self.skip_to_tag_end(at),
            _ => self.keep_bracket(at),
        }
    }

    /// Returns the position of the tag in `comment` that ends the open `noscript` for a browser with scripts.
    fn end_in_no_script(&self, comment: &str) -> Option<usize> {
        const END: &[u8] = b"</noscript";
        if !self.in_no_script {
            return None;
        }
        let is_end = |at: &usize| {
            comment.as_bytes()[*at..].get(..END.len()).is_some_and(|start| start.eq_ignore_ascii_case(END))
        };
        memchr::memchr_iter(b'<', comment.as_bytes()).find(is_end)
    }

    fn skip_to_tag_end(&mut self, at: usize) -> usize {
        match self.find_tag_end(at) {
            Some(end) => end,
            None => self.keep_bracket(at),
        }
    }

    /// Returns the position after the next `>`.
    fn find_tag_end(&mut self, at: usize) -> Option<usize> {
        if self.known_absent.tag_end {
            return None;
        }
        let end = memchr(b'>', &self.html.as_bytes()[at..]).map(|end| at + end + 1);
        self.known_absent.tag_end = end.is_none();
        end
    }

    fn end_tag(&mut self, at: usize) -> usize {
        let name = tag::name(self.html, at + 2);
        if !tag::is_name(name) {
            return self.keep_bracket(at);
        }
        let end = match tag::scan_attributes(self.html, at + 2 + name.len(), MAX_ATTRIBUTES) {
            TagScan::Complete(tag) => tag.end,
            TagScan::Unterminated { .. } => match self.find_tag_end(at) {
                Some(end) => end,
                None => {
                    self.note_oddity("cut-tag", "unterminated tag at the end of the file", at);
                    return self.html.len();
                }
            },
        };
        self.in_no_script &= !name.eq_ignore_ascii_case("noscript");
        if self.nodes >= MAX_NODES {
            self.push_separator(name);
            return end;
        }
        match self.elements.close_tag(name, &mut self.out) {
            Verdict::Keep => self.out.push_str(&format!("</{name}>")),
            Verdict::Written => {}
            Verdict::Drop => self.push_separator(name),
        }
        self.count_nodes(name, at);
        end
    }

    fn start_tag(&mut self, at: usize) -> usize {
        let glued = tag::name(self.html, at + 1);
        let mut name = glued;
        if glued.contains('=') {
            if let Some(length) = split_glued_tag::glued_tag_length(glued) {
                self.note_oddity("glued-tag", "missing space between a tag name and its first attribute", at);
                name = &glued[..length];
            }
        } else if !tag::is_name(glued) {
            return self.keep_bracket(at);
        }
        let after_name = at + 1 + name.len();
        let tag = match tag::scan_attributes(self.html, after_name, MAX_ATTRIBUTES) {
            TagScan::Complete(tag) => tag,
            TagScan::Unterminated { broken } => match self.find_tag_end(after_name) {
                // The closing quote is missing: the tag ends at the first `>`, without the incomplete attribute.
                Some(end) => {
                    self.note_oddity("open-quote", "missing closing quote of an attribute", at);
                    Tag {
                        end,
                        attributes_end: broken.min(end - 1),
                        is_truncated: false,
                        is_self_closing: false,
                    }
                }
                None if split_glued_tag::is_known_tag(name) => {
                    self.note_oddity("cut-tag", "unterminated tag at the end of the file", at);
                    return self.html.len();
                }
                None => return self.keep_bracket(at),
            },
        };
        if tag.is_truncated {
            self.note_oddity(
                "many-attributes",
                "too many attributes in a tag: only the first 64 were kept",
                at,
            );
        }
        self.in_no_script |= name.eq_ignore_ascii_case("noscript");
        let attributes = after_name..tag.attributes_end;
        let closed = tag.is_self_closing;
        // A drawing has no raw elements.
        let raw = if self.elements.is_in_drawing() { RawContent::None } else { RawContent::of(name) };
        match raw {
            RawContent::Hidden
                if name.eq_ignore_ascii_case("script")
                    && raw_text::is_shown_script(&self.html[attributes.clone()]) =>
            {
                self.copy_script(attributes, tag.end, at)
            }
            RawContent::Hidden => self.find_raw_end(name, tag.end).map_or_else(
                || {
                    self.note_oddity(
                        "open-script",
                        "unterminated script or style sheet: hidden up to the next paragraph",
                        at,
                    );
                    self.next_block(tag.end).unwrap_or(self.html.len())
                },
                |(_, after)| after,
            ),
            RawContent::Element => {
                self.emit_start(name, attributes, closed, at);
                self.emit_end(name);
                self.find_raw_end(name, tag.end).map_or(tag.end, |(_, after)| after)
            }
            RawContent::Text => match self.find_raw_end(name, tag.end) {
                Some((content_end, after)) => {
                    // `&lt;` means the same in every mode of the parser.
                    let name = if name.eq_ignore_ascii_case("xmp") { "pre" } else { name };
                    self.emit_start(name, attributes, closed, at);
                    let content = self.html[tag.end..content_end].replace('<', "&lt;");
                    self.out.push_str(&content);
                    self.emit_end(name);
                    after
                }
                None => {
                    self.note_oddity(
                        "open-text",
                        "unterminated `textarea`, `title` or `xmp`: the rest is read as HTML",
                        at,
                    );
                    tag.end
                }
            },
            RawContent::None => {
                self.emit_start(name, attributes, closed, at);
                tag.end
            }
        }
    }

    /// Returns the position of the next start tag of a block that stands in no string of a script.
    fn next_block(&self, from: usize) -> Option<usize> {
        let bytes = self.html.as_bytes();
        memchr::memchr_iter(b'<', &bytes[from..]).map(|at| from + at).find(|at| {
            is_block(tag::name(self.html, at + 1))
                && !matches!(bytes[at - 1], b'\'' | b'"' | b'`' | b'+' | b'(')
        })
    }

    /// Copies a script that holds a formula or embeds a page, under another name.
    fn copy_script(&mut self, attributes: Range<usize>, from: usize, at: usize) -> usize {
        let Some((content_end, after)) = self.find_raw_end("script", from) else { return from };
        self.emit_start(SCRIPT, attributes, false, at);
        if self.nodes < MAX_NODES {
            self.out.push_str(&self.html[from..content_end].replace('&', "&amp;").replace('<', "&lt;"));
        }
        self.emit_end(SCRIPT);
        after
    }

    fn emit_start(&mut self, name: &'a str, attributes: Range<usize>, closed: bool, at: usize) {
        if self.nodes >= MAX_NODES {
            self.push_separator(name);
            return;
        }
        let was_too_deep = self.elements.is_too_deep();
        match self.elements.open_tag(name, self.unclosed.contains(&at), &mut self.out) {
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
                self.out.push_str(if needs_slash(name) { " />" } else { ">" });
                if closed && self.elements.is_in_drawing() {
                    self.elements.close_tag(name, &mut self.out);
                }
            }
            Verdict::Drop | Verdict::Written => {
                if self.elements.is_too_deep() && !was_too_deep {
                    self.note_oddity(
                        "deep-nesting",
                        "elements nested too deep: those beyond 256 levels were removed",
                        at,
                    );
                }
                self.push_separator(name);
            }
        }
        self.count_nodes(name, at);
    }

    fn emit_end(&mut self, name: &'a str) {
        if self.nodes < MAX_NODES && self.elements.close_tag(name, &mut self.out) == Verdict::Keep {
            self.out.push_str(&format!("</{name}>"));
        }
    }

    fn count_nodes(&mut self, name: &str, at: usize) {
        self.nodes += self.elements.node_cost(name);
        if self.nodes >= MAX_NODES {
            self.note_oddity("many-elements", "too many elements: only the text is kept from here on", at);
        }
    }

    /// Separates the texts on both sides of a dropped block tag.
    fn push_separator(&mut self, name: &str) {
        const BREAK: &str = "<br><br>";
        // A break would end a drawing, and what follows would show as text.
        if !is_block(name) || self.elements.is_in_drawing() {
            return;
        }
        if self.nodes >= MAX_NODES {
            self.out.push('\n');
        } else if !self.out.ends_with(BREAK) {
            self.nodes += 2;
            self.out.push_str(BREAK);
        }
    }

    /// Returns the end of a raw element's content and the end of its end tag.
    fn find_raw_end(&mut self, name: &str, from: usize) -> Option<(usize, usize)> {
        let end = self.ends.find(self.html, name, from)?;
        let after = self.find_tag_end(end).unwrap_or(self.html.len());
        Some((end, after))
    }

    fn note_oddity(&mut self, code: &'static str, message: &'static str, at: usize) {
        match self.oddities.iter_mut().find(|odd| odd.code == code) {
            Some(odd) => odd.count += 1,
            None => self.oddities.push(Oddity { code, message, at, count: 1 }),
        }
    }
}

#[cfg(test)]
mod html5lib;
#[cfg(test)]
mod tests;
