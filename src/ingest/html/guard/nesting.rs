//! Stack of open elements, as the parser will see it.
//!
//! Follows the parser's rules for implicitly closed elements (quoted terms are from the section "tree construction"
//! of the HTML standard). Each implied end is written as an explicit end tag, so that the parser closes the element
//! even where the two would differ: the parser's stack is never much deeper than this one. A table adds at most two
//! implied elements, and formats that cross block borders at most as many as may be open.

/// Maximum nesting depth; crawled articles reach 52.
const DEEPEST: usize = 256;
/// Maximum number of open formats, each of which the parser copies into every later paragraph.
const MOST_FORMATS: usize = 32;

/// Decision about a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    Drop,
    /// Already written.
    Done,
}

/// Stack of open elements.
#[derive(Default)]
pub(super) struct Nesting<'a> {
    open: Vec<(&'a str, Part)>,
    /// Number of open elements that were dropped for their depth.
    beyond: usize,
    /// Open formats, the "list of active formatting elements"; end tags close them there.
    formats: Vec<&'a str>,
    /// Open formats that were dropped.
    dropped_formats: Vec<&'a str>,
}

/// Class of an element in the rules for implied ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Without content.
    Void,
    /// Element of a whole page; the parser ignores it outside drawings, since one exists already.
    Page,
    Format,
    /// "Special" element that does not limit the "scope".
    Block,
    /// Element that limits the "scope": most end tags do not reach beyond it.
    Barrier,
    /// Limits the scope inside a drawing or formula; ordinary elsewhere ("integration point").
    Island,
    OfTable,
    /// `svg` or `math`.
    Drawing,
    Other,
}

impl Part {
    fn is_barrier(self) -> bool {
        matches!(self, Part::Barrier | Part::Island)
    }
}

impl<'a> Nesting<'a> {
    /// Processes a start tag; writes the end tags it implies to `out`.
    pub(super) fn start(&mut self, name: &'a str, out: &mut String) -> Verdict {
        let part = part(name);
        match part {
            Part::Void => {
                if let Some(drawing) = self.drawing()
                    && ends_drawings(name)
                {
                    self.close_to(drawing, out);
                }
                return Verdict::Keep;
            }
            Part::Page => return Verdict::Drop,
            _ => {}
        }
        if self.beyond > 0 {
            self.beyond += 1;
            return Verdict::Drop;
        }
        if let Some(drawing) = self.drawing()
            && ends_drawings(name)
        {
            self.close_to(drawing, out);
        }
        let part = if let Some(drawing) = self.drawing() {
            // Inside a drawing or formula, all other elements are ordinary.
            let is_island = part == Part::Island && is_drawn(name) == is(self.open[drawing].0, "svg");
            if is_island || part == Part::Drawing { part } else { Part::Other }
        } else {
            let is_table_part = part == Part::OfTable || is(name, "caption");
            if is_table_part && !self.begin_table_part(name, out) {
                return Verdict::Drop;
            }
            if part == Part::Format && !self.begin_format(name, out) {
                return Verdict::Drop;
            }
            if part == Part::Block {
                self.close_for_block(name, out);
            }
            let is_option = is(name, "option") || is(name, "optgroup");
            if is_option && self.open.last().is_some_and(|(open, _)| is(open, "option")) {
                self.close_to(self.open.len() - 1, out);
            }
            part
        };
        if self.open.len() >= DEEPEST {
            self.beyond = 1;
            return Verdict::Drop;
        }
        self.open.push((name, part));
        Verdict::Keep
    }

    /// Processes an end tag; writes it and the end tags it implies to `out`.
    pub(super) fn end(&mut self, name: &'a str, out: &mut String) -> Verdict {
        // Unclosed elements inside `noscript` end with it, since its content is written separately.
        let part = if is(name, "noscript") { Part::Block } else { part(name) };
        match part {
            Part::Void => return Verdict::Keep,
            Part::Page => return Verdict::Drop,
            _ => {}
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return Verdict::Drop;
        }
        if let Some(drawing) = self.drawing()
            && let Some(at) = self.open[drawing..].iter().rposition(|(open, _)| is(open, name))
        {
            self.close_to(drawing + at, out);
            return Verdict::Done;
        }
        if part == Part::Format {
            return self.end_format(name, out);
        }
        match self.reach(name, part) {
            Some(at) => {
                self.close_to(at, out);
                Verdict::Done
            }
            // An end tag without start makes an empty paragraph, which acts as a border.
            None if is(name, "p") => Verdict::Keep,
            None => Verdict::Drop,
        }
    }

