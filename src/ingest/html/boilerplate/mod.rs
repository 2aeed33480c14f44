//! Boilerplate: page elements around the article text, such as share bars and advertisements.
//!
//! Each rule is a predicate on an element and a [`ElementSummary`] of its visible content. A matching element is removed
//! with all its content; of nested matches the outermost counts. Rules are narrow rather than complete: remaining
//! boilerplate is a nuisance, while removed text is lost.

mod advert;
mod bound;
mod feed_footer;
mod hidden;
mod promotion;
mod share_bar;

use super::elements::{self, ElementRole};
use super::{embeds, formula, pictures, preparse};
use crate::ingest::diagnostics::Diagnostics;
use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};
use std::collections::HashSet;

/// A kind of furniture.
struct Rule {
    /// The name that the report counts removals by.
    name: &'static str,
    /// Says whether an element that shows this is furniture.
    fits: fn(&Element, &ElementSummary) -> bool,
    /// Characters that the rule may take from an article of any length, while other text remains.
    ///
    /// `usize::MAX` marks a rule that knows every word it takes, apart from titles in links.
    floor: usize,
}

impl Rule {
    const fn new(name: &'static str, fits: fn(&Element, &ElementSummary) -> bool, floor: usize) -> Rule {
        Rule { name, fits, floor }
    }
}

/// The rules; the first that fits is counted.
static RULES: [Rule; 6] = [
    Rule::new("hidden", hidden::is_hidden, 0),
    Rule::new("screen-reader-text", hidden::is_for_screen_readers, 60),
    Rule::new("share-bar", share_bar::is_share_bar, usize::MAX),
    Rule::new("promotion", promotion::is_promotion, 60),
    Rule::new("advert", advert::is_advert, usize::MAX),
    Rule::new("feed-footer", feed_footer::is_feed_footer, usize::MAX),
];

/// The rule for elements that show nothing; it yields to the others, so that they are counted.
static EMPTY_WRAPPER: Rule = Rule::new("empty-wrapper", is_empty_wrapper, usize::MAX);

/// Visible content of an element.
#[derive(Default)]
struct ElementSummary {
    /// Visible text without white space, truncated.
    text: String,
    /// The part of `text` that is in no link.
    unlinked: String,
    /// Number of visible characters other than white space.
    characters: usize,
    links: u32,
    /// Number of links that open a share dialog.
    share_links: u32,
    /// Images outside links, frames, videos.
    pictures: u32,
    /// Fields to type text into.
    inputs: u32,
    /// Number of visible or linkable items other than text: images, rules, anchors.
    other_content: u32,
}

impl ElementSummary {
    /// Maximum number of characters kept; rules only match short texts.
    const MAX_TEXT_CHARS: usize = 400;

    fn push(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            self.characters += 1;
            if self.characters <= Self::MAX_TEXT_CHARS {
                self.text.push(c);
                self.unlinked.push(c);
            }
        }
    }

    fn absorb(&mut self, inner: &ElementSummary, is_link: bool) {
        if self.characters < Self::MAX_TEXT_CHARS {
            let room = Self::MAX_TEXT_CHARS - self.characters;
            self.text.extend(inner.text.chars().take(room));
            if !is_link {
                self.unlinked.extend(inner.unlinked.chars().take(room));
            }
        }
        self.characters += inner.characters;
        self.links += inner.links;
        self.share_links += inner.share_links;
        self.pictures += if is_link { 0 } else { inner.pictures };
        self.inputs += inner.inputs;
        self.other_content += inner.other_content;
    }

    /// Returns the whole text, unless too long for any rule.
    fn short_text(&self) -> Option<&str> {
        (self.characters <= Self::MAX_TEXT_CHARS).then_some(&self.text)
    }
}

/// Elements that rules remove.
pub(super) struct Boilerplate(HashSet<NodeId>);

impl Boilerplate {
    pub(super) fn contains(&self, id: NodeId) -> bool {
        self.0.contains(&id)
    }
}

/// An element that a rule removes.
struct RemovalMark {
    node: NodeId,
    rule: &'static Rule,
    characters: usize,
    text: String,
}

/// An element whose end the walk has not reached.
struct Open {
    summary: ElementSummary,
    /// The number of marks before it.
    marks: usize,
    /// True if its text is part of a drawing, which shows only the HTML inside.
    drawn: bool,
    /// True in a `pre`, where an empty element may be an empty line.
    listing: bool,
}

/// Finds the furniture of `dom`, whose file has its body on `line`, and counts it.
pub(super) fn mark_boilerplate(dom: &Html, line: u32, found: &mut Diagnostics) -> Boilerplate {
    let (marks, characters) = bound::bounded(|off| candidates(dom, off));
    for mark in &marks {
        found.count_removed_text(mark.rule.name, &mark.text);
    }
    if let Some(message) = bound::large_share(&marks, characters) {
        found.warn(line, "much-removed", message);
    }
    Boilerplate(marks.into_iter().map(|mark| mark.node).collect())
}

