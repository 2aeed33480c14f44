//! Invariants of everything parsed from untrusted bytes.

use sheaf::ingest::ingest;
use sheaf::model::{Article, Block, Inline, Row};
use sheaf::search::{Matcher, Plan, Query};
use sheaf::text::fold;

/// Maximum growth: bytes of JSON per input byte, and a constant per file.
const GROWTH: usize = 40;
const BASE: usize = 20_000;
/// Maximum nesting of blocks, and of inlines.
const DEEPEST: usize = 16;
const DEEPEST_INLINE: usize = 40;

/// Parses an article file and checks its invariants.
pub fn file(bytes: &[u8]) {
    let Ok(read) = ingest("a/b.txt", bytes) else { return };
    let article = read.article;
    keeps_the_rules(&article, bytes.len());
    let text = fold(&article.text());
    Row::of(&article);
    for query in ["灯塔", "the", "a OR \"b\""] {
        Matcher::new(&Query::parse(query)).matches(&text);
    }
}

/// Parses a query and searches with the result.
pub fn query(text: &str) {
    let query = Query::parse(text);
    for token in &query.tokens {
        assert!(text.get(token.at.clone()).is_some(), "{:?} is out of range in {text:?}", token.at);
        query.drop_token(text, &token.at);
    }
    query.drop_filters(text, |_| true);
    let plan = Plan::new(&query);
    let lists = vec![None; plan.units().len()];
    plan.is_narrowed_by(&lists);
    let matcher = Matcher::new(&query);
    let text = "潮水退了，灯塔亮着。\nThe tide is out, 臺灣的海 \u{1F30A}";
    matcher.matches(&fold(text));
    for (range, _) in matcher.find(text) {
        assert!(text.get(range.clone()).is_some(), "{range:?}");
    }
}

/// Parses an exported user data file and merges the records.
pub fn import(text: &str) {
    if let Ok(import) = sheaf::keep::read(text) {
        let kept = sheaf::keep::Kept::default();
        kept.merge(import.records);
    }
}

fn keeps_the_rules(article: &Article, size: usize) {
    // Serialize at the depth of a manifest, plus one level.
    let json = serde_json::to_vec(&[[[article]]]).unwrap();
    assert!(json.len() <= size * GROWTH + BASE, "{} bytes of JSON from {size}", json.len());
    let back: Vec<Vec<Vec<Article>>> = serde_json::from_slice(&json).expect("own output is readable");
    // A URL can have two spellings, of which one is stored.
    let again: Vec<Vec<Vec<Article>>> = serde_json::from_slice(&serde_json::to_vec(&back).unwrap()).unwrap();
    assert_eq!(again, back, "serialization round trips");
    assert_eq!((&back[0][0][0].body, &back[0][0][0].title), (&article.body, &article.title));
    assert!(!article.title.contains(['\n', '\r', '\0']), "{:?}", article.title);
    blocks(&article.body.blocks, 0);
}

fn blocks(all: &[Block], depth: usize) {
    assert!(depth <= DEEPEST, "blocks {depth} deep");
    for block in all {
        match block {
            Block::Lead(line) | Block::Paragraph(line) => inlines(line, 0),
            Block::Heading(level, line) => {
                assert!((2..=4).contains(level), "a heading of level {level}");
                inlines(line, 0);
            }
            Block::List(list) => list.items.iter().for_each(|item| blocks(item, depth + 1)),
            Block::Quote(inner) => blocks(inner, depth + 1),
            Block::Table(rows) => {
                for cell in rows.iter().flatten() {
                    assert!(cell.columns != Some(0) && cell.rows != Some(0), "a cell that spans nothing");
                    blocks(&cell.blocks, depth + 1);
                }
            }
            Block::Figure(figure) => inlines(&figure.caption, 0),
            Block::Preformatted(text) => assert!(!text.contains('\0')),
            Block::Embed(_) | Block::Rule(()) => {}
        }
    }
}

fn inlines(all: &[Inline], depth: usize) {
    assert!(depth <= DEEPEST_INLINE, "inlines {depth} deep");
    for inline in all {
        if let Inline::Text(text) = inline {
            assert!(!text.is_empty() && !text.contains(['\n', '\0']), "{text:?}");
        }
        inlines(inline.children(), depth + 1);
    }
}
