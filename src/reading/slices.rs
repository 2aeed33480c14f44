//! Slices of very long documents, which a renderer draws one after another.
//!
//! Nodes are counted in the order of [`walk_blocks`], from 0. A slice is a range of neighbouring nodes of one parent with
//! everything inside. Slices never overlap; parents of slices belong to none.

use super::markup::{MarkupPlace, MarkupWalk};
use crate::model::{Block, Inline, Node, Visitor, walk_blocks};
use crate::small_sort;
use std::ops::Range;

/// Weight from which a document, and a line of text, is divided.
const LONG_WEIGHT: usize = 3_000;
/// Weight of a slice that is not a single node.
const SLICE_WEIGHT: usize = 300;
/// Weight of a picture, which is a component of its own.
const PICTURE_WEIGHT: usize = 10;
/// Bytes of text that weigh as much as a node.
const BYTES_PER_WEIGHT: usize = 100;

/// Neighbouring nodes of one parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Numbers of the nodes and of everything inside them.
    pub nodes: Range<usize>,
    /// True for a part of a line of text, which is drawn as a block of its own.
    pub is_run: bool,
}

/// Returns the slices of a very long document, in reading order; none for other documents.
pub fn slices(blocks: &[Block]) -> Vec<Slice> {
    let mut weight = 0;
    walk_blocks(blocks, &mut |node: Node| weight += node_weight(node));
    if weight <= LONG_WEIGHT {
        return Vec::new();
    }
    let mut slicer = Slicer::default();
    walk_blocks(blocks, &mut slicer);
    slicer.slices.extend(slicer.document.end_slice(slicer.count));
    small_sort::sort_by_key(&mut slicer.slices, |slice| slice.nodes.start);
    slicer.slices
}

fn node_weight(node: Node) -> usize {
    match node {
        Node::Block(Block::Figure(_)) => PICTURE_WEIGHT,
        _ => 1 + node.text().map_or(0, str::len) / BYTES_PER_WEIGHT,
    }
}

/// Grouping of the children of a node.
#[derive(Default)]
struct Parent {
    /// Number of the node.
    number: usize,
    /// Number of slices before the node.
    slices_before: usize,
    /// Weight of the node and its children so far.
    weight: usize,
    /// Start of the current slice, its weight, and whether it consists of inlines.
    start: usize,
    slice_weight: usize,
    is_run: bool,
}

#[derive(Default)]
struct Slicer {
    slices: Vec<Slice>,
    /// Number of the next node.
    count: usize,
    /// The document as the parent of its blocks.
    document: Parent,
    /// Nodes that have not ended.
    open: Vec<Parent>,
}

/// Returns true for an inline after which a new line of text may begin.
fn ends_sentence(node: Node) -> bool {
    let text = match node {
        Node::Inline(Inline::Break) => return true,
        Node::Inline(Inline::Text(text)) => text,
        _ => "",
    };
    text.trim_end().ends_with(['。', '！', '？', '；', '.', '!', '?'])
}

impl Parent {
    /// Ends the current slice before node `end`.
    fn end_slice(&mut self, end: usize) -> Option<Slice> {
        let is_empty = std::mem::take(&mut self.slice_weight) == 0;
        (!is_empty).then_some(Slice { nodes: self.start..end, is_run: self.is_run })
    }
}

impl Slicer {
    /// Adds a node with everything inside to its parent.
    fn add(&mut self, node: Node, child: &Parent) {
        let mut parent = self.open.pop();
        let group = parent.as_mut().unwrap_or(&mut self.document);
        let is_inline = matches!(node, Node::Inline(_));
        let is_heavy = child.weight > SLICE_WEIGHT;
        // A heavy node without slices is one.
        let is_slice = is_heavy && self.slices.len() == child.slices_before;
        group.weight += child.weight;
        if is_heavy || group.slice_weight + child.weight > SLICE_WEIGHT {
            self.slices.extend(group.end_slice(child.number));
        }
        if is_slice {
            self.slices.push(Slice { nodes: child.number..self.count, is_run: false });
        } else if !is_heavy {
            if group.slice_weight == 0 {
                (group.start, group.is_run) = (child.number, is_inline);
            }
            group.slice_weight += child.weight;
            if group.slice_weight > SLICE_WEIGHT / 2 && ends_sentence(node) {
                self.slices.extend(group.end_slice(self.count));
            }
        }
        self.open.extend(parent);
    }
}

