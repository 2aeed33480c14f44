//! Format version of an archive that is being written.

use crate::model::{Article, Block, Document, Inline, for_each_block};

/// Version of archives without later features.
const BASE_VERSION: u32 = 4;

/// Returns the lowest format version whose readers can decode `articles`. Apps of that version and later open
/// the archive, so newer features alone raise it.
pub(super) fn required_version(articles: &[Article]) -> u32 {
    articles.iter().map(article_version).max().unwrap_or(BASE_VERSION)
}

fn article_version(article: &Article) -> u32 {
    let earlier = article.earlier_versions.iter().filter_map(|earlier| earlier.body.as_ref());
    earlier.chain([&article.body]).map(document_version).max().unwrap_or(BASE_VERSION)
}

fn document_version(document: &Document) -> u32 {
    let mut version = BASE_VERSION;
    for_each_block(&document.blocks, &mut |block| version = version.max(block_version(block)));
    version
}

/// Returns the version that a block needs, without its inner blocks.
fn block_version(block: &Block) -> u32 {
    match block {
        Block::Lead(inlines) | Block::Paragraph(inlines) | Block::Heading(_, inlines) => {
            inlines_version(inlines)
        }
        Block::Figure(figure) => inlines_version(&figure.caption),
        Block::List(_)
        | Block::Quote(_)
        | Block::Preformatted(_)
        | Block::Table(_)
        | Block::Embed(_)
        | Block::Rule(()) => BASE_VERSION,
    }
}

fn inlines_version(inlines: &[Inline]) -> u32 {
    inlines.iter().map(inline_version).max().unwrap_or(BASE_VERSION)
}

fn inline_version(inline: &Inline) -> u32 {
    match inline {
        Inline::Strong(inner)
        | Inline::Emphasis(inner)
        | Inline::Underline(inner)
        | Inline::Strike(inner)
        | Inline::Code(inner)
        | Inline::Sub(inner)
        | Inline::Sup(inner)
        | Inline::Link(_, inner) => inlines_version(inner),
        Inline::Text(_) | Inline::Anchor(_) | Inline::Break => BASE_VERSION,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::FORMAT_VERSION;

    #[test]
    fn articles_without_later_features_need_version_4() {
        let emphasis = Inline::Emphasis(vec![Inline::text("灯"), Inline::Break]);
        let quote = Block::Quote(vec![Block::Paragraph(vec![emphasis])]);
        let article = Article::from_blocks("灯塔", vec![quote, Block::Rule(())]);
        assert_eq!(required_version(&[article]), 4);
        assert_eq!(required_version(&[]), 4);
        const { assert!(BASE_VERSION <= FORMAT_VERSION) };
    }
}
