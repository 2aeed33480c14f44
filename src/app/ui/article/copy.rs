//! Copies a selection of an article as HTML without colours, fonts and controls.

use super::ARTICLE_ID;
use crate::app::services::dom;
use crate::text::one_line;
use wasm_bindgen::JsCast;
use web_sys::{
    ClipboardEvent, Element, Event, HtmlAnchorElement, HtmlImageElement, Node, Range, XmlSerializer,
};

/// Elements without which their content loses its meaning.
const CONTAINERS: [&str; 8] = ["TABLE", "THEAD", "TBODY", "TR", "UL", "OL", "PRE", "BLOCKQUOTE"];
/// Elements that are lines of plain text.
const LINES: [&str; 14] =
    ["P", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "UL", "OL", "PRE", "BLOCKQUOTE", "TABLE", "FIGCAPTION"];
const CONTROLS: &str = "button, svg, .wb, .vh, .gone, .held";
const WRAPPERS: &str = "div, span, mark, font, :is(li, td, th) > p:only-child";
const ATTRIBUTES: [&str; 8] = ["href", "src", "alt", "lang", "dir", "colspan", "rowspan", "start"];

/// Puts the selection on the clipboard as HTML and as plain text.
pub fn copy_selection(event: &Event) {
    if !dom::is_typing(event.target()) && set_clipboard(event).is_some() {
        event.prevent_default();
    }
}

fn set_clipboard(event: &Event) -> Option<()> {
    let clipboard = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    let selection = dom::window()?.get_selection().ok()?.filter(|selection| !selection.is_collapsed())?;
    let copy = dom::document()?.create_element("div").ok()?;
    for number in 0..selection.range_count() {
        copy.append_child(&clone_range(&selection.get_range_at(number).ok()?)?).ok()?;
    }
    clean(&copy)?;
    let html = XmlSerializer::new().ok()?.serialize_to_string(&copy).ok()?;
    clipboard.set_data("text/html", &html).ok()?;
    // The browser's own text has a line for each cell.
    let text = if dom::descendants(&copy, "table").is_empty() {
        String::from(selection.to_string())
    } else {
        let mut text = String::new();
        push_text(&copy, &mut text);
        text.trim().to_owned()
    };
    clipboard.set_data("text/plain", &text).ok()
}

/// Appends the text of the blocks in `element`, with tabs between the cells of a table.
fn push_text(element: &Element, text: &mut String) {
    let nodes = element.child_nodes();
    for node in (0..nodes.length()).filter_map(|at| nodes.get(at)) {
        let Some(child) = node.dyn_ref::<Element>() else {
            text.push_str(&node.text_content().unwrap_or_default());
            continue;
        };
        match child.tag_name().as_str() {
            "TR" => {
                let cells = dom::descendants(child, "td, th");
                let cells = cells.iter().map(|cell| one_line(&cell.text_content().unwrap_or_default()));
                text.push_str(&cells.collect::<Vec<_>>().join("\t"));
                text.push('\n');
            }
            "BR" => text.push('\n'),
            name if LINES.contains(&name) => {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                push_text(child, text);
                text.push('\n');
            }
            _ => push_text(child, text),
        }
    }
}

/// Clones the content of a range with the containers around it.
fn clone_range(range: &Range) -> Option<Node> {
    let mut content: Node = range.clone_contents().ok()?.into();
    let mut around = Some(range.common_ancestor_container().ok()?);
    while let Some(node) = around {
        if let Some(element) = node.dyn_ref::<Element>() {
            if element.id() == ARTICLE_ID {
                break;
            }
            if CONTAINERS.contains(&element.tag_name().as_str()) {
                let container = element.clone_node().ok()?;
                container.append_child(&content).ok()?;
                content = container;
            }
        }
        around = node.parent_node();
    }
    Some(content)
}

/// Removes controls, wrappers and attributes, and makes addresses absolute.
fn clean(copy: &Element) -> Option<()> {
    for control in dom::descendants(copy, CONTROLS) {
        control.remove();
    }
    for element in dom::descendants(copy, "*") {
        let address = match (element.dyn_ref::<HtmlAnchorElement>(), element.dyn_ref::<HtmlImageElement>()) {
            (Some(link), _) => Some(("href", link.href())),
            (_, Some(image)) => Some(("src", image.src())),
            _ => None,
        };
        for name in element.get_attribute_names().iter().filter_map(|name| name.as_string()) {
            if !ATTRIBUTES.contains(&name.as_str()) {
                element.remove_attribute(&name).ok()?;
            }
        }
        if let Some((name, address)) = address {
            element.set_attribute(name, &address).ok()?;
        }
    }
    for wrapper in dom::descendants(copy, WRAPPERS) {
        let parent = wrapper.parent_node()?;
        while let Some(child) = wrapper.first_child() {
            parent.insert_before(&child, Some(&wrapper)).ok()?;
        }
        wrapper.remove();
    }
    Some(())
}
