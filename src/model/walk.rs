//! Walk over a document. Text, renderers, script conversion, highlights and line numbers share its order.

use super::{BLOCK_SEPARATOR, Block, Cell, Document, Inline};

/// Part of a document, as a [`Visitor`] sees it.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    /// Block with its content.
    Block(&'a Block),
    /// Item of a list.
    Item(&'a [Block]),
    /// Row of a table.
    Row(&'a [Cell]),
    /// Cell of a table.
    Cell(&'a Cell),
    /// Caption of a figure; never empty.
    Caption(&'a [Inline]),
    /// Text run or inline element.
    Inline(&'a Inline),
    /// Text of a [mark of a note](Inline::is_note_mark), in place of its text runs.
    NoteMark(&'a str),
}

/// Line of the searchable text, delimited by block separators.
#[derive(Clone, Copy, Debug)]
pub enum TextLine<'a> {
    /// Inline content of a paragraph, heading or caption.
    Inlines(&'a [Inline]),
    /// Preformatted text.
    Preformatted(&'a str),
}

/// Receiver of the nodes of a walk, in reading order. A closure receives the starts of the nodes only.
pub trait Visitor<'a> {
    /// Begins a node.
    fn enter(&mut self, node: Node<'a>);

    /// Ends a node, after its children.
    fn leave(&mut self, _: Node<'a>) {}
}

impl<'a, F: FnMut(Node<'a>)> Visitor<'a> for F {
    fn enter(&mut self, node: Node<'a>) {
        self(node);
    }
}

impl<'a> Node<'a> {
    /// Returns the line of text that begins with this node.
    pub fn line(self) -> Option<TextLine<'a>> {
        match self {
            Node::Block(Block::Lead(inlines) | Block::Paragraph(inlines) | Block::Heading(_, inlines)) => {
                Some(TextLine::Inlines(inlines))
            }
            Node::Caption(inlines) => Some(TextLine::Inlines(inlines)),
            Node::Block(Block::Preformatted(text)) => Some(TextLine::Preformatted(text)),
            _ => None,
        }
    }

    /// Returns the searchable text of the node itself, without its children. A line break counts as a space.
    pub fn text(self) -> Option<&'a str> {
        match self {
            Node::Block(Block::Preformatted(text)) | Node::Inline(Inline::Text(text)) => Some(text),
            Node::Inline(Inline::Break) => Some(" "),
            _ => None,
        }
    }
}

/// Visits `blocks` and everything inside, parents around their children.
pub fn walk_blocks<'a>(blocks: &'a [Block], visitor: &mut dyn Visitor<'a>) {
    for block in blocks {
        visitor.enter(Node::Block(block));
        match block {
            Block::Lead(inlines) | Block::Paragraph(inlines) | Block::Heading(_, inlines) => {
                walk_inlines(inlines, visitor);
            }
            Block::Quote(inner) => walk_blocks(inner, visitor),
            Block::List(list) => {
                for item in &list.items {
                    visitor.enter(Node::Item(item));
                    walk_blocks(item, visitor);
                    visitor.leave(Node::Item(item));
                }
            }
            Block::Table(rows) => rows.iter().for_each(|row| walk_row(row, visitor)),
            Block::Figure(figure) if !figure.caption.is_empty() => {
                visitor.enter(Node::Caption(&figure.caption));
                walk_inlines(&figure.caption, visitor);
                visitor.leave(Node::Caption(&figure.caption));
            }
            Block::Figure(_) | Block::Preformatted(_) | Block::Embed(_) | Block::Rule(()) => {}
        }
        visitor.leave(Node::Block(block));
    }
}

fn walk_row<'a>(row: &'a [Cell], visitor: &mut dyn Visitor<'a>) {
    visitor.enter(Node::Row(row));
    for cell in row {
        visitor.enter(Node::Cell(cell));
        walk_blocks(&cell.blocks, visitor);
        visitor.leave(Node::Cell(cell));
    }
    visitor.leave(Node::Row(row));
}

/// Visits `inlines` and everything inside, parents around their children.
pub fn walk_inlines<'a>(inlines: &'a [Inline], visitor: &mut dyn Visitor<'a>) {
    walk_inlines_in(inlines, false, visitor);
}

fn walk_inlines_in<'a>(inlines: &'a [Inline], is_in_mark: bool, visitor: &mut dyn Visitor<'a>) {
    for inline in inlines {
        let node = match inline {
            Inline::Text(text) if is_in_mark => Node::NoteMark(text),
            _ => Node::Inline(inline),
        };
        visitor.enter(node);
        walk_inlines_in(inline.children(), is_in_mark || inline.is_note_mark(), visitor);
        visitor.leave(node);
    }
}

