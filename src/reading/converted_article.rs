//! Script conversion of an article.

use crate::model::{
    Article, BLOCK_SEPARATOR, Block, EarlierVersion, Inline, Lang, TextLineMut, for_each_block_mut,
    for_each_inline_mut,
};
use crate::search::{CompiledQuery, TextMatches, non_overlapping};
use crate::text::{ConversionTables, OffsetMap, TargetScript};

/// Converted article with the offset map of its text.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvertedArticle {
    /// Converted article; its language is still that of the original.
    pub article: Article,
    offset_map: OffsetMap,
}

impl ConvertedArticle {
    /// Converts `article` to `form`; `None` if unchanged.
    pub fn new(article: &Article, tables: &ConversionTables, form: TargetScript) -> Option<ConvertedArticle> {
        let lang = article.lang;
        // Convert the whole text at once, so that phrases match across inline formatting.
        let shown = tables.convert(&article.text(), form, lang)?;
        let aside = |text: &str| convert_text(tables, form, lang, text);
        let mut pieces = ConvertedPieces { text: &shown.text, offset_map: &shown.mapping, at: 0 };
        let title = pieces.next(&article.title);
        let mut body = article.body.clone();
        for_each_block_mut(&mut body.blocks, &mut |block| {
            let line = block.line_mut();
            if line.is_some() {
                pieces.at += BLOCK_SEPARATOR.len_utf8();
            }
            match line {
                Some(TextLineMut::Inlines(inlines)) => {
                    for_each_inline_mut(inlines, &mut |inline| match inline {
                        Inline::Text(text) => *text = pieces.next(text),
                        Inline::Break => pieces.at += 1,
                        Inline::Ruby(_, reading) => *reading = aside(reading),
                        _ => {}
                    })
                }
                Some(TextLineMut::Preformatted(text)) => *text = pieces.next(text),
                None => {}
            }
            if let Block::Figure(figure) = block {
                figure.alt = aside(&figure.alt);
            }
        });
        let earlier = article
            .earlier_versions
            .iter()
            .map(|earlier| EarlierVersion { title: aside(&earlier.title), ..earlier.clone() })
            .collect();
        let dateline = article.dateline.as_deref().map(aside);
        let article = Article { title, body, dateline, earlier_versions: earlier, ..article.clone() };
        Some(ConvertedArticle { article, offset_map: shown.mapping })
    }

    /// Returns the offset map from the original text.
    pub fn offset_map(&self) -> &OffsetMap {
        &self.offset_map
    }

    /// The matches in the text of this form: what is found in it, and what is found in the `original`.
    pub fn find_matches(&self, query: &CompiledQuery, original: &Article) -> TextMatches {
        let mut found = query.find(&self.article.text());
        let elsewhere = query.find(&original.text());
        found.extend(elsewhere.into_iter().map(|(range, term)| (self.offset_map.to_converted(range), term)));
        non_overlapping(found)
    }
}

/// Converts a text that is not part of the article's searchable text.
fn convert_text(tables: &ConversionTables, form: TargetScript, lang: Lang, text: &str) -> String {
    tables.convert(text, form, lang).map_or_else(|| text.to_owned(), |shown| shown.text)
}

/// Cursor over the converted text, moved by the pieces of the original.
struct ConvertedPieces<'a> {
    text: &'a str,
    offset_map: &'a OffsetMap,
    /// Byte offset of the next piece in the original text.
    at: usize,
}

impl ConvertedPieces<'_> {
    /// Returns the converted form of the next piece of text.
    fn next(&mut self, original: &str) -> String {
        let start = self.offset_map.boundary(self.at);
        self.at += original.len();
        self.text.get(start..self.offset_map.boundary(self.at)).unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;
    use crate::search::Query;
    use crate::text::Direction;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static HANT: LazyLock<ConversionTables> =
        LazyLock::new(|| ConversionTables::parse(Direction::ToHant.data()).unwrap());

    fn lines(document: &Document) -> usize {
        let mut lines = 0;
        document.for_each_line(|_| lines += 1);
        lines
    }

    #[test]
    fn phrases_convert_across_inline_formatting() {
        let line =
            vec![Inline::text("她的"), Inline::Strong(vec![Inline::text("头")]), Inline::text("发，发展")];
        let original = Article::from_blocks("发现", vec![Block::Paragraph(line)]);
        let shown = ConvertedArticle::new(&original, &HANT, TargetScript::Taiwan).unwrap();
        assert_eq!(shown.article.text(), "發現\n她的頭髮，發展");
        let Some(Block::Paragraph(line)) = shown.article.body.blocks.first() else { panic!() };
        assert_eq!(line[1], Inline::Strong(vec![Inline::text("頭")]));
    }

    #[test]
    fn query_in_either_script_matches() {
        let original =
            Article::from_blocks("题", vec![Block::Paragraph(vec![Inline::text("在博客和软件里写台风")])]);
        let shown = ConvertedArticle::new(&original, &HANT, TargetScript::Taiwan).unwrap();
        let text = shown.article.text();
        assert_eq!(text, "題\n在部落格和軟體裡寫颱風");
        for (query, expected) in [
            ("博客", "部落格"),
            ("部落格", "部落格"),
            ("软件", "軟體"),
            ("軟體", "軟體"),
            ("台风", "颱風"),
            ("颱風", "颱風"),
            ("和软件里", "和軟體裡"),
        ] {
            let found = shown.find_matches(&CompiledQuery::new(&Query::parse(query)), &original);
            let marked: Vec<_> = found.iter().map(|(range, _)| &text[range.clone()]).collect();
            assert_eq!(marked, [expected], "{query}");
        }
    }

    fn inline() -> impl Strategy<Value = Inline> {
        let text = proptest::sample::select(vec![
            "头", "发", "博", "客", "软件", "里面", "后来", "tide", "出租", "车",
        ]);
        let leaf = prop_oneof![4 => text.prop_map(Inline::text), 1 => Just(Inline::Break)];
        leaf.prop_recursive(2, 8, 3, |inner| {
            proptest::collection::vec(inner, 1..3).prop_map(Inline::Emphasis)
        })
    }

    fn block() -> impl Strategy<Value = Block> {
        let line = || proptest::collection::vec(inline(), 0..6);
        let leaf = prop_oneof![
            line().prop_map(Block::Paragraph),
            line().prop_map(|line| Block::Heading(2, line)),
            Just(Block::Preformatted("博客\n头发".into())),
            Just(Block::Rule(())),
        ];
        leaf.prop_recursive(2, 8, 3, |inner| proptest::collection::vec(inner, 1..3).prop_map(Block::Quote))
    }

    proptest! {
        #[test]
        fn converted_pieces_join_to_the_converted_text(blocks in proptest::collection::vec(block(), 0..5)) {
            let original = Article::from_blocks("头发", blocks);
            let shown = ConvertedArticle::new(&original, &HANT, TargetScript::Taiwan).unwrap();
            let expected = HANT.convert(&original.text(), TargetScript::Taiwan, Lang::ZhHans).unwrap().text;
            prop_assert_eq!(shown.article.text(), expected);
            prop_assert_eq!(lines(&shown.article.body), lines(&original.body));
        }
    }
}
