//! Boilerplate: page elements around the article text, such as share bars and advertisements.
//!
//! Each rule is a predicate on an element and a [`Summary`] of its visible content. A matching element is removed
//! with all its content; of nested matches the outermost counts. Rules are narrow rather than complete: remaining
//! boilerplate is a nuisance, while removed text is lost.

mod advert;
mod feed_footer;
mod hidden;
mod promotion;
mod share_bar;

use super::elements::{self, Role};
use crate::ingest::findings::Findings;
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};
use std::collections::HashSet;

/// Predicate that matches boilerplate.
type Rule = fn(&Element, &Summary) -> bool;

/// Rules with their names in the report; the first match counts.
const RULES: [(&str, Rule); 6] = [
    ("hidden", hidden::is_hidden),
    ("screen-reader-text", hidden::is_for_screen_readers),
    ("share-bar", share_bar::is_share_bar),
    ("promotion", promotion::is_promotion),
    ("advert", advert::is_advert),
    ("feed-footer", feed_footer::is_feed_footer),
];

/// Rule for elements without visible content; applied last, so that the other rules are counted.
const EMPTY: &str = "empty-wrapper";

/// Visible content of an element.
#[derive(Default)]
struct Summary {
    /// Visible text without white space, truncated.
    text: String,
    /// Number of visible characters other than white space.
    characters: usize,
    links: u32,
    /// Number of links that open a share dialog.
    share_links: u32,
    /// Images outside links, frames, videos.
    pictures: u32,
    inputs: u32,
    /// Number of visible or linkable items other than text: images, rules, anchors.
    things: u32,
}

impl Summary {
    /// Maximum number of characters kept; rules only match short texts.
    const LONGEST: usize = 400;

    fn push(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            self.characters += 1;
            if self.characters <= Self::LONGEST {
                self.text.push(c);
            }
        }
    }

    fn absorb(&mut self, inner: &Summary, is_link: bool) {
        if self.characters < Self::LONGEST {
            let room = Self::LONGEST - self.characters;
            self.text.extend(inner.text.chars().take(room));
        }
        self.characters += inner.characters;
        self.links += inner.links;
        self.share_links += inner.share_links;
        self.pictures += if is_link { 0 } else { inner.pictures };
        self.inputs += inner.inputs;
        self.things += inner.things;
    }

    /// Returns the whole text, unless too long for any rule.
    fn short_text(&self) -> Option<&str> {
        (self.characters <= Self::LONGEST).then_some(&self.text)
    }
}

/// Elements that rules remove.
pub(super) struct Furniture(HashSet<NodeId>);

impl Furniture {
    pub(super) fn contains(&self, id: NodeId) -> bool {
        self.0.contains(&id)
    }
}

/// Finds the boilerplate of `dom` and counts the removals.
pub(super) fn mark(dom: &Html, found: &mut Findings) -> Furniture {
    let mut marks: Vec<(NodeId, &'static str, String)> = Vec::new();
    // Open elements, each with the number of marks before it.
    let mut open: Vec<(Summary, usize)> = vec![(Summary::default(), 0)];
    let mut unseen: Option<NodeId> = None;
    for edge in dom.tree.root().traverse() {
        match edge {
            Edge::Open(node) if unseen.is_none() => match node.value() {
                Node::Text(text) => {
                    open.iter_mut().last().into_iter().for_each(|(summary, _)| summary.push(text))
                }
                Node::Element(element) if matches!(elements::role(element), Role::Hidden | Role::Drawing) => {
                    if let Some((outer, _)) = open.last_mut() {
                        outer.inputs += u32::from(element.name() == "input");
                        // The `svg` may contain HTML.
                        outer.things += u32::from(element.name() == "svg");
                    }
                    unseen = Some(node.id());
                }
                Node::Element(element) => open.push((begin(element), marks.len())),
                _ => {}
            },
            Edge::Close(node) if unseen == Some(node.id()) => unseen = None,
            Edge::Close(node) if unseen.is_none() => {
                let Some(element) = node.value().as_element() else { continue };
                let Some((summary, before)) = open.pop() else { break };
                let is_root = element.name() == "html";
                if is_root {
                    continue;
                }
                if let Some((rule, _)) = RULES.iter().find(|(_, fits)| fits(element, &summary)) {
                    marks.truncate(before);
                    marks.push((node.id(), rule, summary.text.clone()));
                } else if is_empty_wrapper(element, &summary)
                    && marks[before..].iter().all(|mark| mark.1 == EMPTY)
                {
                    marks.truncate(before);
                    marks.push((node.id(), EMPTY, String::new()));
                }
                if let Some((outer, _)) = open.last_mut() {
                    outer.absorb(&summary, element.name() == "a");
                }
            }
            _ => {}
        }
    }
    for (_, rule, text) in &marks {
        found.removed_text(rule, text);
    }
    Furniture(marks.into_iter().map(|(id, ..)| id).collect())
}

/// Returns the summary of an element without its content.
fn begin(element: &Element) -> Summary {
    let mut summary = Summary::default();
    match elements::role(element) {
        Role::Picture | Role::Embed => {
            summary.pictures = 1;
            summary.things = 1;
        }
        Role::Rule => summary.things = 1,
        _ if element.name() == "a" => {
            let href = element.attr("href").unwrap_or_default();
            summary.links = 1;
            summary.share_links = u32::from(share_bar::is_share_link(href));
        }
        _ => {}
    }
    summary.things += u32::from(element.id().is_some());
    summary
}

/// Returns `true` if a block has no visible content, such as `<p>&nbsp;</p>`.
fn is_empty_wrapper(element: &Element, summary: &Summary) -> bool {
    let is_block = matches!(
        elements::role(element),
        Role::Block
            | Role::Heading(_)
            | Role::Quote
            | Role::List { .. }
            | Role::Item
            | Role::Figure
            | Role::Caption
    );
    is_block && summary.characters == 0 && summary.things == 0
}

/// Returns `true` if a class of `element` satisfies `fits`.
fn has_class(element: &Element, fits: impl Fn(&str) -> bool) -> bool {
    element.attr("class").is_some_and(|classes| classes.split_ascii_whitespace().any(fits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Compares the removals from `html` by rule.
    pub(super) fn check(html: &str, expected: &[(&str, u32)]) {
        let mut found = Findings::default();
        mark(&Html::parse_fragment(html), &mut found);
        let (_, removed) = found.finish();
        assert_eq!(removed, BTreeMap::from_iter(expected.iter().copied()), "{html}");
    }

    #[test]
    fn empty_wrappers_are_removed() {
        check("<p>x</p><p>&nbsp;<br></p><div><p></p><p> </p></div>", &[("empty-wrapper", 2)]);
        check("<div><div data-selfpromo-app></div></div>", &[("promotion", 1)]);
        check("<p><a href=/><img src=a.png></a></p><div><hr></div><div id=a></div>", &[]);
    }

    #[test]
    fn text_is_kept() {
        check(
            "<p>江水退了，分享到各家。</p><a href='https://x.example/'>链接</a><hr><button>下载</button>",
            &[],
        );
    }
}
