//! Table of contents of an article.

use crate::model::{Block, Document, Inline};
use crate::small_sort;

/// Entry for a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TocEntry {
    /// Text of the heading, on one line.
    pub title: String,
    /// Nesting depth, counted from 0.
    pub depth: u8,
    /// Index among all headings, in reading order.
    pub number: usize,
}

/// Minimum number of headings; fewer are faster to find by scrolling.
const MIN_HEADINGS: usize = 3;

/// Returns the table of contents; empty if the article has too few headings.
///
/// ```
/// use sheaf::{model::{Block, Document, Inline}, reading::table_of_contents};
/// let heading = |text: &str| Block::Heading(3, vec![Inline::text(text)]);
/// let body = Document::new(vec![heading("一"), heading("二"), heading("三")]);
/// assert_eq!(table_of_contents(&body).iter().map(|entry| entry.depth).max(), Some(0));
/// ```
pub fn table_of_contents(body: &Document) -> Vec<TocEntry> {
    let (mut sections, mut number) = (Vec::new(), 0);
    body.for_each_block(|block| {
        let Block::Heading(level, inlines) = block else { return };
        let title = Inline::join_text(inlines).trim().to_owned();
        if !title.is_empty() {
            sections.push(TocEntry { title, depth: *level, number });
        }
        number += 1;
    });
    if sections.len() < MIN_HEADINGS {
        return Vec::new();
    }
    // The highest heading level in use gets depth 0; unused levels do not indent.
    let mut levels: Vec<u8> = sections.iter().map(|section| section.depth).collect();
    small_sort::sort(&mut levels);
    levels.dedup();
    for section in &mut sections {
        let above = levels.iter().filter(|&&level| level < section.depth).count();
        section.depth = u8::try_from(above).unwrap_or_default();
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8, text: &str) -> Block {
        Block::Heading(level, vec![Inline::Strong(vec![Inline::text(text)])])
    }

    #[test]
    fn unused_heading_levels_do_not_indent() {
        let quoted = Block::Quote(vec![heading(2, "丙")]);
        let body = Document::new(vec![heading(2, "甲"), heading(4, "乙"), heading(4, " "), quoted]);
        let found: Vec<_> =
            table_of_contents(&body).into_iter().map(|one| (one.title, one.depth, one.number)).collect();
        assert_eq!(found, [("甲".into(), 0, 0), ("乙".into(), 1, 1), ("丙".into(), 0, 3)]);
    }

    #[test]
    fn article_with_two_headings_has_no_table_of_contents() {
        assert_eq!(table_of_contents(&Document::new(vec![heading(2, "甲"), heading(2, "乙")])), []);
    }
}
