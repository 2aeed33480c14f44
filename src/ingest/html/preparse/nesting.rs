//! Stack of open elements, as the parser will see it.
//!
//! Follows the parser's rules for implicitly closed elements (quoted terms are from the section "tree construction"
//! of the HTML standard). Each implied end is written as an explicit end tag, so that the parser closes the element
//! even where the two would differ: the parser's stack is never much deeper than this one. A table adds at most two
//! implied elements, and formats that cross block borders at most as many as may be open.

use super::element_class::{
    ElementClass, breaks_out_of_foreign_content, element_class, is_block, is_heading, is_name_equal,
    is_svg_integration_point,
};

/// Maximum nesting depth; crawled articles reach 52.
const MAX_DEPTH: usize = 256;
/// Maximum number of open formats, each of which the parser copies into every later paragraph.
const MAX_FORMATS: usize = 32;

/// Decision about a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    Drop,
    /// Already written.
    Written,
}

/// Stack of open elements.
#[derive(Default)]
pub(super) struct ElementStack<'a> {
    elements: Vec<(&'a str, ElementClass)>,
    /// Number of open elements that were dropped for their depth.
    dropped_depth: usize,
    /// Open formats, the "list of active formatting elements"; end tags close them there.
    open_formats: Vec<&'a str>,
    /// Open formats that were dropped.
    dropped_formats: Vec<&'a str>,
}

impl<'a> ElementStack<'a> {
    /// Processes a start tag, which has no end tag if it `is_unclosed`; writes the end tags it implies to `out`.
    pub(super) fn open_tag(&mut self, name: &'a str, is_unclosed: bool, out: &mut String) -> Verdict {
        let part = element_class(name);
        match part {
            ElementClass::Void => {
                if let Some(drawing) = self.foreign_root()
                    && breaks_out_of_foreign_content(name)
                {
                    self.close_to(drawing, out);
                }
                return Verdict::Keep;
            }
            ElementClass::DocumentPart => {
                if let Some(drawing) = self.foreign_root()
                    && breaks_out_of_foreign_content(name)
                {
                    self.close_to(drawing, out);
                }
                return Verdict::Drop;
            }
            _ => {}
        }
        if self.dropped_depth > 0 {
            self.dropped_depth += 1;
            return Verdict::Drop;
        }
        if let Some(drawing) = self.foreign_root()
            && breaks_out_of_foreign_content(name)
        {
            self.close_to(drawing, out);
        }
        let part = if let Some(drawing) = self.foreign_root() {
            // Inside a drawing or formula, all other elements are ordinary.
            let is_island = part == ElementClass::IntegrationPoint
                && is_svg_integration_point(name) == is_name_equal(self.elements[drawing].0, "svg");
            if is_island || part == ElementClass::ForeignContent { part } else { ElementClass::Drawn }
        } else {
            let is_table_part = part == ElementClass::TablePart || is_name_equal(name, "caption");
            if is_table_part && !self.begin_table_part(name, out) {
                return Verdict::Drop;
            }
            if part == ElementClass::Formatting && !is_unclosed && !self.begin_format(name, out) {
                return Verdict::Drop;
            }
            if part == ElementClass::Block {
                self.close_for_block(name, out);
            }
            if is_block(name) {
                self.end_unclosed(out);
            }
            let is_option = is_name_equal(name, "option") || is_name_equal(name, "optgroup");
            if is_option && self.elements.last().is_some_and(|open| is_open(open, "option")) {
                self.close_to(self.elements.len() - 1, out);
            }
            if is_ruby_part(name) && self.find_closed_by("ruby", ElementClass::Block).is_some() {
                self.close_implied(name, out);
            }
            match part {
                _ if is_unclosed => ElementClass::Unclosed,
                ElementClass::IntegrationPoint => ElementClass::Ordinary,
                part => part,
            }
        };
        if self.elements.len() >= MAX_DEPTH {
            self.dropped_depth = 1;
            return Verdict::Drop;
        }
        self.elements.push((name, part));
        Verdict::Keep
    }

