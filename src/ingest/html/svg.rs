//! Text in drawings.

use super::elements::{self, ElementRole};
use super::node_context;
use crate::ingest::char_cleanup::clean_line;
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// Labels and layout of a drawing.
pub(super) struct Drawing {
    /// Title and description.
    pub(super) labels: Vec<String>,
    /// `true` if its texts form a block of their own.
    pub(super) is_block: bool,
}

/// Describes the outermost `svg` element `node`.
pub(super) fn drawing(node: NodeRef<'_, Node>, element: &Element) -> Drawing {
    let texts = node.descendants().filter(|node| is_named(*node, "text")).take(2).count();
    let labels = if is_icon(node, element, texts) { Vec::new() } else { labels(node) };
    Drawing { is_block: texts > 1 || !labels.is_empty(), labels }
}

/// Returns the text of a `text` element.
pub(super) fn text(node: NodeRef<'_, Node>) -> String {
    let mut text = String::new();
    for node in node.descendants() {
        match node.value() {
            Node::Text(piece)
                if !node
                    .ancestors()
                    .take_while(|node| !is_named(*node, "text"))
                    .any(|node| is_named(node, "title")) =>
            {
                text.push_str(piece);
            }
            Node::Element(element) if element.name() == "tspan" && starts_line(node, element) => {
                text.push(' ')
            }
            _ => {}
        }
    }
    clean_line(&text, |_| {})
}

/// Returns `true` if a part of a text is placed apart from the part before. Single characters are placed so as well.
fn starts_line(node: NodeRef<'_, Node>, element: &Element) -> bool {
    let is_placed = |name: &str| element.attr(name).is_some_and(|value| !matches!(value.trim(), "" | "0"));
    let length: usize =
        node.descendants().filter_map(|node| Some(node.value().as_text()?.trim().chars().count())).sum();
    (is_placed("dy") || is_placed("x") || is_placed("y")) && length > 1
}

fn labels(node: NodeRef<'_, Node>) -> Vec<String> {
    let named = node.children().filter(|node| is_named(*node, "title") || is_named(*node, "desc"));
    let texts = named.map(|node| clean_line(&node_context::text_of(node), |_| {}));
    texts.filter(|text| !text.is_empty()).collect()
}

/// Returns `true` if a drawing is an icon, whose title names a button.
fn is_icon(node: NodeRef<'_, Node>, element: &Element, texts: usize) -> bool {
    const MIN_SHAPES: usize = 8;
    const MAX_ICON: f32 = 100.0;
    const MIN_DRAWING: f32 = 200.0;
    let has_word = |class: &str| {
        let class = class.to_ascii_lowercase();
        ["icon", "logo", "fa-", "glyph", "button", "btn"].iter().any(|word| class.contains(word))
    };
    let in_control = node.ancestors().take(4).filter_map(|node| node.value().as_element()).any(|element| {
        matches!(element.name(), "a" | "button" | "summary" | "label")
            || element.attr("role") == Some("button")
            || element.attr("class").is_some_and(|class| class.to_ascii_lowercase().contains("icon"))
    });
    let side = |name: &str| {
        let size = element.attr(name)?.trim();
        size.trim_end_matches("px").parse::<f32>().ok()
    };
    let sides: Vec<f32> = ["width", "height"].into_iter().filter_map(side).collect();
    let is_large = sides.iter().any(|side| *side >= MIN_DRAWING);
    let is_small = !sides.is_empty() && sides.iter().all(|side| *side <= MAX_ICON);
    let is_shape = |node: NodeRef<'_, Node>| {
        ["path", "rect", "circle", "line", "polyline", "polygon", "ellipse", "image"]
            .iter()
            .any(|name| is_named(node, name))
    };
    let has_few_shapes =
        node.descendants().filter(|node| is_shape(*node)).take(MIN_SHAPES).count() < MIN_SHAPES;
    element.attr("aria-hidden") == Some("true")
        || element.attr("class").is_some_and(has_word)
        || in_control
        || is_small
        || texts == 0 && has_few_shapes && !is_large
}

/// Returns `true` if `switch` offers HTML, for which the drawn text is a fallback.
pub(super) fn is_fallback(node: NodeRef<'_, Node>) -> bool {
    let has_text = |node: NodeRef<'_, Node>| {
        node.descendants().any(|node| node.value().as_text().is_some_and(|text| !text.trim().is_empty()))
    };
    let is_html = |node: NodeRef<'_, Node>| {
        node.value()
            .as_element()
            .is_some_and(|element| elements::element_role(element) == ElementRole::IntegrationPoint)
    };
    node.parent().is_some_and(|parent| is_named(parent, "switch"))
        && node.prev_siblings().any(|before| is_html(before) && has_text(before))
}

fn is_named(node: NodeRef<'_, Node>, name: &str) -> bool {
    node.value().as_element().is_some_and(|element| element.name() == name)
}

#[cfg(test)]
mod tests {
    use crate::ingest::html::tests::check;

    #[test]
    fn texts_of_a_drawing_are_kept() {
        check("<p>江<svg><text>水</text></svg>退</p>", r#"[{"p":["江水退"]}]"#);
        check(
            "<p>江<svg><title>水位</title><desc>两站</desc><text>东站 <tspan>3.2</tspan></text><text>西站<tspan dy=5>2.8 米</tspan></text></svg>退</p>",
            r#"[{"p":["江"]},{"p":["水位",{"br":0},"两站",{"br":0},"东站 3.2",{"br":0},"西站 2.8 米"]},{"p":["退"]}]"#,
        );
        check("<svg><text><tspan x=1>东</tspan><tspan x=9>站</tspan></text></svg>", r#"[{"p":["东站"]}]"#);
        check("<svg>b<style>x</style><path d=M0/></svg>", "[]");
    }

    #[test]
    fn title_of_an_icon_is_hidden() {
        check("<p>江<svg width=24 height=24><title>分享</title><path/></svg>水</p>", r#"[{"p":["江水"]}]"#);
        check(
            "<p><a href=/b><svg><title>分享</title></svg>江</a></p>",
            r#"[{"p":[{"a":["https://a.example/b",["江"]]}]}]"#,
        );
        check("<svg viewBox='0 0 512 512'><title>分享</title><path/></svg>", "[]");
        check("<svg width=600 height=300><title>水位</title><path/></svg>", r#"[{"p":["水位"]}]"#);
    }

    #[test]
    fn html_in_a_drawing_precedes_its_fallback() {
        check(
            "<p>a</p><svg>b<foreignObject>c</foreignObject>d</svg>e",
            r#"[{"p":["a"]},{"p":["c"]},{"p":["e"]}]"#,
        );
        check(
            "<svg><switch><foreignObject><p>江</p></foreignObject><text>Unsupported</text></switch></svg>",
            r#"[{"p":["江"]}]"#,
        );
    }

    #[test]
    fn linked_image_in_a_drawing_is_shown() {
        check(
            "<svg><image href=/i.jpg width=600 height=300></image></svg>",
            r#"[{"fig":{"src":"https://a.example/i.jpg"}}]"#,
        );
        check("<svg><image xlink:href=/i.png width=16 height=16></image></svg>", "[]");
    }
}