impl<'a> Visitor<'a> for Slicer {
    fn enter(&mut self, node: Node<'a>) {
        let (number, weight) = (self.count, node_weight(node));
        self.count += 1;
        self.open.push(Parent { number, weight, slices_before: self.slices.len(), ..Parent::default() });
    }

    fn leave(&mut self, node: Node<'a>) {
        let Some(mut child) = self.open.pop() else { return };
        let is_whole = match node {
            // Readings stand above their whole text.
            Node::Inline(inline) => matches!(inline, Inline::Ruby(..)),
            _ => node.line().is_some() && child.weight <= LONG_WEIGHT,
        };
        if is_whole {
            self.slices.truncate(child.slices_before);
        } else if child.weight > SLICE_WEIGHT {
            self.slices.extend(child.end_slice(self.count));
        }
        self.add(node, &child);
    }
}

/// Start of a slice for a renderer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SliceStart {
    /// Index of the slice.
    pub number: usize,
    /// The slice.
    pub slice: Slice,
    /// State of the markup.
    pub place: MarkupPlace,
}

/// Markup of a document in slices. The sink decides which ones are written now.
pub struct SlicedWalk<'s, 'a> {
    walk: MarkupWalk<'s, 'a>,
    slices: &'s [Slice],
    /// Index of the first slice that has not ended.
    next: usize,
    /// Number of the next node.
    count: usize,
    /// Number of open nodes of the current slice.
    depth: usize,
    state: SliceState,
}

/// Treatment of the current node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SliceState {
    Outside,
    Written,
    Deferred,
}

impl<'s, 'a> SlicedWalk<'s, 'a> {
    /// Creates a writer of the document that `slices` divide.
    pub fn new(walk: MarkupWalk<'s, 'a>, slices: &'s [Slice]) -> SlicedWalk<'s, 'a> {
        SlicedWalk { walk, slices, next: 0, count: 0, depth: 0, state: SliceState::Outside }
    }

    /// Writes the next blocks.
    pub fn blocks(&mut self, blocks: &'a [Block]) {
        walk_blocks(blocks, self);
    }
}

impl<'a> Visitor<'a> for SlicedWalk<'_, 'a> {
    fn enter(&mut self, node: Node<'a>) {
        let slice = self.slices.get(self.next).filter(|slice| slice.nodes.start == self.count);
        if let Some(slice) = slice {
            let start = SliceStart { number: self.next, slice: slice.clone(), place: self.walk.place() };
            self.state = match self.walk.defer(start) {
                true => SliceState::Deferred,
                false => SliceState::Written,
            };
            if self.state == SliceState::Written {
                self.walk.open_slice(slice);
            }
        }
        self.count += 1;
        self.depth += usize::from(self.state != SliceState::Outside);
        match self.state {
            SliceState::Deferred => self.walk.skip(node),
            _ => self.walk.enter(node),
        }
    }

    fn leave(&mut self, node: Node<'a>) {
        match self.state {
            SliceState::Deferred => self.walk.skip_end(node),
            _ => self.walk.leave(node),
        }
        let Some(depth) = self.depth.checked_sub(1) else { return };
        self.depth = depth;
        let slice = self.slices.get(self.next).filter(|slice| depth == 0 && slice.nodes.end == self.count);
        if let Some(slice) = slice {
            if self.state == SliceState::Written {
                self.walk.close_slice(slice);
            }
            self.state = SliceState::Outside;
            self.next += 1;
        }
    }
}

