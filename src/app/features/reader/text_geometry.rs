//! Geometry of the article's lines: the first visible character, positions, selection.

use crate::app::services::dom;
use crate::app::services::dom::elements;
use crate::app::ui::article::ARTICLE_ID;
use crate::reading::LineSlice;
use crate::user_data::TextPosition;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, Node, Range};

/// Covered height in pixels at the top of the viewport: spacing in the pane and on a phone, a bar of 57 px and
/// spacing in the full window.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TopInset(pub u8);

/// `NodeFilter` mask of elements and text nodes.
const SHOW_ELEMENTS_AND_TEXT: u32 = 1 | 4;
/// Minimum visible height in pixels of a line at the top edge.
const MIN_VISIBLE_HEIGHT: f64 = 6.0;

/// Returns upper and lower edge of the visible part of the article.
pub fn visible_span(cover: TopInset) -> Option<(f64, f64)> {
    let cover = f64::from(cover.0);
    match pane() {
        Some(pane) => {
            let pane = pane.get_bounding_client_rect();
            Some((pane.top() + cover, pane.bottom()))
        }
        None => Some((cover, dom::window()?.inner_height().ok()?.as_f64()?)),
    }
}

/// Returns true if the last line of the article is visible.
pub fn is_at_end(cover: TopInset) -> Option<bool> {
    let last = dom::element_by_id(ARTICLE_ID)?.get_bounding_client_rect().bottom();
    Some(!dom::document()?.hidden() && last <= visible_span(cover)?.1 + 1.0)
}