/// Returns what the rules that are not `off` name, and the number of visible characters of `dom`.
fn candidates(dom: &Html, off: &[&'static str]) -> (Vec<RemovalMark>, usize) {
    let mut marks: Vec<RemovalMark> = Vec::new();
    let mut open: Vec<Open> =
        vec![Open { summary: ElementSummary::default(), marks: 0, drawn: false, listing: false }];
    let mut unseen: Option<NodeId> = None;
    for edge in dom.tree.root().traverse() {
        match edge {
            Edge::Open(node) if unseen.is_none() => {
                let Some(outer) = open.last_mut() else { break };
                match node.value() {
                    Node::Text(text) if !outer.drawn => outer.summary.push(text),
                    Node::Element(element) => {
                        let role = elements::element_role(element);
                        if role == ElementRole::Hidden && !outer.drawn {
                            outer.summary.inputs += u32::from(promotion::takes_text(element));
                            outer.summary.other_content += u32::from(element.name() == preparse::SCRIPT);
                            unseen = Some(node.id());
                        } else {
                            let drawn = role == ElementRole::ForeignContent
                                || outer.drawn && role != ElementRole::IntegrationPoint;
                            let summary = if drawn { drawing(element) } else { own_summary(element) };
                            let listing = outer.listing || role == ElementRole::Preformatted;
                            open.push(Open { summary, marks: marks.len(), drawn, listing });
                        }
                    }
                    _ => {}
                }
            }
            Edge::Close(node) if unseen == Some(node.id()) => unseen = None,
            Edge::Close(node) if unseen.is_none() => {
                let Some(element) = node.value().as_element() else { continue };
                let Some(Open { summary, marks: before, drawn, listing }) = open.pop() else { break };
                let is_root = element.name() == "html";
                if !drawn && !is_root {
                    let fits = |rule: &&Rule| !off.contains(&rule.name) && (rule.fits)(element, &summary);
                    let inner_are_empty =
                        || marks[before..].iter().all(|mark| mark.rule.name == EMPTY_WRAPPER.name);
                    let rule = RULES.iter().find(fits).or_else(|| {
                        Some(&EMPTY_WRAPPER)
                            .filter(|rule| !listing && (rule.fits)(element, &summary) && inner_are_empty())
                    });
                    if let Some(rule) = rule {
                        marks.truncate(before);
                        let (characters, text) = (summary.characters, summary.text.clone());
                        marks.push(RemovalMark { node: node.id(), rule, characters, text });
                    }
                }
                if let Some(outer) = open.last_mut() {
                    outer.summary.absorb(&summary, element.name() == "a");
                }
            }
            _ => {}
        }
    }
    (marks, open.first().map_or(0, |root| root.summary.characters))
}

/// Summarises a drawing or a part of one: the HTML inside adds to it.
fn drawing(element: &Element) -> ElementSummary {
    ElementSummary { other_content: u32::from(element.name() == "svg"), ..ElementSummary::default() }
}

/// Returns the summary of an element without its content.
fn own_summary(element: &Element) -> ElementSummary {
    let mut summary = ElementSummary::default();
    match elements::element_role(element) {
        ElementRole::Picture | ElementRole::Embed => {
            summary.pictures = 1;
            summary.other_content = 1;
        }
        ElementRole::Rule => summary.other_content = 1,
        _ if element.name() == "a" => {
            let href = element.attr("href").unwrap_or_default();
            summary.links = 1;
            summary.share_links = u32::from(share_bar::is_share_link(href));
        }
        _ => {}
    }
    let is_shown = element.id().is_some()
        || pictures::drawn_address(element).is_some()
        || embeds::names_page(element)
        || formula::may_hold_formula(element);
    summary.other_content += u32::from(is_shown);
    summary
}

/// Returns `true` if a block has no visible content, such as `<p>&nbsp;</p>`.
fn is_empty_wrapper(element: &Element, summary: &ElementSummary) -> bool {
    let is_block = matches!(
        elements::element_role(element),
        ElementRole::Block
            | ElementRole::Heading(_)
            | ElementRole::Quote
            | ElementRole::List { .. }
            | ElementRole::Item
            | ElementRole::Figure
            | ElementRole::Caption
    );
    is_block && summary.characters == 0 && summary.other_content == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Compares the removals from `html` by rule.
    pub(super) fn check(html: &str, expected: &[(&str, u32)]) {
        let mut found = Diagnostics::default();
        mark_boilerplate(&Html::parse_fragment(html), 1, &mut found);
        let (_, removed) = found.into_parts();
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

    #[test]
    fn html_in_a_drawing_counts_as_text() {
        let text = "江水昨夜退到石阶下面".repeat(7);
        check(&format!("<div hidden><svg><foreignObject>{text}</foreignObject></svg></div>"), &[]);
        check("<p>江水昨夜退了</p><p hidden><svg><text>江水</text></svg></p>", &[("hidden", 1)]);
    }
}
