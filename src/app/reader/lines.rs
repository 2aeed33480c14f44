//! The lines of the article on the page: which one is at the upper edge, and where one is.

use crate::app::dom;
use crate::keep::Spot;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Range};

/// What covers the upper edge of the page: nothing in the pane, a bar of 57 px above an article alone, a little
/// room for the eye on a phone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Cover(pub u8);

/// Elements and texts: what a walk through a line stops at.
const ELEMENTS_AND_TEXTS: u32 = 1 | 4;
/// A line of text that shows less than this below the edge counts as gone.
const SLIVER: f64 = 6.0;

/// The part of the window in which the article is seen: its upper and lower edge.
pub fn view(cover: Cover) -> Option<(f64, f64)> {
    let cover = f64::from(cover.0);
    match pane() {
        Some(pane) => {
            let pane = pane.get_bounding_client_rect();
            Some((pane.top() + cover, pane.bottom()))
        }
        None => Some((cover, dom::window()?.inner_height().ok()?.as_f64()?)),
    }
}

/// Whether the last line of the article is on screen.
pub fn is_at_end(cover: Cover) -> Option<bool> {
    let document = dom::document()?;
    let last = document.get_element_by_id("read")?.get_bounding_client_rect().bottom();
    Some(!document.hidden() && last <= view(cover)?.1 + 1.0)
}

/// The first character that is seen; nothing when the beginning of the article is.
pub fn first_seen(cover: Cover) -> Option<Spot> {
    let (top, _) = view(cover)?;
    let lines = dom::document()?.query_selector_all("#read [data-line]").ok()?;
    let mut found: Option<(usize, Element)> = None;
    for at in 0..lines.length() {
        let line = lines.get(at)?.dyn_into::<Element>().ok()?;
        let bottom = line.get_bounding_client_rect().bottom();
        if bottom > top + SLIVER {
            found = Some((number(&line)?, line));
            break;
        }
        if at == lines.length() - 1 {
            found = Some((number(&line)?, line));
        }
    }
    let (number, line) = found?;
    let text = Text::of(&line);
    // The first character whose foot is below the edge; characters come in the order of the lines they are on.
    let (mut low, mut high) = (0, text.length);
    while low < high {
        let middle = low + (high - low) / 2;
        if text.bottom(middle).is_none_or(|bottom| bottom > top + SLIVER) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let begins = number == 0 && low == 0;
    (!begins).then_some(Spot { line: number, at: low })
}

/// Scrolls so that a character stands at the upper edge.
pub fn show(spot: Spot, cover: Cover) -> Option<()> {
    let line = dom::document()?.query_selector(&format!("#read [data-line=\"{}\"]", spot.line)).ok()??;
    let text = Text::of(&line);
    let at = spot.at.min(text.length.saturating_sub(1));
    let top = text.rect(at).map_or(line.get_bounding_client_rect().top(), |rect| rect.0);
    let by = (top - view(cover)?.0).round();
    match pane() {
        // Pixels of a page fit.
        Some(pane) => pane.set_scroll_top(pane.scroll_top() + by as i32),
        None => dom::window()?.scroll_by_with_x_and_y(0.0, by),
    }
    Some(())
}

fn number(line: &Element) -> Option<usize> {
    line.get_attribute("data-line")?.parse().ok()
}

/// The reading pane, when the article is in it.
fn pane() -> Option<Element> {
    dom::document()?.get_element_by_id("read")?.closest("#pane").ok().flatten()
}

/// The text of a line: its nodes, each with the number of its first character.
struct Text {
    nodes: Vec<(usize, Node, String)>,
    length: usize,
    range: Option<Range>,
}

impl Text {
    fn of(line: &Element) -> Text {
        let document = dom::document();
        let mut text = Text {
            nodes: Vec::new(),
            length: 0,
            range: document.as_ref().and_then(|it| it.create_range().ok()),
        };
        let walker = document.and_then(|document| {
            document.create_tree_walker_with_what_to_show(line, ELEMENTS_AND_TEXTS).ok()
        });
        while let Some(node) = walker.as_ref().and_then(|walker| walker.next_node().ok().flatten()) {
            let is_break = node.node_name() == "BR";
            let is_text = node.node_type() == Node::TEXT_NODE;
            // A break is a space in the text, as in the model's.
            let value = if is_break { " ".to_owned() } else { node.node_value().unwrap_or_default() };
            if is_break || is_text {
                let start = text.length;
                text.length += value.chars().count();
                text.nodes.push((start, node, value));
            }
        }
        text
    }

    /// Top and bottom of a character.
    fn rect(&self, at: usize) -> Option<(f64, f64)> {
        let nth = self.nodes.partition_point(|(start, ..)| *start <= at).checked_sub(1)?;
        let (start, node, value) = self.nodes.get(nth)?;
        let units = |chars: usize| value.chars().take(chars).map(char::len_utf16).sum::<usize>() as u32;
        let range = self.range.as_ref()?;
        if node.node_type() == Node::TEXT_NODE {
            range.set_start(node, units(at - start)).ok()?;
            range.set_end(node, units(at - start + 1)).ok()?;
        } else {
            range.select_node(node).ok()?;
        }
        let rect = range.get_bounding_client_rect();
        // White space that a line ends with has no box.
        (rect.height() > 0.0).then(|| (rect.top(), rect.bottom()))
    }

    /// The foot of a character, or of the next one that has a box.
    fn bottom(&self, at: usize) -> Option<f64> {
        (at..self.length.min(at + 4)).find_map(|at| self.rect(at)).map(|(_, bottom)| bottom)
    }
}