impl Document {
    /// Calls `take` for every block, parents before children.
    pub fn for_each_block<'a>(&'a self, mut take: impl FnMut(&'a Block)) {
        walk_blocks(&self.blocks, &mut |node: Node<'a>| {
            if let Node::Block(block) = node {
                take(block);
            }
        });
    }

    /// Calls `take` for every line of text.
    pub fn for_each_line<'a>(&'a self, mut take: impl FnMut(TextLine<'a>)) {
        walk_blocks(&self.blocks, &mut |node: Node<'a>| {
            if let Some(line) = node.line() {
                take(line);
            }
        });
    }

    /// Appends the searchable text: inlines joined, each line after a [`BLOCK_SEPARATOR`].
    pub fn push_text(&self, text: &mut String) {
        walk_blocks(&self.blocks, &mut |node: Node| {
            if node.line().is_some() {
                text.push(BLOCK_SEPARATOR);
            }
            text.push_str(node.text().unwrap_or_default());
        });
    }
}

impl TextLine<'_> {
    /// Returns the searchable text of the line.
    pub fn to_text(self) -> String {
        match self {
            TextLine::Inlines(inlines) => Inline::join_text(inlines),
            TextLine::Preformatted(text) => text.to_owned(),
        }
    }
}

impl Inline {
    /// Calls `take` for each run of searchable text. A line break counts as a space.
    pub fn for_each_text<'a>(inlines: &'a [Inline], mut take: impl FnMut(&'a str)) {
        walk_inlines(inlines, &mut |node: Node<'a>| {
            if let Some(text) = node.text() {
                take(text);
            }
        });
    }

    /// Returns the searchable text of `inlines`.
    pub fn join_text(inlines: &[Inline]) -> String {
        let mut text = String::new();
        Inline::for_each_text(inlines, |piece| text.push_str(piece));
        text
    }
}

/// Mutable [`TextLine`].
pub enum TextLineMut<'a> {
    /// Inline content of a paragraph, heading or caption.
    Inlines(&'a mut Vec<Inline>),
    /// Preformatted text.
    Preformatted(&'a mut String),
}

impl Block {
    /// Returns the lists of blocks directly inside: the content of a quotation, of list items, of cells.
    pub fn children_mut(&mut self) -> Vec<&mut Vec<Block>> {
        match self {
            Block::Quote(inner) => vec![inner],
            Block::List(list) => list.items.iter_mut().collect(),
            Block::Table(rows) => rows.iter_mut().flatten().map(|cell| &mut cell.blocks).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns the line of text that is directly inside.
    pub fn line_mut(&mut self) -> Option<TextLineMut<'_>> {
        match self {
            Block::Lead(inlines) | Block::Paragraph(inlines) | Block::Heading(_, inlines) => {
                Some(TextLineMut::Inlines(inlines))
            }
            Block::Figure(figure) if !figure.caption.is_empty() => {
                Some(TextLineMut::Inlines(&mut figure.caption))
            }
            Block::Preformatted(text) => Some(TextLineMut::Preformatted(text)),
            _ => None,
        }
    }
}

/// Calls `change` for every block, in the order of [`walk_blocks`].
pub fn for_each_block_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        change(block);
        block.children_mut().into_iter().for_each(|inner| for_each_block_mut(inner, change));
    }
}