/// Writes one slice of a document.
pub fn write_slice<'a>(walk: MarkupWalk<'_, 'a>, blocks: &'a [Block], slice: &Slice) {
    let mut one = OneSlice { walk, nodes: slice.nodes.clone(), count: 0, depth: 0 };
    one.walk.open_slice(slice);
    walk_blocks(blocks, &mut one);
    one.walk.close_slice(slice);
}

struct OneSlice<'s, 'a> {
    walk: MarkupWalk<'s, 'a>,
    nodes: Range<usize>,
    count: usize,
    depth: usize,
}

impl<'a> Visitor<'a> for OneSlice<'_, 'a> {
    fn enter(&mut self, node: Node<'a>) {
        if self.nodes.contains(&self.count) {
            self.depth += 1;
            self.walk.enter(node);
        }
        self.count += 1;
    }

    fn leave(&mut self, node: Node<'a>) {
        if let Some(depth) = self.depth.checked_sub(1) {
            self.depth = depth;
            self.walk.leave(node);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Figure, Lang, List};
    use crate::reading::{CursorPlace, Element, HighlightCursor, MarkupSink, MarkupTexts};
    use proptest::prelude::*;

    /// Markup with the place of each text; deferred slices are numbers in braces.
    struct Recorder {
        out: String,
        marks: HighlightCursor<'static>,
        can_defer: bool,
        deferred: Vec<(SliceStart, CursorPlace)>,
    }

    impl Recorder {
        fn new(can_defer: bool, place: CursorPlace) -> Recorder {
            let marks = HighlightCursor::resume(&[], &[], place);
            Recorder { out: String::new(), marks, can_defer, deferred: Vec::new() }
        }

        fn record(&mut self, text: &str) {
            let CursorPlace { at, line } = self.marks.place();
            self.out.push_str(&format!("{line}:{at} {text} "));
            self.marks.skip(text);
        }
    }

    impl<'a> MarkupSink<'a> for Recorder {
        fn open(&mut self, element: Element<'a>) {
            if element.is_line {
                self.marks.next_line();
            }
            let Element { name, class, id, lang, .. } = element;
            self.out.push_str(&format!("<{name} {class:?} {id:?} {lang:?}>"));
        }

        fn close(&mut self, name: &'static str) {
            self.out.push_str(&format!("</{name}>"));
        }

        fn text(&mut self, text: &'a str) {
            self.record(text);
        }

        fn line_break(&mut self) {
            self.record(" ");
        }

        fn label(&mut self, text: String) {
            self.out.push_str(&text);
        }

        fn picture(&mut self, _: &'a Figure, _: Lang) {}

        fn defer(&mut self, start: SliceStart) -> bool {
            if self.can_defer {
                self.out.push_str(&format!("{{{}}}", start.number));
                self.deferred.push((start, self.marks.place()));
            }
            self.can_defer
        }

        fn skip(&mut self, node: Node<'a>) {
            if node.line().is_some() {
                self.marks.next_line();
            }
            self.marks.skip(node.text().unwrap_or_default());
        }
    }

    fn texts() -> MarkupTexts {
        MarkupTexts::new(Lang::En)
    }

    /// Markup of all blocks, with or without slices.
    fn written(blocks: &[Block], slices: &[Slice], can_defer: bool) -> Recorder {
        let mut sink = Recorder::new(can_defer, CursorPlace::default());
        let walk = MarkupWalk::new(&mut sink, Lang::ZhHans, texts());
        SlicedWalk::new(walk, slices).blocks(blocks);
        sink
    }

    fn words(count: usize) -> Vec<Inline> {
        let word = |n: usize| match n % 4 {
            0 => Inline::Strong(vec![Inline::Text("江水".to_owned())]),
            1 => Inline::Text("退了，".to_owned()),
            2 => Inline::Ruby(vec![Inline::Text("渡".to_owned())], "dù".to_owned()),
            _ => Inline::Text("the boats stay.".to_owned()),
        };
        (0..count).map(word).collect()
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![Inline::Text(text.to_owned())])
    }

    fn list(items: Vec<Vec<Block>>) -> Block {
        Block::List(List { items, ..List::default() })
    }

    fn weight(blocks: &[Block], nodes: &Range<usize>) -> usize {
        let (mut count, mut weight) = (0, 0);
        walk_blocks(blocks, &mut |node: Node| {
            weight += if nodes.contains(&count) { node_weight(node) } else { 0 };
            count += 1;
        });
        weight
    }

    #[test]
    fn ordinary_documents_have_no_slices() {
        let blocks =
            [paragraph("江水退了。"), Block::Paragraph(words(600)), list(vec![vec![paragraph("渡口")]; 300])];
        assert_eq!(slices(&blocks), []);
    }

    #[test]
    fn long_line_is_divided_after_sentences() {
        let blocks = [paragraph("前"), Block::Paragraph(words(8_000)), paragraph("后")];
        let slices = slices(&blocks);
        assert!(slices.iter().filter(|slice| slice.is_run).count() > 20);
        let whole = written(&blocks, &slices, false).out;
        assert_eq!(whole.matches("stay. </span>").count(), whole.matches("<span Some(\"run\")").count());
    }

    #[test]
    fn items_and_quoted_blocks_are_divided_inside_their_list() {
        let quote =
            Block::Quote(vec![list(vec![vec![paragraph("渡口"), Block::Heading(2, words(2))]; 2_000])]);
        let blocks = [paragraph("前"), quote];
        let slices = slices(&blocks);
        assert!(slices.len() > 20 && slices.iter().all(|slice| !slice.is_run));
        assert!(slices.iter().all(|slice| weight(&blocks, &slice.nodes) <= SLICE_WEIGHT));
    }

    #[test]
    fn long_line_of_ordinary_length_is_one_slice() {
        let blocks = vec![Block::Paragraph(words(1_000)); 4];
        let lines: Vec<usize> = slices(&blocks).iter().map(|slice| slice.nodes.len()).collect();
        assert_eq!(lines, [1_501; 4]);
    }

    fn any_block() -> impl Strategy<Value = Block> {
        let leaf = prop_oneof![
            (0..20_usize).prop_map(|count| Block::Paragraph(words(count))),
            (1..5_usize).prop_map(|count| Block::Heading(2, words(count))),
            (0..4_usize).prop_map(|count| Block::Preformatted("x".repeat(count * 9_000))),
        ];
        leaf.prop_recursive(2, 8, 3, |inner| {
            let blocks = proptest::collection::vec(inner, 1..3);
            prop_oneof![
                (blocks.clone(), 1..4_usize).prop_map(|(item, count)| list(vec![item; count])),
                blocks.prop_map(Block::Quote),
            ]
        })
    }

    /// Repeated blocks in a list or on their own, after a long line.
    fn any_document() -> impl Strategy<Value = Vec<Block>> {
        let parts = (proptest::collection::vec(any_block(), 1..3), 1..150_usize, any::<bool>());
        (0..4_000_usize, parts).prop_map(|(line, (blocks, count, is_list))| {
            let rest = if is_list { vec![list(vec![blocks; count])] } else { vec![blocks; count].concat() };
            [vec![Block::Paragraph(words(line))], rest].concat()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn deferred_slices_complete_the_document(blocks in any_document()) {
            let slices = slices(&blocks);
            prop_assert!(slices.windows(2).all(|pair| pair[0].nodes.end <= pair[1].nodes.start));
            let whole = written(&blocks, &slices, false);
            let skeleton = written(&blocks, &slices, true);
            prop_assert_eq!(skeleton.marks.place(), whole.marks.place());
            prop_assert_eq!(skeleton.deferred.len(), slices.len());
            let mut joined = String::new();
            let mut rest = skeleton.out.as_str();
            for (start, place) in skeleton.deferred {
                let mut sink = Recorder::new(false, place);
                write_slice(MarkupWalk::resume(&mut sink, start.place, texts()), &blocks, &start.slice);
                let (before, after) = rest.split_once(&format!("{{{}}}", start.number)).unwrap();
                joined.extend([before, sink.out.as_str()]);
                rest = after;
            }
            joined.push_str(rest);
            prop_assert!(joined == whole.out);
        }
    }
}
