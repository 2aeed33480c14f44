//! Context of a DOM node: properties that depend on neighbouring nodes.

use super::elements::{self, Role};
use super::runs::Format;
use crate::ingest::characters::is_cjk;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// Returns `true` if `node` contains an image or a frame.
pub(super) fn has_picture(node: NodeRef<'_, Node>) -> bool {
    let elements = node.descendants().filter_map(|node| node.value().as_element());
    elements.into_iter().any(|element| matches!(elements::role(element), Role::Picture | Role::Embed))
}

/// Returns `true` if `node` is a `small` that fills its block, as below the images of some feeds.
pub(super) fn is_small_line(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let is_apart = |node: NodeRef<'_, Node>| match node.value() {
        Node::Text(text) => text.trim().is_empty(),
        Node::Element(element) => matches!(elements::role(element), Role::Picture | Role::Break),
        _ => true,
    };
    let in_block = |parent: NodeRef<'_, Node>| {
        parent.value().as_element().is_some_and(|parent| elements::role(parent) == Role::Block)
    };
    element.name() == "small"
        && node.prev_siblings().chain(node.next_siblings()).all(is_apart)
        && node.parent().is_some_and(in_block)
}

/// Returns the format of a superscript or subscript in a formula.
pub(super) fn math_format(node: NodeRef<'_, Node>) -> Option<Format> {
    let format = match node.parent()?.value().as_element()?.name() {
        "msup" => Format::Sup,
        "msub" => Format::Sub,
        _ => return None,
    };
    node.prev_siblings().any(|before| before.value().is_element()).then_some(format)
}

/// Returns `true` if a `pre` holds prose, which some editors use for quotations. Code and verse have short lines.
pub(super) fn is_prose(node: NodeRef<'_, Node>) -> bool {
    const LONGEST_LINE: usize = 60;
    let mut line = 0;
    for node in node.descendants() {
        match node.value() {
            Node::Element(element) if element.name() == "br" => line = 0,
            Node::Text(text) => {
                for c in text.chars() {
                    line = if c == '\n' { 0 } else { line + if is_cjk(c) { 2 } else { 0 } };
                    if line > LONGEST_LINE * 2 {
                        return true;
                    }
                }
            }
            _ => {}
        }
    }
    false
}