/// Calls `change` for every inline of the searchable text, parents before children, in the order of [`walk_inlines`].
pub fn for_each_inline_mut(inlines: &mut [Inline], change: &mut dyn FnMut(&mut Inline)) {
    for inline in inlines.iter_mut().filter(|inline| !inline.is_note_mark()) {
        change(inline);
        if let Some(inner) = inline.children_mut() {
            for_each_inline_mut(inner, change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Figure, Href, ImageUrl, List};

    fn line(text: &str) -> Block {
        Block::Paragraph(vec![Inline::text(text)])
    }

    /// Document with every kind of block and inline.
    fn sample() -> Document {
        let link = Href::try_from("https://a.example/".to_owned()).unwrap();
        let wrapped = [
            Inline::Strong,
            Inline::Emphasis,
            Inline::Underline,
            Inline::Strike,
            Inline::Code,
            Inline::Sub,
            Inline::Sup,
        ]
        .into_iter()
        .zip("甲乙丙丁戊己庚".chars())
        .map(|(wrap, c)| wrap(vec![Inline::text(c)]));
        let mut inlines: Vec<_> = wrapped.collect();
        inlines.extend([
            Inline::Link(link, vec![Inline::Strong(vec![Inline::text("辛")])]),
            Inline::Break,
            Inline::Anchor("n".into()),
            Inline::Sup(vec![Inline::Link(Href::Anchor("n".into()), vec![Inline::text("[1]")])]),
            Inline::Ruby(vec![Inline::text("壬")], "rén".into()),
        ]);
        let cell = |text: &str| Cell {
            header: false,
            columns: None,
            rows: None,
            blocks: vec![Block::Quote(vec![line(text)])],
        };
        let figure = |caption| {
            Block::Figure(Box::new(Figure {
                src: ImageUrl::parse("https://a.example/i.png").unwrap(),
                fallback: None,
                archived: None,
                alt: "图".into(),
                size: None,
                caption,
            }))
        };
        Document::new(vec![
            figure(Vec::new()),
            Block::Lead(inlines),
            Block::Heading(2, vec![Inline::text("标题")]),
            Block::List(List {
                items: vec![vec![line("一"), Block::Rule(())], vec![line("二")]],
                ..List::default()
            }),
            Block::Table(vec![vec![cell("三"), cell("四")], vec![cell("五")]]),
            figure(vec![Inline::text("六")]),
            Block::Preformatted("七\n八".into()),
        ])
    }

    #[test]
    fn walk_visits_every_node_in_reading_order() {
        let document = sample();
        let mut text = String::new();
        document.push_text(&mut text);
        assert_eq!(text, "\n甲乙丙丁戊己庚辛 壬\n标题\n一\n二\n三\n四\n五\n六\n七\n八");
        let mut lines = Vec::new();
        document.for_each_line(|line| lines.push(line.to_text()));
        assert_eq!(format!("\n{}", lines.join("\n")), text);
    }

    #[test]
    fn walk_leaves_each_node_that_it_enters() {
        struct Nesting(Vec<String>);
        impl<'a> Visitor<'a> for Nesting {
            fn enter(&mut self, node: Node<'a>) {
                self.0.push(format!("{node:?}"));
            }
            fn leave(&mut self, node: Node<'a>) {
                assert_eq!(self.0.pop(), Some(format!("{node:?}")));
            }
        }
        let mut nesting = Nesting(Vec::new());
        walk_blocks(&sample().blocks, &mut nesting);
        assert!(nesting.0.is_empty());
    }

    #[test]
    fn mutable_walk_has_the_order_of_the_walk() {
        let mut document = sample();
        let mut expected = String::new();
        document.push_text(&mut expected);
        let mut text = String::new();
        for_each_block_mut(&mut document.blocks, &mut |block| {
            let line = block.line_mut();
            if line.is_some() {
                text.push('\n');
            }
            match line {
                Some(TextLineMut::Inlines(inlines)) => {
                    for_each_inline_mut(inlines, &mut |inline| match inline {
                        Inline::Text(run) => text.push_str(run),
                        Inline::Break => text.push(' '),
                        _ => {}
                    })
                }
                Some(TextLineMut::Preformatted(run)) => text.push_str(run),
                None => {}
            }
        });
        assert_eq!(text, expected);
    }
}