    /// Returns `true` if tags are being dropped for their depth.
    pub(super) fn is_too_deep(&self) -> bool {
        self.beyond > 0
    }

    /// Returns the outermost enclosing `svg` or `math` without HTML in between; other rules apply inside.
    fn drawing(&self) -> Option<usize> {
        let island = self.open.iter().rposition(|(_, part)| *part == Part::Island).map_or(0, |at| at + 1);
        self.open[island..].iter().position(|(_, part)| *part == Part::Drawing).map(|at| island + at)
    }

    /// Returns `true` if a trailing slash closes the element.
    pub(super) fn slash_closes(&self) -> bool {
        self.drawing().is_some()
    }

    /// Returns the maximum number of nodes that a tag creates; a block also repeats the open formats.
    pub(super) fn cost(&self, name: &str) -> usize {
        match part(name) {
            Part::Block | Part::Barrier | Part::OfTable => 1 + self.formats.len(),
            _ => 1,
        }
    }

    /// Closes elements until `depth` are left.
    ///
    /// Formats get no end tag: in the parser they end with the block and continue in the next.
    fn close_to(&mut self, depth: usize, out: &mut String) {
        for (name, part) in self.open.drain(depth..).rev() {
            if part != Part::Format {
                push_end(name, out);
            }
        }
    }

    /// Returns the open element that the end tag of `name` closes.
    fn reach(&self, name: &str, part: Part) -> Option<usize> {
        let passes = |(open, open_part): &(&str, Part)| match part {
            Part::OfTable => !is(open, "template") && !is(open, "table"),
            Part::Barrier if is(name, "table") => !is(open, "template"),
            Part::Block if is(name, "p") => !open_part.is_barrier() && !is(open, "button"),
            Part::Block if is(name, "li") => !open_part.is_barrier() && !is(open, "ul") && !is(open, "ol"),
            Part::Block | Part::Barrier => !open_part.is_barrier(),
            _ => matches!(open_part, Part::Format | Part::Drawing | Part::Other),
        };
        for (at, open) in self.open.iter().enumerate().rev() {
            if is(open.0, name) || is_heading(open.0) && is_heading(name) {
                return Some(at);
            }
            if !passes(open) {
                return None;
            }
        }
        None
    }

    /// Closes the elements that a table part implies; returns `false` for a part outside any table.
    fn begin_table_part(&mut self, name: &str, out: &mut String) -> bool {
        let Some(table) = self.open.iter().rposition(|(open, _)| is(open, "table") || is(open, "template"))
        else {
            return false;
        };
        if !is(self.open[table].0, "table") {
            return false;
        }
        let level = |name: &str| match name.to_ascii_lowercase().as_str() {
            "td" | "th" => 2,
            "tr" => 1,
            _ => 0,
        };
        let closed = |(open, part): &(&str, Part)| {
            *part == Part::OfTable && level(open) >= level(name) || is(open, "caption")
        };
        if let Some(at) = self.open[table + 1..].iter().position(closed) {
            self.close_to(table + 1 + at, out);
        }
        true
    }

    fn begin_format(&mut self, name: &'a str, out: &mut String) -> bool {
        // A link ends the preceding link.
        if is(name, "a") && position(&self.formats, name).is_some() {
            self.end_format(name, out);
        }
        if self.formats.len() >= MOST_FORMATS {
            // Bounds the search for each end tag.
            if self.dropped_formats.len() < DEEPEST {
                self.dropped_formats.push(name);
            }
            return false;
        }
        self.formats.push(name);
        true
    }

    fn end_format(&mut self, name: &'a str, out: &mut String) -> Verdict {
        if let Some(at) = position(&self.dropped_formats, name) {
            self.dropped_formats.remove(at);
            return Verdict::Drop;
        }
        let Some(at) = position(&self.formats, name) else { return Verdict::Drop };
        self.formats.remove(at);
        match self.reach(name, Part::Format) {
            Some(at) => {
                self.close_to(at + 1, out);
                self.open.pop();
            }
            // An inner block is still open: the "adoption agency" removes the format from the stack.
            None => {
                if let Some(at) = self.open.iter().rposition(|(open, _)| is(open, name)) {
                    self.open.remove(at);
                }
            }
        }
        push_end(name, out);
        Verdict::Done
    }