    /// Processes an end tag; writes it and the end tags it implies to `out`.
    pub(super) fn close_tag(&mut self, name: &'a str, out: &mut String) -> Verdict {
        // Unclosed elements inside `noscript` end with it, since its content is written separately.
        let part = if is_name_equal(name, "noscript") { ElementClass::Block } else { element_class(name) };
        if (is_name_equal(name, "br") || is_name_equal(name, "p"))
            && let Some(drawing) = self.foreign_root()
        {
            self.close_to(drawing, out);
        }
        match part {
            ElementClass::Void => return Verdict::Keep,
            ElementClass::DocumentPart => return Verdict::Drop,
            _ => {}
        }
        if self.dropped_depth > 0 {
            self.dropped_depth -= 1;
            return Verdict::Drop;
        }
        let mut foreign = self.elements.iter().enumerate().rev().take_while(|(_, open)| open.1.is_foreign());
        if let Some((at, _)) = foreign.find(|(_, open)| is_name_equal(open.0, name)) {
            self.close_to(at, out);
            return Verdict::Written;
        }
        if part == ElementClass::Formatting {
            return self.end_format(name, out);
        }
        match self.find_closed_by(name, part) {
            // The parser takes a form out of the stack and leaves open what is inside.
            Some(at) if is_name_equal(name, "form") => {
                self.elements.remove(at);
                Verdict::Keep
            }
            Some(at) => {
                self.close_to(at, out);
                Verdict::Written
            }
            // An end tag without start makes an empty paragraph, which acts as a border.
            None if is_name_equal(name, "p") => Verdict::Keep,
            None => Verdict::Drop,
        }
    }

    /// Returns `true` if tags are being dropped for their depth.
    pub(super) fn is_too_deep(&self) -> bool {
        self.dropped_depth > 0
    }

    /// Returns the outermost enclosing `svg` or `math` without HTML in between; other rules apply inside.
    fn foreign_root(&self) -> Option<usize> {
        let island = self
            .elements
            .iter()
            .rposition(|(_, part)| *part == ElementClass::IntegrationPoint)
            .map_or(0, |at| at + 1);
        self.elements[island..]
            .iter()
            .position(|(_, part)| *part == ElementClass::ForeignContent)
            .map(|at| island + at)
    }

    /// Returns true if the rules of drawings hold, by which a slash at the end of a tag closes the element.
    pub(super) fn is_in_drawing(&self) -> bool {
        self.foreign_root().is_some()
    }

    /// Returns the maximum number of nodes that a tag creates; a block also repeats the open formats.
    pub(super) fn node_cost(&self, name: &str) -> usize {
        match element_class(name) {
            ElementClass::Block | ElementClass::ScopeMarker | ElementClass::TablePart => {
                1 + self.open_formats.len()
            }
            _ => 1,
        }
    }

    /// Closes elements until `depth` are left.
    ///
    /// Formats get no end tag: in the parser they end with the block and continue in the next.
    fn close_to(&mut self, depth: usize, out: &mut String) {
        for (name, part) in self.elements.drain(depth..).rev() {
            if part != ElementClass::Formatting {
                push_end(name, out);
            }
        }
    }