/// Returns the first visible character and its distance from the upper edge; `None` at the beginning of the
/// article.
pub fn first_visible(cover: TopInset) -> Option<(TextPosition, f64)> {
    let (top, _) = visible_span(cover)?;
    let lines = elements("#read [data-line]");
    let seen = lines.iter().find(|line| line.get_bounding_client_rect().bottom() > top + MIN_VISIBLE_HEIGHT);
    let line = seen.or(lines.last())?;
    let number = line_number(line)?;
    let text = LineText::new(line);
    // Binary search: characters are ordered by the lines they stand on.
    let (mut low, mut high) = (0, text.length);
    while low < high {
        let middle = low + (high - low) / 2;
        if text.char_bottom(middle).is_none_or(|bottom| bottom > top + MIN_VISIBLE_HEIGHT) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let begins = number == 0 && low == 0;
    let below = text.char_span(low).map_or(0.0, |rect| rect.0 - top);
    (!begins).then_some((TextPosition { line: number, char_offset: low }, below))
}

/// Scrolls a character to the distance `below` from the upper edge.
pub fn scroll_to_position((spot, below): (TextPosition, f64), cover: TopInset) -> Option<()> {
    let line = line_element(spot.line)?;
    let text = LineText::new(&line);
    let at = spot.char_offset.min(text.length.saturating_sub(1));
    let top = text.char_span(at).map_or(line.get_bounding_client_rect().top(), |rect| rect.0);
    scroll_by((top - below - visible_span(cover)?.0).round())
}

/// Scrolls the container of the article.
pub fn scroll_by(pixels: f64) -> Option<()> {
    match pane() {
        // Scroll distances fit into `i32`.
        Some(pane) => pane.set_scroll_top(pane.scroll_top() + pixels as i32),
        None => dom::window()?.scroll_by_with_x_and_y(0.0, pixels),
    }
    Some(())
}

/// Returns the element of a line.
pub fn line_element(number: usize) -> Option<Element> {
    dom::element(&format!("#read [data-line=\"{number}\"]"))
}

pub fn line_number(line: &Element) -> Option<usize> {
    line.get_attribute("data-line")?.parse().ok()
}

/// Returns the ranges of slices of the text, in their order.
pub fn slice_ranges(slices: &[LineSlice]) -> Vec<Range> {
    let mut lines = Vec::new();
    for line in elements("#read [data-line]") {
        if let Some(number) = line_number(&line) {
            lines.resize(lines.len().max(number + 1), None);
            lines[number] = Some(line);
        }
    }
    let mut ranges = Vec::with_capacity(slices.len());
    for slices in slices.chunk_by(|one, next| one.line == next.line) {
        let line = slices.first().and_then(|slice| lines.get(slice.line)?.as_ref());
        if let Some(text) = line.map(LineText::new) {
            ranges.extend(slices.iter().flat_map(|slice| text.slice_ranges(slice)));
        }
    }
    ranges
}

/// Returns the rectangle of the first line of a slice.
pub fn slice_rect(slice: &LineSlice) -> Option<DomRect> {
    let ranges = LineText::new(&line_element(slice.line)?).slice_ranges(slice);
    ranges.first()?.get_client_rects()?.get(0)
}

/// Scrolls a slice to the middle of the visible part, and of its scroll container.
pub fn scroll_to_slice(slice: &LineSlice) -> Option<()> {
    let line = line_element(slice.line)?;
    let range = LineText::new(&line).slice_ranges(slice).into_iter().next();
    let parent = range.as_ref().and_then(|range| range.start_container().ok()?.parent_element());
    // A part of a very long line has no layout before it is near.
    dom::scroll_to_center(parent.as_ref().unwrap_or(&line));
    let rect = range?.get_client_rects()?.get(0)?;
    let (top, bottom) = visible_span(TopInset(0))?;
    scroll_by(((rect.top() + rect.bottom() - top - bottom) / 2.0).round())?;
    let container = line.closest("pre, .table").ok()??;
    let visible = container.get_bounding_client_rect();
    if rect.left() < visible.left() || rect.right() > visible.right() {
        let by = (rect.left() + rect.right() - visible.left() - visible.right()) / 2.0;
        // Scroll distances fit into `i32`.
        container.set_scroll_left(container.scroll_left() + by as i32);
    }
    Some(())
}

/// Returns the reading pane, if the article is in it.
pub fn pane() -> Option<Element> {
    dom::reading_pane(&dom::element_by_id(ARTICLE_ID)?)
}

/// Returns the selection in the article: first character and the one after the last.
pub fn selected_range() -> Option<(TextPosition, TextPosition)> {
    let selection = dom::window()?.get_selection().ok()??;
    let range = selection.get_range_at(0).ok().filter(|range| !range.collapsed())?;
    let lines = elements("#read [data-line]").into_iter();
    let mut parts = lines.filter(|line| range.intersects_node(line).unwrap_or_default()).filter_map(|line| {
        let (number, text) = (line_number(&line)?, LineText::new(&line));
        // A boundary outside the line selects all of it.
        let start =
            text.chars_before(&range.start_container().ok()?, range.start_offset().ok()?).unwrap_or(0);
        let end =
            text.chars_before(&range.end_container().ok()?, range.end_offset().ok()?).unwrap_or(text.length);
        (start < end).then_some((
            TextPosition { line: number, char_offset: start },
            TextPosition { line: number, char_offset: end },
        ))
    });
    let (start, mut end) = parts.next()?;
    for (_, later) in parts {
        end = later;
    }
    Some((start, end))
}

/// Text of a line.
pub struct LineText {
    line: Element,
    /// Nodes with the index of their first character.
    nodes: Vec<(usize, Node, String)>,
    length: usize,
    range: Option<Range>,
    /// Numbers of the nodes after something that is not part of the text.
    gaps: Vec<usize>,
}

impl LineText {
    pub fn new(line: &Element) -> LineText {
        let document = dom::document();
        let mut text = LineText {
            line: line.clone(),
            nodes: Vec::new(),
            length: 0,
            range: document.as_ref().and_then(|it| it.create_range().ok()),
            gaps: Vec::new(),
        };
        let walker = document.and_then(|document| {
            document.create_tree_walker_with_what_to_show(line, SHOW_ELEMENTS_AND_TEXT).ok()
        });
        while let Some(node) = walker.as_ref().and_then(|walker| walker.next_node().ok().flatten()) {
            if let (Some(walker), Some(outside)) =
                (&walker, node.dyn_ref::<Element>().filter(|it| is_outside_text(it)))
            {
                walker.set_current_node(&last_descendant(outside));
                text.gaps.push(text.nodes.len());
                continue;
            }
            let is_break = node.node_name() == "BR";
            let is_text = is_text(&node);
            // A line break counts as a space, as in the model.
            let value = if is_break { " ".to_owned() } else { node.node_value().unwrap_or_default() };
            if is_break || is_text {
                let start = text.length;
                text.length += value.chars().count();
                text.nodes.push((start, node, value));
            }
        }
        text
    }

    /// Returns the DOM range of some characters.
    pub fn range(&self, chars: std::ops::Range<usize>) -> Option<Range> {
        let range = self.range.as_ref()?.clone_range();
        let (start, node, value) = self.node_at(chars.start)?;
        match is_text(node) {
            true => range.set_start(node, utf16_len(value, chars.start - start)).ok()?,
            false => range.set_start_before(node).ok()?,
        }
        // Ends after the last character, since the next one may be in another element.
        let (start, node, value) = self.node_at(chars.end.checked_sub(1)?)?;
        match is_text(node) {
            true => range.set_end(node, utf16_len(value, chars.end - start)).ok()?,
            false => range.set_end_after(node).ok()?,
        }
        Some(range)
    }

    /// Returns the DOM ranges of a slice: several if something in it is not part of the text, none if the page has
    /// another text.
    pub fn slice_ranges(&self, slice: &LineSlice) -> Vec<Range> {
        let mut ranges: Vec<Range> = Vec::with_capacity(1);
        let (mut node_start, end) = (0, slice.start + slice.text.len());
        let mut last_gap = 0;
        for (number, (_, node, value)) in self.nodes.iter().enumerate() {
            let inside = slice.start.max(node_start)..end.min(node_start + value.len());
            let (at, expected) = (
                node_start,
                inside.start.saturating_sub(slice.start)..inside.end.saturating_sub(slice.start),
            );
            node_start += value.len();
            if inside.is_empty() {
                continue;
            }
            let shown = value.get(inside.start - at..inside.end - at);
            if shown.is_none() || shown != slice.text.get(expected) {
                return Vec::new();
            }
            if !is_text(node) {
                continue;
            }
            let units = |to: usize| value.get(..to - at).map_or(0, |text| text.encode_utf16().count() as u32);
            let gap = self.gaps.partition_point(|&gap| gap <= number);
            if ranges.is_empty() || gap != last_gap {
                let range = self.range.as_ref().map(Range::clone_range);
                ranges.extend(range.filter(|range| range.set_start(node, units(inside.start)).is_ok()));
            }
            last_gap = gap;
            if let Some(range) = ranges.last()
                && range.set_end(node, units(inside.end)).is_err()
            {
                return Vec::new();
            }
        }
        ranges
    }

    /// Returns the number of characters before a DOM position; `None` outside this line.
    fn chars_before(&self, container: &Node, offset: u32) -> Option<usize> {
        if !self.line.contains(Some(container)) {
            return None;
        }
        let place = self.range.as_ref()?;
        place.set_start(container, offset).ok()?;
        place.collapse_with_to_start(true);
        let mut count = 0;
        for (start, node, value) in &self.nodes {
            if node == container {
                let passed = value.encode_utf16().take(offset as usize);
                return Some(start + char::decode_utf16(passed).count());
            }
            if place.compare_point(node, 0).ok()? < 0 {
                count = start + value.chars().count();
            }
        }
        Some(count)
    }

    /// Returns the node of a character.
    fn node_at(&self, at: usize) -> Option<&(usize, Node, String)> {
        self.nodes.get(self.nodes.partition_point(|(start, ..)| *start <= at).checked_sub(1)?)
    }

    /// Returns top and bottom of a character.
    fn char_span(&self, at: usize) -> Option<(f64, f64)> {
        let boxes = self.range(at..at + 1)?.get_client_rects()?;
        // In WebKit the first character of a line also has an empty box at the end of the previous line.
        let rect = boxes.get(boxes.length().checked_sub(1)?)?;
        // Trailing white space of a line has no box.
        (rect.height() > 0.0).then(|| (rect.top(), rect.bottom()))
    }

    /// Returns the bottom of a character, or of the next one with a box.
    fn char_bottom(&self, at: usize) -> Option<f64> {
        (at..self.length.min(at + 4)).find_map(|at| self.char_span(at)).map(|(_, bottom)| bottom)
    }
}

/// Returns true for readings and marks of notes, which are not part of the article's text.
fn is_outside_text(element: &Element) -> bool {
    element.class_list().contains("note-mark") || matches!(element.tag_name().as_str(), "RT" | "RP")
}

fn last_descendant(node: &Node) -> Node {
    let mut node = node.clone();
    while let Some(child) = node.last_child() {
        node = child;
    }
    node
}

fn is_text(node: &Node) -> bool {
    node.node_type() == Node::TEXT_NODE
}

/// Returns the length in UTF-16 units, which the DOM counts in.
fn utf16_len(text: &str, chars: usize) -> u32 {
    text.chars().take(chars).map(char::len_utf16).sum::<usize>() as u32
}