    /// Closes the elements that the start of a block implies.
    fn close_for_block(&mut self, name: &str, out: &mut String) {
        let item = ["li", "dd", "dt"].iter().any(|item| is(name, item));
        if item {
            let same =
                |open: &str| if is(name, "li") { is(open, "li") } else { is(open, "dd") || is(open, "dt") };
            for at in (0..self.open.len()).rev() {
                let (open, part) = self.open[at];
                if same(open) {
                    self.close_to(at, out);
                    break;
                }
                let passes = ["address", "div", "p"].iter().any(|passed| is(open, passed));
                if !matches!(part, Part::Format | Part::Drawing | Part::Other) && !passes {
                    break;
                }
            }
        }
        let paragraph = self
            .open
            .iter()
            .rposition(|(open, part)| is(open, "p") || is(open, "button") || part.is_barrier())
            .filter(|at| is(self.open[*at].0, "p"));
        if let Some(at) = paragraph
            && !is(name, "button")
        {
            self.close_to(at, out);
        }
        if is_heading(name) && self.open.last().is_some_and(|(open, _)| is_heading(open)) {
            self.close_to(self.open.len() - 1, out);
        }
    }
}

fn push_end(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(if is(name, "noscript") { super::NO_SCRIPT } else { name });
    out.push('>');
}

/// Returns `true` if an element is a block, so that text before and after it is separate.
pub(super) fn is_block(name: &str) -> bool {
    matches!(part(name), Part::Block | Part::Barrier | Part::OfTable)
}

/// Returns `true` if a void element needs a slash, because inside a drawing it would have content.
pub(super) fn needs_slash(name: &str) -> bool {
    const CLOSE_DRAWINGS: [&str; 5] = ["br", "embed", "hr", "img", "meta"];
    part(name) == Part::Void && !CLOSE_DRAWINGS.iter().any(|closing| is(name, closing))
}

/// Returns `true` if a start tag "breaks out of foreign content", that is, ends drawings and formulas.
fn ends_drawings(name: &str) -> bool {
    const NAMES: [&str; 36] = [
        "b",
        "big",
        "blockquote",
        "br",
        "center",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "hr",
        "i",
        "img",
        "li",
        "listing",
        "menu",
        "meta",
        "nobr",
        "ol",
        "p",
        "pre",
        "ruby",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tt",
        "u",
        "ul",
        "var",
    ];
    is_heading(name) || NAMES.iter().any(|known| is(name, known))
}

/// Returns `true` if an integration point belongs to `svg` rather than `math`.
fn is_drawn(name: &str) -> bool {
    ["foreignobject", "desc", "title"].iter().any(|known| is(name, known))
}

fn is(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h' | b'H', b'1'..=b'6'])
}

fn position(names: &[&str], name: &str) -> Option<usize> {
    names.iter().rposition(|other| is(other, name))
}

fn part(name: &str) -> Part {
    // The longest relevant name is `annotation-xml`.
    let mut lower = [0; 16];
    let Some(lower) = lower.get_mut(..name.len()) else { return Part::Other };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"html" | b"body" | b"frameset" => Part::Page,
        b"area" | b"base" | b"basefont" | b"bgsound" | b"br" | b"col" | b"embed" | b"frame" | b"hr"
        | b"img" | b"input" | b"keygen" | b"link" | b"meta" | b"param" | b"source" | b"track" | b"wbr" => {
            Part::Void
        }
        b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike"
        | b"strong" | b"tt" | b"u" => Part::Format,
        b"applet" | b"caption" | b"marquee" | b"object" | b"select" | b"table" | b"template" => Part::Barrier,
        b"foreignobject" | b"desc" | b"title" | b"mi" | b"mo" | b"mn" | b"ms" | b"mtext" => Part::Island,
        b"td" | b"th" | b"tr" | b"tbody" | b"thead" | b"tfoot" | b"colgroup" => Part::OfTable,
        b"address" | b"article" | b"aside" | b"blockquote" | b"button" | b"center" | b"dd" | b"details"
        | b"dialog" | b"dir" | b"div" | b"dl" | b"dt" | b"fieldset" | b"figcaption" | b"figure"
        | b"footer" | b"form" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"header" | b"hgroup"
        | b"li" | b"listing" | b"main" | b"menu" | b"nav" | b"ol" | b"p" | b"plaintext" | b"pre"
        | b"search" | b"section" | b"summary" | b"textarea" | b"ul" => Part::Block,
        b"svg" | b"math" => Part::Drawing,
        _ => Part::Other,
    }
}
