//! Code listings: lines, line numbers and the elements that contain code without `pre`.
//!
//! Highlighters write each line of a listing as an element, with or without a line end in the text, and the line
//! numbers as a column, a list or a span before each line.

use super::elements::{self, ElementRole, classes};
use crate::ingest::char_cleanup::{CharAction, char_action};
use crate::ingest::diagnostics::Diagnostics;
use ego_tree::{NodeId, NodeRef};
use scraper::Node;
use scraper::node::Element;

/// Element that is a line of code.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum CodeLine {
    /// Block, which ends its line by itself.
    Block,
    /// Inline element; a following line end belongs to its line.
    Inline,
}

/// Text of an open listing.
#[derive(Default)]
pub(super) struct CodeBuffer {
    text: String,
    /// Start of the current line element in `text`.
    line_start: usize,
    /// The line element that has ended without a line end.
    ended: Option<CodeLine>,
    pub(super) lines: CodeLines,
}

impl CodeBuffer {
    pub(super) fn push_text(&mut self, text: &str, found: &mut Diagnostics) {
        let mut text = text;
        if self.ended.is_some() {
            // White space between line elements separates them, but is not part of the code.
            if text.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
                text = match text.find('\n') {
                    Some(at) if self.ended == Some(CodeLine::Inline) => {
                        text[at..].trim_end_matches([' ', '\t'])
                    }
                    _ => return,
                };
            } else if !text.starts_with('\n') {
                self.text.push('\n');
            }
            self.ended = None;
        }
        for c in text.chars() {
            match char_action(c, self.text.chars().next_back()) {
                CharAction::Space if c == '\u{a0}' => self.text.push(' '),
                CharAction::Keep | CharAction::Space => self.text.push(c),
                CharAction::LineEnd => self.text.push('\n'),
                CharAction::Drop(rule) => found.count_removed(rule, 1),
            }
        }
    }

    /// Adds a line break. One after an inline line element only ends its line.
    pub(super) fn push_break(&mut self) {
        self.text.push('\n');
        if self.ended != Some(CodeLine::Block) {
            self.ended = None;
        }
    }

    /// Separates the cells of a row.
    pub(super) fn open_cell(&mut self) {
        if self.ended.is_none() && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\t');
        }
    }

    pub(super) fn open_line(&mut self) {
        if !self.text.is_empty() && (self.ended.is_some() || !self.text.ends_with('\n')) {
            self.text.push('\n');
        }
        self.ended = None;
        self.line_start = self.text.len();
    }

    pub(super) fn close_line(&mut self, line: CodeLine) {
        let has_line_end = self.text.len() > self.line_start && self.text.ends_with('\n');
        if self.ended.is_none() && !has_line_end {
            self.ended = Some(line);
        }
    }

    /// Returns the code without empty lines around it; `None` if there is nothing else.
    pub(super) fn finish(self) -> Option<String> {
        let code = self.text.trim_end();
        let first = code.find(|c: char| !c.is_whitespace())?;
        let start = code[..first].rfind('\n').map_or(0, |at| at + 1);
        Some(code[start..].to_owned())
    }
}

/// Finder of the elements in a listing that are lines. It keeps what it knows of the last parent, which can have very
/// many children.
#[derive(Default)]
pub(super) struct CodeLines {
    /// A parent, and `true` if `code` elements fill it.
    parent: Option<(NodeId, bool)>,
}

impl CodeLines {
    /// Returns the kind of line that `node`, an element in a listing, is.
    pub(super) fn line(&mut self, node: NodeRef<'_, Node>, element: &Element) -> Option<CodeLine> {
        match elements::element_role(element) {
            ElementRole::Plain | ElementRole::Styled | ElementRole::NoScript => {
                let is_line = element.name() == "code" && self.has_code_siblings(node)
                    || element.attr("data-line").is_some()
                    || classes(element).any(is_line_class);
                let is_block = || {
                    let style = element.attr("style").unwrap_or_default();
                    style.replace(' ', "").contains("display:block")
                };
                match is_line && !follows_text(node) {
                    true => Some(CodeLine::Inline),
                    false => is_block().then_some(CodeLine::Block),
                }
            }
            _ => Some(CodeLine::Block),
        }
    }