    /// Returns the open element that the end tag of `name` closes.
    fn find_closed_by(&self, name: &str, part: ElementClass) -> Option<usize> {
        let passes = |open: &(&str, ElementClass)| match part {
            ElementClass::TablePart => !is_open(open, "template") && !is_open(open, "table"),
            ElementClass::ScopeMarker if is_name_equal(name, "template") => true,
            ElementClass::ScopeMarker if is_name_equal(name, "table") => !is_open(open, "template"),
            ElementClass::Block if is_name_equal(name, "p") => {
                !open.1.limits_scope() && !is_open(open, "button")
            }
            ElementClass::Block if is_name_equal(name, "li") => {
                !open.1.limits_scope() && !is_open(open, "ul") && !is_open(open, "ol")
            }
            ElementClass::Block | ElementClass::ScopeMarker => !open.1.limits_scope(),
            _ => open.1.is_foreign() || open.1.is_inline(),
        };
        for (at, open) in self.elements.iter().enumerate().rev() {
            if is_open(open, name) || !open.1.is_foreign() && is_heading(open.0) && is_heading(name) {
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
        let Some(table) =
            self.elements.iter().rposition(|open| is_open(open, "table") || is_open(open, "template"))
        else {
            return false;
        };
        if !is_name_equal(self.elements[table].0, "table") {
            return false;
        }
        let level = |name: &str| match name.to_ascii_lowercase().as_str() {
            "td" | "th" => 2,
            "tr" => 1,
            _ => 0,
        };
        let closed = |open: &(&str, ElementClass)| {
            open.1 == ElementClass::TablePart && level(open.0) >= level(name) || is_open(open, "caption")
        };
        let inside = &self.elements[table + 1..];
        // Between the parts of a table nothing stays open.
        let context =
            || inside.iter().rposition(|(_, part)| *part == ElementClass::TablePart).map_or(0, |at| at + 1);
        let depth = inside.iter().position(closed).unwrap_or_else(context);
        self.close_to(table + 1 + depth, out);
        true
    }

    /// Ends the unclosed formats and headings at the start of a block inside them.
    fn end_unclosed(&mut self, out: &mut String) {
        let inline = self.elements.iter().rev().take_while(|open| open.1.is_inline()).count();
        let from = self.elements.len() - inline;
        let first = self.elements[from..].iter().position(|open| open.1 == ElementClass::Unclosed);
        if let Some(first) = first {
            self.close_to(from + first, out);
        }
    }

    fn begin_format(&mut self, name: &'a str, out: &mut String) -> bool {
        // A link ends the preceding link.
        if is_name_equal(name, "a") && last_position(&self.open_formats, name).is_some() {
            self.end_format(name, out);
        }
        if self.open_formats.len() >= MAX_FORMATS {
            // Bounds the search for each end tag.
            if self.dropped_formats.len() < MAX_DEPTH {
                self.dropped_formats.push(name);
            }
            return false;
        }
        self.open_formats.push(name);
        true
    }

    fn end_format(&mut self, name: &'a str, out: &mut String) -> Verdict {
        if let Some(at) = last_position(&self.dropped_formats, name) {
            self.dropped_formats.remove(at);
            return Verdict::Drop;
        }
        let Some(at) = last_position(&self.open_formats, name) else { return Verdict::Drop };
        self.open_formats.remove(at);
        match self.find_closed_by(name, ElementClass::Formatting) {
            Some(at) => {
                self.close_to(at + 1, out);
                self.elements.pop();
            }
            // An inner block is still open: the "adoption agency" removes the format from the stack.
            None => {
                if let Some(at) = self.elements.iter().rposition(|open| is_open(open, name)) {
                    self.elements.remove(at);
                }
            }
        }
        push_end(name, out);
        Verdict::Written
    }

    /// Closes the innermost elements whose end may be left out, before the part `name` of a ruby.
    fn close_implied(&mut self, name: &str, out: &mut String) {
        const IMPLIED: [&str; 9] = ["dd", "dt", "li", "option", "optgroup", "p", "rb", "rp", "rt"];
        let has_implied_end = |open: &(&str, ElementClass)| {
            let is_container =
                is_open(open, "rtc") && !is_name_equal(name, "rt") && !is_name_equal(name, "rp");
            is_container || IMPLIED.iter().any(|implied| is_open(open, implied))
        };
        while self.elements.last().is_some_and(has_implied_end) {
            self.close_to(self.elements.len() - 1, out);
        }
    }

    /// Closes what the start of a block closes.
    fn close_for_block(&mut self, name: &str, out: &mut String) {
        let item = ["li", "dd", "dt"].iter().any(|item| is_name_equal(name, item));
        if item {
            let same = |open: &_| {
                if is_name_equal(name, "li") {
                    is_open(open, "li")
                } else {
                    is_open(open, "dd") || is_open(open, "dt")
                }
            };
            for at in (0..self.elements.len()).rev() {
                let open = self.elements[at];
                if same(&open) {
                    self.close_to(at, out);
                    break;
                }
                let part = open.1;
                let passes = ["address", "div", "p"].iter().any(|passed| is_open(&open, passed));
                let is_passed =
                    part.is_inline() || matches!(part, ElementClass::ForeignContent | ElementClass::Drawn);
                if !is_passed && !passes {
                    break;
                }
            }
        }
        let paragraph = self
            .elements
            .iter()
            .rposition(|open| is_open(open, "p") || is_open(open, "button") || open.1.limits_scope())
            .filter(|at| is_name_equal(self.elements[*at].0, "p"));
        if let Some(at) = paragraph
            && !is_name_equal(name, "button")
            && !is_name_equal(name, "textarea")
        {
            self.close_to(at, out);
        }
        if is_heading(name) && self.elements.last().is_some_and(|(open, _)| is_heading(open)) {
            self.close_to(self.elements.len() - 1, out);
        }
    }
}

/// Returns true if `open` is the element `name` of HTML; elements of drawings follow other rules.
fn is_open(open: &(&str, ElementClass), name: &str) -> bool {
    !open.1.is_foreign() && is_name_equal(open.0, name)
}

fn push_end(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(if is_name_equal(name, "noscript") { super::NO_SCRIPT } else { name });
    out.push('>');
}

fn is_ruby_part(name: &str) -> bool {
    ["rb", "rp", "rt", "rtc"].iter().any(|part| is_name_equal(name, part))
}

fn last_position(names: &[&str], name: &str) -> Option<usize> {
    names.iter().rposition(|other| is_name_equal(other, name))
}
