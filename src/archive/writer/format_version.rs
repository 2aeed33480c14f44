//! Format version of an archive that is being written.

use crate::archive::index::IndexManifest;
use crate::model::{Block, Document, Inline, Node, walk_blocks};

/// Version of archives without later features.
pub(super) const BASE_VERSION: u32 = 4;
/// Version with ruby, and with markers of lists and lists that count down.
const MARKUP_VERSION: u32 = 5;

/// Version with classes of high frequencies in the index.
const FREQUENCY_VERSION: u32 = 5;

/// Returns the lowest format version whose readers can decode the index.
pub(super) fn index_version(index: &IndexManifest) -> u32 {
    if index.has_high_frequencies { FREQUENCY_VERSION } else { BASE_VERSION }
}

/// Returns the lowest format version whose readers can decode `document`. Apps of that version and later open the
/// archive, so newer features alone raise it.
pub(super) fn document_version(document: &Document) -> u32 {
    let mut version = BASE_VERSION;
    walk_blocks(&document.blocks, &mut |node: Node| version = version.max(node_version(node)));
    version
}

/// Returns the version that a node needs, without its children.
fn node_version(node: Node) -> u32 {
    match node {
        Node::Block(block) => block_version(block),
        Node::Inline(inline) => inline_version(inline),
        Node::Item(_) | Node::Row(_) | Node::Cell(_) | Node::Caption(_) | Node::NoteMark(_) => BASE_VERSION,
    }
}

fn block_version(block: &Block) -> u32 {
    match block {
        Block::List(list) if list.marker.is_some() || list.reversed => MARKUP_VERSION,
        // All kinds are listed, so that a new one does not compile without a version.
        Block::Lead(_)
        | Block::Paragraph(_)
        | Block::Heading(..)
        | Block::Figure(_)
        | Block::List(_)
        | Block::Quote(_)
        | Block::Preformatted(_)
        | Block::Table(_)
        | Block::Embed(_)
        | Block::Rule(()) => BASE_VERSION,
    }
}

fn inline_version(inline: &Inline) -> u32 {
    match inline {
        Inline::Text(_)
        | Inline::Strong(_)
        | Inline::Emphasis(_)
        | Inline::Underline(_)
        | Inline::Strike(_)
        | Inline::Code(_)
        | Inline::Sub(_)
        | Inline::Sup(_)
        | Inline::Link(..)
        | Inline::Anchor(_)
        | Inline::Break => BASE_VERSION,
        Inline::Ruby(..) => MARKUP_VERSION,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::FORMAT_VERSION;
    use crate::archive::writer::StoredArticles;
    use crate::model::{Article, EarlierVersion, List, ListMarker};

    fn required_version(article: Article) -> u32 {
        let stored = StoredArticles::from_articles(vec![article], &std::env::temp_dir());
        stored.unwrap().required_version()
    }

    #[test]
    fn markers_of_lists_need_version_5() {
        let version = |list: List| required_version(Article::from_blocks("灯塔", vec![Block::List(list)]));
        assert_eq!(version(List { start: Some(3), ..List::default() }), 4);
        assert_eq!(version(List { marker: Some(ListMarker::UpperLatin), ..List::default() }), 5);
        assert_eq!(version(List { reversed: true, ..List::default() }), 5);
    }

    #[test]
    fn articles_without_later_features_need_version_4() {
        let emphasis = Inline::Emphasis(vec![Inline::text("灯"), Inline::Break]);
        let quote = Block::Quote(vec![Block::Paragraph(vec![emphasis])]);
        assert_eq!(required_version(Article::from_blocks("灯塔", vec![quote, Block::Rule(())])), 4);
        const {
            assert!(
                BASE_VERSION <= FORMAT_VERSION
                    && MARKUP_VERSION <= FORMAT_VERSION
                    && FREQUENCY_VERSION <= FORMAT_VERSION
            )
        };
    }

    #[test]
    fn readings_in_any_part_of_an_article_need_version_5() {
        let ruby = || Inline::Ruby(vec![Inline::text("灯")], "dēng".into());
        let paragraph = || Block::Paragraph(vec![Inline::Strong(vec![ruby()])]);
        assert_eq!(required_version(Article::from_blocks("灯塔", vec![Block::Quote(vec![paragraph()])])), 5);
        let earlier = EarlierVersion {
            time: None,
            title: "灯塔".into(),
            path: String::new(),
            body: Some(Document::new(vec![paragraph()])),
            pack: None,
        };
        let article =
            Article { earlier_versions: vec![earlier], ..Article::from_blocks("灯塔", Vec::new()) };
        assert_eq!(required_version(article), 5);
    }
}