    /// Returns `true` if `node` is one of several `code` elements that fill their parent.
    fn has_code_siblings(&mut self, node: NodeRef<'_, Node>) -> bool {
        let Some(parent) = node.parent() else { return false };
        match self.parent {
            Some((id, is_filled)) if id == parent.id() => is_filled,
            _ => {
                let is_filled = is_filled_with_code(parent);
                self.parent = Some((parent.id(), is_filled));
                is_filled
            }
        }
    }
}

fn is_line_class(class: &str) -> bool {
    let class = class.trim_start_matches("code-").trim_start_matches("code_");
    matches!(class, "line" | "codeline" | "code-snippet_outer")
        || class.ends_with("-line") && !class.ends_with("new-line") && !class.ends_with("under-line")
        || class.ends_with("__line")
}

/// Returns `true` if visible text directly precedes `node`, which therefore does not begin a line.
fn follows_text(node: NodeRef<'_, Node>) -> bool {
    node.prev_sibling().and_then(|before| before.value().as_text()).is_some_and(|text| {
        let last = text.rsplit('\n').next().unwrap_or_default();
        !last.trim().is_empty()
    })
}

/// Returns `true` if several `code` elements that are lines fill `parent`.
fn is_filled_with_code(parent: NodeRef<'_, Node>) -> bool {
    // Some highlighters write each token of a line as `code`.
    let is_line = parent.value().as_element().is_some_and(|parent| {
        matches!(parent.name(), "li" | "td" | "code" | "span") || classes(parent).any(is_line_class)
    });
    let mut count = 0;
    let holds_only_code = parent.children().all(|child| match child.value() {
        Node::Text(text) => text.is_empty() || text.contains('\n') && text.trim().is_empty(),
        Node::Element(element) if element.name() == "code" => {
            count += 1;
            true
        }
        Node::Element(element) => element.name() == "br" || is_gutter(child, element),
        _ => true,
    });
    holds_only_code && count > 1 && !is_line
}

/// Returns `true` if `element` contains code without being a `pre`.
pub(super) fn is_listing(node: NodeRef<'_, Node>, element: &Element) -> bool {
    const CONTAINERS: [&str; 10] = [
        "syntaxhighlighter",
        "crayon-pre",
        "js-file-line-container",
        "hljs-ln",
        "CodeMirror-code",
        "cm-content",
        "ace_text-layer",
        "view-lines",
        "react-code-lines",
        "code-snippet__fix",
    ];
    match elements::element_role(element) {
        // A `pre` inside keeps its own line ends; everything around is a frame.
        ElementRole::Block | ElementRole::Table => {
            let is_container = classes(element).any(|class| CONTAINERS.contains(&class));
            let has_no_pre = || {
                let mut elements = node.descendants().filter_map(|node| node.value().as_element());
                !elements.any(|element| elements::element_role(element) == ElementRole::Preformatted)
            };
            is_container && has_no_pre() || has_adjacent_code(node)
        }
        _ => false,
    }
}

/// Returns `true` if `node` consists of `code` elements with nothing between them, not even a space.
fn has_adjacent_code(node: NodeRef<'_, Node>) -> bool {
    let mut count = 0;
    node.children().all(|child| match child.value() {
        Node::Element(element) => {
            count += 1;
            element.name() == "code"
        }
        _ => false,
    }) && count > 1
}

/// Returns `true` if `node` contains line numbers, or nothing, next to a listing.
pub(super) fn is_gutter(node: NodeRef<'_, Node>, element: &Element) -> bool {
    const NAMES: [&str; 19] = [
        "gutter",
        "linenos",
        "linenodiv",
        "lineno",
        "linenumber",
        "lineNumbers",
        "lineNumber",
        "line-number",
        "line-numbers",
        "line-numbers-rows",
        "rouge-gutter",
        "hljs-ln-numbers",
        "hljs-line-numbers",
        "blob-num",
        "code-snippet__line-index",
        "pre-numbering",
        "crayon-nums",
        "CodeMirror-linenumber",
        "react-line-number",
    ];
    // Prism marks the listing itself, not the numbers.
    let is_code = element.name() == "code"
        || element.name() == "pre" && !classes(element).any(|class| class == "lineno");
    (classes(element).any(|class| NAMES.contains(&class)) && !is_code || is_first_of_two_listings(node))
        && is_numbers(node)
}

