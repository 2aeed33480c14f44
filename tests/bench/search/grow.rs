//! Corpus of any size, generated from a real one.
//!
//! Each article uses a random article as template: the same number of lines, and of sentences in each. Every sentence
//! and every piece of the title is drawn from all those of the template's language. Word lengths and frequencies are
//! preserved; co-occurrence of words is not.

use super::rng::Draw;
use sheaf::archive::writer::{BodyFile, StoredArticles};
use sheaf::bundle::{BuildProgress, Config, FileOutcome, Links, ReadSettings, read, walk};
use sheaf::model::{Article, BLOCK_SEPARATOR, Lang};
use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Range of the dates in milliseconds: 2010 to 2024.
const FIRST: usize = 1_262_304_000_000;
const LAST: usize = 1_735_689_600_000;

/// Writes `articles` files in the crawlers' format to `out`, in one folder per source.
pub fn grow(corpus: &Path, out: &Path, articles: usize) {
    let bodies = BodyFile::create(&std::env::temp_dir()).unwrap();
    let sources = read(
        &walk(&[corpus.to_owned()], Links::Inside).unwrap(),
        ReadSettings::new(&Config::default(), None),
        &bodies,
        None,
        &BuildProgress::hidden(),
    );
    let patterns = sources
        .unwrap()
        .into_iter()
        .flat_map(|source| source.files)
        .filter_map(|file| match file.outcome {
            FileOutcome::Ingested(read) => Some(read.article),
            FileOutcome::Skipped(_) => None,
        })
        .collect();
    let patterns = StoredArticles::new(patterns, bodies);
    let patterns = patterns.load_range(0..patterns.len()).unwrap();
    let texts: Vec<String> = patterns.iter().map(Article::text).collect();
    let (mut titles, mut sentences) = (HashMap::new(), HashMap::new());
    for (pattern, text) in patterns.iter().zip(&texts) {
        let (title, body) = text.split_once(BLOCK_SEPARATOR).unwrap_or((text, ""));
        pieces(title, TITLE_ENDS).for_each(|piece| add(&mut titles, pattern.lang, piece));
        body.lines()
            .flat_map(|line| pieces(line, SENTENCE_ENDS))
            .for_each(|piece| add(&mut sentences, pattern.lang, piece));
    }

    let mut draw = Draw::seeded("grow");
    for number in 0..articles {
        let at = draw.below(patterns.len());
        let (pattern, (title, body)) =
            (&patterns[at], texts[at].split_once(BLOCK_SEPARATOR).unwrap_or((&texts[at], "")));
        let time = FIRST + draw.below(LAST - FIRST);
        let title = redrawn(&mut draw, &titles, pattern.lang, pieces(title, TITLE_ENDS).count());
        let mut file =
            format!("<!--{time}-->\n[{title}](https://{}/made/{number})\n------\n\n", pattern.source);
        for line in body.lines() {
            let line = redrawn(&mut draw, &sentences, pattern.lang, pieces(line, SENTENCE_ENDS).count());
            write!(file, "<p>{}</p>", escaped(&line)).unwrap();
        }
        file.push('\n');
        let folder = out.join(&pattern.source);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{number:07}.md")), file).unwrap();
    }
    println!("figure corpus.made {articles}");
}

const SENTENCE_ENDS: &[char] = &['。', '！', '？', '；'];
const TITLE_ENDS: &[char] = &[' ', '，', '：', '？', '！', '、', '|'];

/// Splits `text` after each of `ends`.
fn pieces<'a>(text: &'a str, ends: &'a [char]) -> impl Iterator<Item = &'a str> {
    text.split_inclusive(ends).filter(|piece| !piece.trim().is_empty())
}

type Pool<'a> = HashMap<Lang, Vec<&'a str>>;

fn add<'a>(pool: &mut Pool<'a>, lang: Lang, piece: &'a str) {
    pool.entry(lang).or_default().push(piece);
}

/// Returns `count` random pieces of `lang`.
fn redrawn(draw: &mut Draw, pool: &Pool, lang: Lang, count: usize) -> String {
    let pieces = pool.get(&lang).map(Vec::as_slice).unwrap_or_default();
    (0..count).filter_map(|_| draw.one(pieces).copied()).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
