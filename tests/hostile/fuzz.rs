//! Made-up files, queries, archives and imports: nothing panics, and what comes of them keeps the rules of its types.
//!
//! Rounds follow from their number, so a failure names the round to repeat. `SHEAF_FUZZ` is a time in seconds, without
//! it there are a few thousand rounds; `SHEAF_FUZZ_SEEDS` names a folder of article files to begin with besides those
//! of the project, and `SHEAF_FUZZ_FROM` the first round.

use crate::archives::{self, Kept};
use crate::forgeries::forge;
use crate::memory::Memory;
use crate::mutations::{Dice, mutate};
use crate::reading::read;
use sheaf::ingest::ingest;
use sheaf::model::{Article, Block, Inline, Row};
use sheaf::search::{Matcher, Plan, Query};
use sheaf::text::fold;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

/// Rounds of a run without a time.
const ROUNDS: u64 = 3_000;
/// What any round has to end within, on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(30);
/// So many bytes of JSON may come of a byte, and so many more of a file.
const GROWTH: usize = 40;
const BASE: usize = 20_000;
/// Levels of blocks in blocks, and of inlines in inlines.
const DEEPEST: usize = 16;
const DEEPEST_INLINE: usize = 40;

/// What rounds begin with.
struct Corpus {
    files: Vec<Vec<u8>>,
    archives: Vec<Kept>,
    imports: Vec<Vec<u8>>,
}

impl Corpus {
    fn new() -> Corpus {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
        let mut folders: Vec<PathBuf> = ["demo", "specimen", "oddities"].map(|name| data.join(name)).to_vec();
        folders.extend(env::var_os("SHEAF_FUZZ_SEEDS").map(PathBuf::from));
        let mut paths = Vec::new();
        folders.iter().for_each(|folder| list(folder, &mut paths));
        paths.sort();
        let imports = [
            r#"{"sheaf":"kept","version":1,"archive":"潮汐集","records":{"stars":{"0123456789ab":1700000000000},"reads":{"0123456789ab":1700000000000},"positions":{"0123456789ab":{"line":3,"at":9,"time":1700000000000}},"searches":{"灯塔":{"time":1700000000000}}}}"#,
            "{}",
        ];
        Corpus {
            files: paths.iter().filter_map(|path| fs::read(path).ok()).collect(),
            archives: archives::all("fuzz"),
            imports: imports.map(Vec::from).to_vec(),
        }
    }
}

fn list(folder: &Path, paths: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() { list(&path, paths) } else { paths.push(path) }
    }
}

#[test]
fn made_up_bytes_break_nothing() {
    let corpus = Corpus::new();
    let limit = env::var("SHEAF_FUZZ").ok().and_then(|limit| limit.parse().ok()).map(Duration::from_secs);
    let first: u64 = env::var("SHEAF_FUZZ_FROM").ok().and_then(|from| from.parse().ok()).unwrap_or_default();
    let began = Instant::now();
    let (mut round, mut worst, mut kinds) = (first, Duration::ZERO, [0u64; 4]);
    loop {
        let ended = limit.map_or(round - first >= ROUNDS, |limit| began.elapsed() > limit);
        if ended {
            break;
        }
        let mut dice = Dice::of(round);
        // Files are most of what comes from outside.
        let kind = [0, 0, 0, 0, 1, 1, 2, 3][dice.below(8)];
        let start = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| match kind {
            0 => file(&corpus, &mut dice),
            1 => query(&corpus, &mut dice),
            2 => archive(&corpus, &mut dice),
            _ => import(&corpus, &mut dice),
        }));
        assert!(result.is_ok(), "round {round} of kind {kind} failed: SHEAF_FUZZ_FROM={round} repeats it");
        worst = worst.max(start.elapsed());
        assert!(start.elapsed() < PATIENCE, "round {round} of kind {kind} took {:?}", start.elapsed());
        kinds[kind] += 1;
        round += 1;
    }
    let [files, queries, archives, imports] = kinds;
    println!(
        "fuzz: {} rounds in {} s ({files} files, {queries} queries, {archives} archives, {imports} imports), none failed; \
         the longest took {} ms, memory at most {} MB",
        round - first,
        began.elapsed().as_secs(),
        worst.as_millis(),
        most_memory()
    );
    assert!(most_memory() < 2_000);
}

/// The most memory that this program has had, in megabytes; 0 where the system does not say.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()).unwrap_or_default()
        >> 10
}

fn made_up(corpus: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let (one, other) = (dice.below(corpus.len()), dice.below(corpus.len()));
    mutate(&corpus[one], &corpus[other], dice)
}

fn file(corpus: &Corpus, dice: &mut Dice) {
    let bytes = made_up(&corpus.files, dice);
    let Ok(read) = ingest("a/b.txt", &bytes) else { return };
    let article = read.article;
    keeps_the_rules(&article, bytes.len());
    let text = fold(&article.text());
    Row::of(&article);
    for query in ["灯塔", "the", "a OR \"b\""] {
        Matcher::new(&Query::parse(query)).matches(&text);
    }
}

fn keeps_the_rules(article: &Article, size: usize) {
    // As deep as it lies in a first file, and one level more.
    let json = serde_json::to_vec(&[[[article]]]).unwrap();
    assert!(json.len() <= size * GROWTH + BASE, "{} bytes of JSON from {size}", json.len());
    let back: Vec<Vec<Vec<Article>>> = serde_json::from_slice(&json).expect("it can be read back");
    // An address may be written in two ways, of which one is kept.
    let again: Vec<Vec<Vec<Article>>> = serde_json::from_slice(&serde_json::to_vec(&back).unwrap()).unwrap();
    assert_eq!(again, back, "what is written is what is read");
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

fn query(corpus: &Corpus, dice: &mut Dice) {
    let words: [Vec<u8>; 4] = [
        "灯塔 -选举 OR tide",
        "\"exact phrase\" title:夜",
        "before:2023-10 source:a.example",
        "is:starred 语言:zh",
    ]
    .map(Vec::from);
    let bytes = mutate(&words[dice.below(4)], &corpus.files[dice.below(corpus.files.len())], dice);
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4_000)]);
    let query = Query::parse(&text);
    for token in &query.tokens {
        assert!(text.get(token.at.clone()).is_some(), "{:?} is no part of {text:?}", token.at);
        query.drop_token(&text, &token.at);
    }
    query.drop_filters(&text, |_| true);
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

fn archive(corpus: &Corpus, dice: &mut Dice) {
    let archive = &corpus.archives[dice.below(corpus.archives.len())];
    let (_, files) = forge(archive, dice);
    read(Memory::of(&files));
}

fn import(corpus: &Corpus, dice: &mut Dice) {
    let bytes = made_up(&corpus.imports, dice);
    if let Ok(import) = sheaf::keep::read(&String::from_utf8_lossy(&bytes)) {
        let kept = sheaf::keep::Kept::default();
        kept.merge(import.records);
    }
}