/// Returns `true` if `node` is the first cell of a row of two listings.
fn is_first_of_two_listings(node: NodeRef<'_, Node>) -> bool {
    let is_pre =
        |node: NodeRef<'_, Node>| node.value().as_element().is_some_and(|element| element.name() == "pre");
    let has_pre = |cell: NodeRef<'_, Node>| cell.descendants().any(is_pre);
    is_first_cell(node)
        && has_pre(node)
        && node.next_siblings().find(|next| is_cell(*next)).is_some_and(has_pre)
}

fn is_cell(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| matches!(element.name(), "td" | "th"))
}

/// Returns `true` if `node` is the first of several cells of a row.
fn is_first_cell(node: NodeRef<'_, Node>) -> bool {
    is_cell(node) && !node.prev_siblings().any(is_cell) && node.next_siblings().any(is_cell)
}

/// Returns `true` if `node` is a line number inside a listing.
pub(super) fn is_line_number(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let is_number_class = |class| matches!(class, "ln" | "lnt" | "num" | "line-num");
    is_gutter(node, element)
        || (classes(element).any(is_number_class) || is_first_cell(node)) && is_numbers(node)
}

/// Returns `true` if the text of `node` is numbers and white space.
fn is_numbers(node: NodeRef<'_, Node>) -> bool {
    node.descendants().all(|node| match node.value() {
        Node::Text(text) => text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || c == '\u{200b}'),
        Node::Element(element) => {
            !matches!(elements::element_role(element), ElementRole::Picture | ElementRole::Embed)
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use crate::ingest::diagnostics::Diagnostics;
    use crate::ingest::html::{BodyContext, parse_body};
    use crate::model::Block;

    /// Returns the listings in `html`, and the number of other blocks.
    fn listings(html: &str) -> (Vec<String>, usize) {
        let context = BodyContext { title: "题目", base: None, pictures: None };
        let read = parse_body(html, 1, &context, &mut Diagnostics::default());
        let others = read.body.blocks.iter().filter(|block| !matches!(block, Block::Preformatted(_))).count();
        let code = read.body.blocks.into_iter().filter_map(|block| match block {
            Block::Preformatted(code) => Some(code),
            _ => None,
        });
        (code.collect(), others)
    }

    #[test]
    fn lines_of_highlighters_stay_apart() {
        for html in [
            "<pre>a;\n\tb;\n\nc;</pre>",
            "<pre><code>a;</code><code>\tb;</code><code><br></code><code>c;</code></pre>",
            "<pre><code><span>a;</span></code>\n<code>\tb;</code>\n<code></code>\n<code>c;</code></pre>",
            "<pre><div class=line>a;</div><div class=line>\tb;</div><div><br></div><div>c;</div></pre>",
            "<pre>\n  <div>a;</div>\n  <div>\tb;</div>\n  <div></div>\n  <div>c;</div>\n</pre>",
            "<pre><code><span class=line>a;</span><span class=line>\tb;</span><span class=line></span><span class=line>c;</span></code></pre>",
            "<pre><code><span class=line>a;</span>\n<span class=line>\tb;</span>\n<span class=line></span>\n<span class=line>c;</span></code></pre>",
            "<pre><span class=line><span>a;\n</span></span><span class=line>\tb;\n</span><span class=line>\n</span><span class=line>c;\n</span></pre>",
            "<pre><span class=line>a;</span><br><span class=line>\tb;</span><br><span class=line></span><br><span class=line>c;</span><br></pre>",
            "<pre><code><span data-line>a;</span>\n<span data-line>\tb;</span>\n<span data-line></span>\n<span data-line>c;</span></code></pre>",
            "<pre><ol class=linenums><li>a;</li><li>\tb;</li><li></li><li>c;</li></ol></pre>",
            "<pre><table class=hljs-ln><tr><td class=hljs-ln-numbers><div></div></td><td>a;</td></tr><tr><td class=hljs-ln-numbers></td><td>\tb;</td></tr><tr><td class=hljs-ln-numbers></td><td></td></tr><tr><td class=hljs-ln-numbers></td><td>c;</td></tr></table></pre>",
            "<pre><table><tr><td>1</td><td>a;</td></tr><tr><td>2</td><td>\tb;</td></tr><tr><td>3</td><td></td></tr><tr><td>4</td><td>c;</td></tr></table></pre>",
            "<figure class=highlight><table><tr><td class=gutter><pre><span class=line>1</span><br><span class=line>2</span><br></pre></td><td class=code><pre><span class=line>a;</span><br><span class=line>\tb;</span><br><span class=line></span><br><span class=line>c;</span><br></pre></td></tr></table></figure>",
            "<table><tr><td><pre>1\n2\n3\n4</pre></td><td><pre>a;\n\tb;\n\nc;</pre></td></tr></table>",
            "<pre><code><table class=rouge-table><tr><td class='gutter gl'><pre class=lineno>1\n2\n</pre></td><td class=code><pre>a;\n\tb;\n\nc;\n</pre></td></tr></table></code></pre>",
            "<pre><span class=ln>1</span>a;\n<span class=ln>2</span>\tb;\n<span class=ln>3</span>\n<span class=ln>4</span>c;</pre>",
            "<pre class=line-numbers><code>a;\n\tb;\n\nc;</code><span class=line-numbers-rows><span></span></span></pre>",
            "<ul class=pre-numbering><li>1</li><li>2</li></ul><pre>a;\n\tb;\n\nc;</pre>",
            "<pre><span style='display: block'>a;</span><span style='display:block'>\tb;</span>\n\nc;</pre>",
            "<div class='CodeMirror-code'><div>a;</div><div>\tb;</div><div>\u{200b}</div><div>c;</div></div>",
        ] {
            assert_eq!(listings(html), (vec!["a;\n\tb;\n\nc;".to_owned()], 0), "{html}");
        }
    }

    #[test]
    fn listings_without_pre_are_recognised() {
        let lines = |code: &str| (vec![code.to_owned()], 0);
        let old = "<div class=syntaxhighlighter><table><tr><td class=gutter><div class='line number1'>1</div></td>\
            <td class=code><div class=container><div class='line number1'><code>a</code>&nbsp;<code>= 1;</code></div>\
            <div class='line number2'><code>&nbsp;&nbsp;</code><code>b;</code></div></div></td></tr></table></div>";
        assert_eq!(listings(old), lines("a = 1;\n  b;"));
        let hub = "<table class=js-file-line-container><tr><td class=blob-num data-line-number=1></td><td>a;</td></tr>\
            <tr><td class=blob-num></td><td>  b;</td></tr></table>";
        assert_eq!(listings(hub), lines("a;\n  b;"));
        assert_eq!(listings("<section><code>a;</code><code>  b;</code></section>"), lines("a;\n  b;"));
    }

    #[test]
    fn code_within_a_line_stays_in_it() {
        let code = |code: &str| (vec![code.to_owned()], 0);
        assert_eq!(listings("<pre>use <code>a</code> or <code>b</code></pre>"), code("use a or b"));
        assert_eq!(listings("<pre>a <span class=line>b</span> c</pre>"), code("a b c"));
        assert_eq!(listings("<pre><span class=ln>x</span>42</pre>"), code("x42"));
        assert_eq!(listings("<pre class=line-numbers><code>42</code></pre>"), code("42"));
        assert_eq!(listings("<p><code>a</code> <code>b</code></p>").1, 1);
        assert_eq!(listings("<p class=gutter>江水</p><table><tr><td>1</td><td>江</td></tr></table>").1, 2);
    }
}
