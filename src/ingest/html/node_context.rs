//! Context of a DOM node: properties that depend on neighbouring nodes.

use super::code::CodeLines;
use super::elements::{self, ElementRole};
use super::inline_runs::InlineFormat;
use crate::ingest::char_cleanup::wraps_unspaced;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// Returns the text in `node`.
pub(super) fn text_of(node: NodeRef<'_, Node>) -> String {
    node.descendants().filter_map(|node| node.value().as_text()).map(|text| &**text).collect()
}

/// Returns `true` if `node` contains an image or a frame.
pub(super) fn has_picture(node: NodeRef<'_, Node>) -> bool {
    let elements = node.descendants().filter_map(|node| node.value().as_element());
    elements
        .into_iter()
        .any(|element| matches!(elements::element_role(element), ElementRole::Picture | ElementRole::Embed))
}

/// Returns `true` if text follows `node` in its line.
pub(super) fn precedes_text(node: NodeRef<'_, Node>) -> bool {
    const MAX_NODES: usize = 40;
    let mut at = node;
    // Images in a row stand in one line; the first of them is not entered.
    let mut is_entered = false;
    for _ in 0..MAX_NODES {
        let child = at.first_child().filter(|_| is_entered);
        at = match child.or_else(|| at.next_sibling()) {
            Some(next) => {
                is_entered = true;
                next
            }
            None => match at.parent() {
                Some(parent) if is_inline(parent) => {
                    is_entered = false;
                    parent
                }
                _ => return false,
            },
        };
        match at.value() {
            Node::Text(text) if !text.trim().is_empty() && is_entered => return true,
            Node::Element(element)
                if is_entered
                    && elements::element_role(element) != ElementRole::Picture
                    && !is_inline(at) =>
            {
                return false;
            }
            _ => {}
        }
    }
    false
}

fn is_inline(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| {
        matches!(
            elements::element_role(element),
            ElementRole::Plain | ElementRole::Styled | ElementRole::RubyText
        )
    })
}

/// Letters of the shortest word that is kept apart from a formula; `n` and `th` belong together.
const MIN_WORD: usize = 3;

/// Returns `true` if `node` is text that starts with a word.
pub(super) fn starts_with_word(node: NodeRef<'_, Node>) -> bool {
    let is_letter = |c: &char| c.is_alphabetic() && !wraps_unspaced(*c);
    node.value().as_text().is_some_and(|text| text.chars().take_while(is_letter).nth(MIN_WORD - 1).is_some())
}

/// Returns `true` if `node` is text that ends with a word.
pub(super) fn ends_with_word(node: NodeRef<'_, Node>) -> bool {
    let is_letter = |c: &char| c.is_alphabetic() && !wraps_unspaced(*c);
    node.value()
        .as_text()
        .is_some_and(|text| text.chars().rev().take_while(is_letter).nth(MIN_WORD - 1).is_some())
}

/// Returns `true` if `node` is a `small` that fills its block, as below the images of some feeds.
pub(super) fn is_small_line(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let is_apart = |node: NodeRef<'_, Node>| match node.value() {
        Node::Text(text) => text.trim().is_empty(),
        Node::Element(element) => {
            matches!(elements::element_role(element), ElementRole::Picture | ElementRole::Break)
        }
        _ => true,
    };
    let in_block = |parent: NodeRef<'_, Node>| {
        parent.value().as_element().is_some_and(|parent| elements::element_role(parent) == ElementRole::Block)
    };
    element.name() == "small"
        && node.prev_siblings().chain(node.next_siblings()).all(is_apart)
        && node.parent().is_some_and(in_block)
}

/// Returns the format of a superscript or subscript in a formula.
pub(super) fn math_format(node: NodeRef<'_, Node>) -> Option<InlineFormat> {
    let format = match node.parent()?.value().as_element()?.name() {
        "msup" => InlineFormat::Sup,
        "msub" => InlineFormat::Sub,
        _ => return None,
    };
    node.prev_siblings().any(|before| before.value().is_element()).then_some(format)
}

/// Returns `true` if a `pre` holds prose, which some editors use for quotations. Code and verse have short lines.
pub(super) fn is_prose(node: NodeRef<'_, Node>) -> bool {
    const MAX_LINE_CHARS: usize = 60;
    let (mut line, mut lines) = (0, CodeLines::default());
    for node in node.descendants() {
        match node.value() {
            Node::Element(element) if element.name() == "br" || lines.line(node, element).is_some() => {
                line = 0
            }
            Node::Text(text) => {
                for c in text.chars() {
                    line = if c == '\n' { 0 } else { line + if wraps_unspaced(c) { 2 } else { 0 } };
                    if line > MAX_LINE_CHARS * 2 {
                        return true;
                    }
                }
            }
            _ => {}
        }
    }
    false
}
