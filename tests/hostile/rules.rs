//! Invariants of everything parsed from untrusted bytes.

use sheaf::ingest::zip_container::{self, is_zip};
use sheaf::ingest::{ArticlePath, Format, Ingested, KeptPicture, Resources, ingest, ingest_as};
use sheaf::model::{ArchivedImage, Article, Block, Inline, Row};
use sheaf::search::{CompiledQuery, Plan, Query};
use sheaf::text::fold;
use std::io::{Cursor, Read};
use std::ops::ControlFlow;

/// Maximum growth: bytes of JSON per input byte, and a constant per file.
const MAX_GROWTH: usize = 40;
const MAX_BASE_BYTES: usize = 20_000;
/// Maximum nesting of blocks, and of inlines.
const MAX_BLOCK_DEPTH: usize = 16;
const MAX_INLINE_DEPTH: usize = 40;

/// Parses an article file and checks its invariants.
pub fn check_file(bytes: &[u8]) {
    let Ok(read) = ingest("a/b.txt", bytes) else { return };
    let article = read.article;
    assert_invariants(&article, bytes.len());
    let text = fold(&article.text());
    Row::from_article(&article);
    for query in ["灯塔", "the", "a OR \"b\""] {
        CompiledQuery::new(&Query::parse(query)).is_match(&text);
    }
}

/// Bytes that an entry of a ZIP may expand to, and number of articles that are read from an input.
const MAX_ENTRY_BYTES: u64 = 64 * 1024;
const MAX_ARTICLES: usize = 200;

/// Reads an input of any format, a ZIP or a collection too, and checks the articles.
pub fn check_formats(bytes: &[u8]) {
    if !is_zip(bytes) {
        return check_contents("a/b", bytes);
    }
    let mut count = 0;
    // A ZIP in memory has no errors of a disk.
    let _ = zip_container::for_each_entry(Cursor::new(bytes), &mut |path, content| {
        assert!(!path.starts_with('/') && !path.split('/').any(|part| part == ".."), "{path}");
        let mut unpacked = Vec::new();
        if let Ok(content) = content
            && content.take(MAX_ENTRY_BYTES).read_to_end(&mut unpacked).is_ok()
        {
            check_contents(path, &unpacked);
        }
        count += 1;
        if count < MAX_ARTICLES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
}

/// Resources that have every picture.
struct AnyPicture;

impl Resources for AnyPicture {
    fn locate(&self, reference: &str) -> Option<String> {
        Some(reference.to_owned())
    }

    fn keep(&self, path: &str) -> Result<Option<KeptPicture>, String> {
        self.keep_part(path.as_bytes())
    }

    fn keep_part(&self, picture: &[u8]) -> Result<Option<KeptPicture>, String> {
        match picture.len() % 3 {
            0 => Err("odd".to_owned()),
            1 => Ok(None),
            _ => Ok(ArchivedImage::from_hash("abcdefgh").map(|image| KeptPicture { image, size: (9, 9) })),
        }
    }
}

/// Reads a file or an entry of a ZIP as the format that it looks like.
fn check_contents(path: &str, bytes: &[u8]) {
    let format = Format::detect(bytes);
    assert_eq!(format.name().parse::<Format>().ok(), Some(format));
    let check = |read: Ingested| assert_invariants(&read.article, bytes.len());
    if !format.is_collection() {
        ingest_as(format, ArticlePath::from_file(path), bytes, Some(&AnyPicture)).into_iter().for_each(check);
        return;
    }
    let mut items = Vec::new();
    // Items before the damage are read.
    let _ = format.read_items(&mut &*bytes, &mut |item| {
        if items.len() < MAX_ARTICLES {
            items.push(item);
        }
    });
    for item in items {
        let name = item.name.clone();
        item.ingest(ArticlePath { container: path, path: &name }, Some(&AnyPicture))
            .into_iter()
            .for_each(check);
    }
}

/// Parses a query and searches with the result.
pub fn check_query(text: &str) {
    let query = Query::parse(text);
    for token in &query.tokens {
        assert!(text.get(token.span.clone()).is_some(), "{:?} is out of range in {text:?}", token.span);
        query.remove_token(text, &token.span);
    }
    query.remove_filters(text, |_, _| true);
    let compiled = CompiledQuery::new(&query);
    let plan = Plan::new(&compiled);
    let lists = vec![None; plan.index_terms().len()];
    plan.has_usable_postings(&lists);
    let text = "潮水退了，灯塔亮着。\nThe tide is out, 臺灣的海 \u{1F30A}";
    compiled.is_match(&fold(text));
    compiled.verify(text, 20);
    for (range, _) in compiled.find(text) {
        assert!(text.get(range.clone()).is_some(), "{range:?}");
    }
}

/// Parses an exported user data file and merges the records.
pub fn check_import(text: &str) {
    if let Ok(import) = sheaf::user_data::import_json(text) {
        let kept = sheaf::user_data::UserData::default();
        kept.edits_to_merge(import.records);
    }
}

fn assert_invariants(article: &Article, size: usize) {
    // Serialize at the depth of a manifest, plus one level.
    let json = serde_json::to_vec(&[[[article]]]).unwrap();
    assert!(json.len() <= size * MAX_GROWTH + MAX_BASE_BYTES, "{} bytes of JSON from {size}", json.len());
    let back: Vec<Vec<Vec<Article>>> = serde_json::from_slice(&json).expect("own output is readable");
    // A URL can have two spellings, of which one is stored.
    let again: Vec<Vec<Vec<Article>>> = serde_json::from_slice(&serde_json::to_vec(&back).unwrap()).unwrap();
    assert_eq!(again, back, "serialization round trips");
    assert_eq!((&back[0][0][0].body, &back[0][0][0].title), (&article.body, &article.title));
    assert!(!article.title.contains(['\n', '\r', '\0']), "{:?}", article.title);
    check_blocks(&article.body.blocks, 0);
}

fn check_blocks(all: &[Block], depth: usize) {
    assert!(depth <= MAX_BLOCK_DEPTH, "blocks {depth} deep");
    for block in all {
        match block {
            Block::Lead(line) | Block::Paragraph(line) => check_inlines(line, 0),
            Block::Heading(level, line) => {
                assert!((2..=4).contains(level), "a heading of level {level}");
                check_inlines(line, 0);
            }
            Block::List(list) => list.items.iter().for_each(|item| check_blocks(item, depth + 1)),
            Block::Quote(inner) => check_blocks(inner, depth + 1),
            Block::Table(rows) => {
                for cell in rows.iter().flatten() {
                    assert!(cell.columns != Some(0) && cell.rows != Some(0), "a cell that spans nothing");
                    check_blocks(&cell.blocks, depth + 1);
                }
            }
            Block::Figure(figure) => check_inlines(&figure.caption, 0),
            Block::Preformatted(text) => assert!(!text.contains('\0')),
            Block::Embed(_) | Block::Rule(()) => {}
        }
    }
}

fn check_inlines(all: &[Inline], depth: usize) {
    assert!(depth <= MAX_INLINE_DEPTH, "inlines {depth} deep");
    for inline in all {
        if let Inline::Text(text) = inline {
            assert!(!text.is_empty() && !text.contains(['\n', '\0']), "{text:?}");
        }
        check_inlines(inline.children(), depth + 1);
    }
}
