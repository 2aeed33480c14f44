//! Images that a style or a script draws in an element other than `img`.

use super::source::ImageSource;
use super::{candidates, icon, placeholder, style_value};
use crate::ingest::char_cleanup::clean_line;
use crate::ingest::diagnostics::Diagnostics;
use crate::ingest::html::BodyContext;
use crate::ingest::html::elements::{self, ElementRole, has_class};
use crate::model::Figure;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// Returns the image that `element` draws instead of content.
///
/// A background behind text is decoration, unless the element says that it is an image.
pub(in crate::ingest::html) fn drawn_image(
    node: NodeRef<'_, Node>,
    element: &Element,
    context: &BodyContext<'_>,
    found: &mut Diagnostics,
) -> Option<Box<Figure>> {
    let source = ImageSource::resolve(&drawn_address(element)?, context)?;
    let is_image =
        element.attr("role") == Some("img") || has_class(element, |class| class == "wp-block-cover");
    if !is_image && (has_content(node) || is_pattern(element) || icon::is_small(element)) {
        return None;
    }
    let mut names = ["aria-label", "alt", "data-alt", "title"].into_iter();
    let alt = names.find_map(|name| element.attr(name)).unwrap_or_default();
    if alt.is_empty()
        && (icon::is_icon(element, source.name()) || has_class(element, |class| class == "icon"))
    {
        return None;
    }
    source.into_figure(clean_line(alt, |_| {}), None, context, found).map(Box::new)
}

/// Returns the address, possibly relative, of the image that a style or a script would draw in `element`.
pub(in crate::ingest::html) fn drawn_address(element: &Element) -> Option<String> {
    const NAMES: [&str; 8] = [
        "data-bg",
        "data-background",
        "data-background-image",
        "data-bg-src",
        "data-bg-image",
        "data-bg-url",
        "data-lazy-background",
        "data-background-url",
    ];
    if element.attrs.is_empty() {
        return None;
    }
    let named = element.attrs().filter(|(name, _)| NAMES.contains(name));
    let named = named.map(|(_, value)| value).map(|value| in_parentheses(value).unwrap_or(value));
    let style = element.attr("style").filter(|style| style.contains("url("));
    let style = style
        .and_then(|style| ["background-image", "background"].iter().find_map(|name| style_url(style, name)));
    let mut addresses =
        named.chain(style).filter(|text| text.contains(['/', '.']) && !placeholder::is_placeholder(text));
    addresses.next().map(str::to_owned).or_else(|| candidates::lazy_address(element))
}

/// Returns the URL in a property of a style.
fn style_url<'a>(style: &'a str, property: &str) -> Option<&'a str> {
    let at = style.find(property)?;
    in_parentheses(&style[at + property.len()..])
}

/// Returns the argument of `url(…)`.
fn in_parentheses(value: &str) -> Option<&str> {
    let (_, rest) = value.split_once("url(")?;
    let rest = rest.trim_start();
    let (address, _) = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split_once(quote)?,
        _ => rest.split_once(')')?,
    };
    Some(address.trim()).filter(|address| !address.is_empty())
}

/// Returns `true` if the image is repeated as the texture of an area.
fn is_pattern(element: &Element) -> bool {
    let repeat = style_value(element, "background-repeat");
    repeat.is_some_and(|value| value.starts_with("repeat"))
        || style_value(element, "background").is_some_and(|value| value.contains(")repeat"))
}

/// Returns `true` if `node` contains text or an image, or more than an image would.
fn has_content(node: NodeRef<'_, Node>) -> bool {
    const MAX_NODES: usize = 30;
    node.descendants().skip(1).enumerate().any(|(i, node)| {
        i >= MAX_NODES
            || match node.value() {
                Node::Text(text) => !text.trim().is_empty(),
                Node::Element(element) => {
                    matches!(elements::element_role(element), ElementRole::Picture | ElementRole::Embed)
                        || drawn_address(element).is_some()
                }
                _ => false,
            }
    })
}
