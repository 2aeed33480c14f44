//! Property tests: the index against a naive scan, over generated archives and queries.

use super::BuildProgress;
use crate::archive::reader::Store;
use crate::archive::writer::encode::{WriteOptions, encode};
use crate::archive::writer::index::{IndexConfig, build_index};
use crate::archive::writer::{
    ArchiveLayout, ArchiveMetadata, FileBudget, MemoryFiles, MergedSources, StoredArticles, TitleSuffixes,
    gzip,
};
use crate::archive::{Archive, BuildStats, ImagePolicy, MANIFEST_FILE, StoreError, StoreErrorKind};
use crate::model::{Article, Block, Document, Id, Inline, Lang};
use crate::search::{
    CompiledQuery, Hit, Plan, Query, QueryTerm, Searcher, TermOffer, TermRelation, spelling_suggestions,
    term_offers,
};
use crate::text::{Inflections, base_letters, fold, fold_article, is_cjk, is_word};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;

/// Archive in memory.
struct Memory(BTreeMap<String, Vec<u8>>);

impl Memory {
    fn of(articles: Vec<Article>, options: WriteOptions) -> Memory {
        let sink = MemoryFiles::default();
        let progress = BuildProgress::hidden();
        let encoded = encode(stored(articles), &metadata(), BuildStats::default(), options, &sink, &progress);
        let mut files = sink.into_files();
        files.insert(MANIFEST_FILE.to_owned(), encoded.expect("an archive").manifest);
        Memory(files)
    }
}

impl Store for Memory {
    async fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, StoreError> {
        let missing = || StoreError::new(path, StoreErrorKind::Missing, "not found");
        gzip::plain_file(path, self.0.get(path).ok_or_else(missing)?.clone(), limit)
            .map_err(|error| StoreError::new(path, StoreErrorKind::Corrupt, error))
    }
}

fn article((number, (title, paragraphs)): (usize, (String, Vec<String>))) -> Article {
    let blocks = paragraphs.into_iter().map(|text| Block::Paragraph(vec![Inline::Text(text)]));
    Article {
        id: Id::from_path(&number.to_string()),
        title,
        url: None,
        time: None,
        source: "a.example".to_owned(),
        lang: Lang::ZhHans,
        aliases: Vec::new(),
        dateline: None,
        path: number.to_string(),
        body: Document { blocks: blocks.collect() },
        details: Default::default(),
        earlier_versions: Vec::new(),
    }
}

/// Few distinct pieces, so that pairs repeat: variant characters, kana, full-width forms, words, punctuation.
fn text(longest: usize) -> impl Strategy<Value = String> {
    let pieces = [
        "台",
        "臺",
        "灣",
        "湾",
        "人",
        "人",
        "的",
        "カ",
        "가",
        "Ａ",
        "tide",
        "tides",
        "tided",
        "лодка",
        "лодки",
        "ti",
        "5G",
        "é",
        "e",
        "tïdes",
        "łæß",
        "lae",
        " ",
        "，",
        "a-b",
        "ﬁ",
        "\u{3000}",
        "𠮷",
        "e\u{301}",
        "แม่",
        "น้ำ",
        "・",
        "Ｏ",
        "二",
        "\u{200b}",
        "C++",
        "internationalisationalities",
        "getTideName",
        "tideName",
        "name",
    ];
    vec(select(pieces.to_vec()), 0..longest).prop_map(|pieces| pieces.concat())
}

fn articles() -> impl Strategy<Value = Vec<Article>> {
    vec((text(6), vec(text(30), 0..3)), 1..40).prop_map(|texts| {
        let mut articles: Vec<Article> = texts.into_iter().enumerate().map(article).collect();
        articles.sort_by(crate::archive::ordinal_order);
        articles
    })
}

fn query() -> impl Strategy<Value = String> {
    let term =
        (select(vec!["", "", "", "-", "title:", "-title:", "\""]), text(6)).prop_map(|(operator, text)| {
            let text: String = text.split_whitespace().collect();
            if operator == "\"" { format!("\"{text}\"") } else { format!("{operator}{text}") }
        });
    vec(prop_oneof![6 => term, 1 => Just("OR".to_owned())], 1..5).prop_map(|terms| terms.join(" "))
}

/// Returns `true` if `term` occurs in `text`, in this form or, unless it is quoted, with marks that it lacks.
fn stands_in(term: &QueryTerm, text: &str, last: bool) -> bool {
    let (text, word) = (fold_article(text), fold(&term.text));
    let is_unmarked = base_letters(&word) == word;
    occurs(term, &text, &word, last)
        || !term.is_quoted && is_unmarked && occurs(term, &base_letters(&text), &word, last)
        || !term.is_quoted && !term.negated && is_unmarked && has_form(term, &text, &word)
}

/// Returns `true` if a word of `text` is an inflected form of `word`.
fn has_form(term: &QueryTerm, text: &str, word: &str) -> bool {
    let text = if term.in_title { text.split('\n').next().unwrap_or_default() } else { text };
    let forms = Inflections::of(word);
    text.split(|c| !is_word(c)).any(|other| forms.as_ref().is_some_and(|forms| forms.contains(other)))
}

/// Returns `true` if `term_text` occurs in `text`; checks every position.
fn occurs(term: &QueryTerm, text: &str, term_text: &str, last: bool) -> bool {
    let (text, term_text): (Vec<char>, Vec<char>) = (text.chars().collect(), term_text.chars().collect());
    let text = if term.in_title { text.split(|&c| c == '\n').next().unwrap_or_default() } else { &text };
    let word = |at: Option<&char>| at.is_some_and(|&c| is_word(c) && !is_cjk(c));
    let tail = term_text.iter().rev().take_while(|&&c| is_word(c)).count();
    (0..text.len()).any(|at| {
        let end = at + term_text.len();
        text.get(at..end) == Some(&term_text[..])
            && !(word(term_text.first()) && at > 0 && word(text.get(at - 1)))
            && (last && tail >= 2 || !(word(term_text.last()) && word(text.get(end))))
    })
}

/// Returns the matching articles by a naive scan.
fn expected(articles: &[Article], query: &Query, quoted_end: bool) -> Vec<u32> {
    let is_blank = |term: &&QueryTerm| fold(&term.text).is_empty();
    let mut groups = query.groups();
    let last = groups.last().and_then(|group| group.last().copied());
    groups.iter_mut().for_each(|group| group.retain(|term| !is_blank(term)));
    groups.retain(|group| !group.is_empty());
    let without: Vec<&QueryTerm> = query.excluded_terms().filter(|term| !is_blank(term)).collect();
    let ends_with = |term: &QueryTerm| {
        // Only the last token of the query matches as a prefix.
        let end = query.tokens.last().map(|token| &token.kind);
        !quoted_end
            && matches!(end, Some(crate::search::QueryTokenKind::Term(end)) if std::ptr::eq(end, term))
            && last.is_some_and(|last| std::ptr::eq(last, term))
    };
    let matches = |article: &Article| {
        let text = article.text();
        groups.iter().all(|group| group.iter().any(|term| stands_in(term, &text, ends_with(term))))
            && !without.iter().any(|term| stands_in(term, &text, false))
    };
    (0u32..).zip(articles).filter(|(_, article)| matches(article)).map(|(ordinal, _)| ordinal).collect()
}

/// Hits of the index, all verified; those that the index decides must match.
async fn by_index(archive: &Archive<Memory>, query: &Query) -> Option<Vec<Hit>> {
    let searcher = Searcher::new(archive, query);
    assert!(archive.index().is_some());
    if !searcher.is_indexed() {
        return None;
    }
    assert!(searcher.fetch_postings().await, "{:?}", searcher.index_error());
    for hit in searcher.results().hits {
        let is_match = searcher.check(hit.ordinal).await.expect("an article");
        assert!(is_match || !hit.verified, "{} is not in {}", query.tokens.len(), hit.ordinal);
    }
    let results = searcher.results();
    assert!(results.exact && results.failure.is_none());
    Some(results.hits)
}

/// Searches by scanning every text.
async fn by_texts(archive: &Archive<Memory>, query: &Query) -> Vec<Hit> {
    let searcher = Searcher::new(archive, query);
    searcher.begin_scan(None);
    searcher.scan(|| true).await;
    searcher.results().hits
}

static NO_SUFFIXES: TitleSuffixes = TitleSuffixes::new();
static NOT_MERGED: MergedSources = MergedSources::new();

fn metadata() -> ArchiveMetadata<'static> {
    ArchiveMetadata {
        title: "",
        description: "",
        lang: None,
        zone: "UTC",
        images: ImagePolicy::On,
        licence: "",
        source_name: &|key| key.to_owned(),
        title_suffixes: &NO_SUFFIXES,
        merged_sources: &NOT_MERGED,
    }
}

#[test]
fn exact_form_ranks_before_forms_with_marks() {
    let body = |title: &str, text: &str| (title.to_owned(), vec![text.to_owned()]);
    let texts = [
        body("a", "café café café café"),
        body("b", "cafe and many other words of the harbour"),
        body("Café", "c"),
        body("Cafe", "d"),
        body("e", "cafés"),
    ];
    let mut articles: Vec<Article> = texts.into_iter().enumerate().map(article).collect();
    articles.sort_by(crate::archive::ordinal_order);
    let titles = |query: &str| {
        let query = Query::parse(query);
        let of = |mut hits: Vec<Hit>| {
            hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
            hits.iter().map(|hit| articles[hit.ordinal as usize].title.clone()).collect::<Vec<_>>()
        };
        let split = open(&articles, ArchiveLayout::Split);
        let indexed = of(pollster::block_on(by_index(&split, &query)).expect("an index"));
        assert_eq!(indexed, of(pollster::block_on(by_texts(&split, &query))));
        indexed
    };
    assert_eq!(titles("cafe -d"), ["Café", "b", "a", "e"]);
    assert_eq!(titles("cafe -x"), ["Cafe", "Café", "b", "a", "e"]);
    assert_eq!(titles("café -x"), ["Café", "a"]);
    assert_eq!(titles("\"cafe\"").len(), 2);
    assert_eq!(titles("caf").len(), 5);
}

#[test]
fn forms_are_found_in_all_shards_of_their_range() {
    let letters = || 'a'..='z';
    let fillers = letters().map(|third| {
        let pairs = letters().flat_map(|fourth| letters().map(move |fifth| (fourth, fifth)));
        pairs.map(|(fourth, fifth)| format!("tr{third}{fourth}{fifth}")).collect::<Vec<_>>().join(" ")
    });
    let forms = ["try", "tries", "trying", "tried", "trier"].map(str::to_owned);
    let texts = forms.into_iter().chain(fillers).map(|text| (text.clone(), vec![text]));
    let mut articles: Vec<Article> = texts.enumerate().map(article).collect();
    articles.sort_by(crate::archive::ordinal_order);
    let split = open(&articles, ArchiveLayout::Split);
    let shards = split.store().0.keys().filter(|path| path.ends_with(".bin")).count();
    assert!(shards > 4, "{shards}");
    for (query, count) in [("try -x", 6), ("tries -x", 6), ("try", 6), ("trying", 6), ("trzz", 1)] {
        let query = Query::parse(query);
        let indexed = pollster::block_on(by_index(&split, &query)).expect("an index");
        assert_eq!(indexed.len(), count, "{query:?}");
        assert_eq!(indexed, pollster::block_on(by_texts(&split, &query)));
    }
}

#[test]
fn misspelt_words_have_suggestions() {
    let bodies = [
        "harbour",
        "harbour café lighthouses",
        "harbour тёплый lighthouses",
        "harbour harbours тёплый café",
        "harbours тёплый café",
        "harbours lighthouses",
        "rare",
    ];
    let texts = bodies.map(|text| ("t".to_owned(), vec![text.to_owned()]));
    let mut articles: Vec<Article> = texts.into_iter().enumerate().map(article).collect();
    articles.sort_by(crate::archive::ordinal_order);
    let (split, small) = (open(&articles, ArchiveLayout::Split), open(&articles, ArchiveLayout::Small));
    let suggestions = |text: &str| {
        let [one, other] =
            [&split, &small].map(|archive| pollster::block_on(spelling_suggestions(archive, text)).unwrap());
        assert_eq!(one, other, "{text}");
        one.into_iter().map(|suggestion| suggestion.query).collect::<Vec<_>>()
    };
    assert_eq!(suggestions("harbuor"), ["harbour"]);
    assert_eq!(suggestions("ahrbour"), ["harbour"]);
    assert_eq!(suggestions("harbourz"), ["harbour", "harbours"]);
    assert_eq!(suggestions("lihgthuoses"), ["lighthouses"]);
    assert_eq!(suggestions("title:\"lighthuses\" -harbour"), ["title:\"lighthouses\" -harbour"]);
    assert_eq!(suggestions("тёплйы x"), ["тёплый x"]);
    assert_eq!(suggestions("cafes1 cafez"), ["cafes1 café"]);
    for text in ["harbour", "harbour x", "barbour", "rarez", "-harbuor", "harb", "灯塔灯塔灯塔", ""] {
        assert!(suggestions(text).is_empty(), "{text}");
    }
}

#[test]
fn terms_are_offered_for_pinyin_and_for_the_same_sound() {
    // Different characters, so that a repeated pair is no chance.
    let others = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔";
    let titles = ["灯塔今晨熄灭", "老渡口的燈塔", "修灯塔要三年", "雨中灯塔", "等候", others];
    let texts = titles.map(|title| (title.to_owned(), Vec::new()));
    let mut articles: Vec<Article> = texts.into_iter().enumerate().map(article).collect();
    articles.sort_by(crate::archive::ordinal_order);
    let archive = open(&articles, ArchiveLayout::Split);
    let offers = |query: &str| pollster::block_on(term_offers(&archive, &Query::parse(query))).unwrap();
    let expected =
        [TermOffer { term: "灯塔".to_owned(), article_count: 4, relation: TermRelation::Pinyin }];
    for query in ["dengta", "deng ta", "DT", "dengt"] {
        assert_eq!(offers(query), expected, "{query}");
    }
    for query in ["deng", "dengtax", "\"dt\"", "灯塔"] {
        assert!(offers(query).is_empty(), "{query}");
    }
    let suggestions = pollster::block_on(spelling_suggestions(&archive, "等塔 -雨")).unwrap();
    assert_eq!(
        suggestions.iter().map(|suggestion| suggestion.query.as_str()).collect::<Vec<_>>(),
        ["灯塔 -雨"]
    );
    let small = open(&articles, ArchiveLayout::Small);
    assert!(pollster::block_on(spelling_suggestions(&small, "等塔")).unwrap().is_empty());
}

#[test]
fn related_terms_are_offered_for_a_term() {
    // Different characters, so that a repeated pair is no chance.
    let others = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔";
    let mut chars = others.chars();
    let mut text = |name: &str, rest: &str, body: &str| {
        let end: String = chars.by_ref().take(2).collect();
        (format!("{end}{name}，{rest}"), vec![body.replace('X', name)])
    };
    let mut texts = vec![(others.repeat(3), Vec::new())];
    for _ in 0..10 {
        texts.push(text("灯塔", "港口", "老旧X熄灭，守护X修缮"));
        texts.push(text("光楼", "港口", "老旧X熄灭，守护X修缮"));
        texts.push(text("渡船", "", "清晨X靠岸，黄昏X开走"));
    }
    let mut articles: Vec<Article> = texts.into_iter().enumerate().map(article).collect();
    articles.sort_by(crate::archive::ordinal_order);
    let archive = open(&articles, ArchiveLayout::Split);
    let offers = |query: &str| pollster::block_on(term_offers(&archive, &Query::parse(query))).unwrap();
    let related = |term: &str, article_count| TermOffer {
        term: term.to_owned(),
        article_count,
        relation: TermRelation::Related,
    };
    assert_eq!(offers("燈塔"), [related("光楼", 10), related("港口", 20)]);
    for query in ["\"灯塔\"", "-灯塔", "灯塔 港口", "灯", "天地"] {
        assert!(offers(query).is_empty(), "{query}");
    }
}

fn stored(articles: Vec<Article>) -> StoredArticles {
    StoredArticles::from_articles(articles, &std::env::temp_dir()).expect("a temporary file")
}

fn open(articles: &[Article], layout: ArchiveLayout) -> Archive<Memory> {
    pollster::block_on(Archive::open(memory(articles.to_vec(), layout))).expect("it opens")
}

fn memory(articles: Vec<Article>, layout: ArchiveLayout) -> Memory {
    // Both codes of frequencies are tested.
    let has_high_frequencies = Some(articles.len().is_multiple_of(2));
    let options = WriteOptions { layout: Some(layout), has_high_frequencies, ..WriteOptions::default() };
    Memory::of(articles, options)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn index_and_scan_agree_with_a_naive_search(articles in articles(), queries in vec(query(), 1..8)) {
        let (split, small) = (open(&articles, ArchiveLayout::Split), open(&articles, ArchiveLayout::Small));
        for text in queries {
            let query = Query::parse(&text);
            if !query.has_terms() {
                continue;
            }
            let last = query.tokens.last().map_or("", |token| &text[token.span.clone()]);
            let expected = expected(&articles, &query, last.ends_with('"'));
            let (looked, read) =
                pollster::block_on(async { (by_texts(&split, &query).await, by_texts(&small, &query).await) });
            prop_assert_eq!(looked.iter().map(|hit| hit.ordinal).collect::<Vec<_>>(), expected, "{}", text);
            prop_assert_eq!(&looked, &read, "{}", &text);
            if let Some(indexed) = pollster::block_on(by_index(&split, &query)) {
                let scores = |hits: &[Hit]| hits.iter().map(|hit| (hit.ordinal, hit.score)).collect::<Vec<_>>();
                prop_assert_eq!(scores(&indexed), scores(&looked), "{}", text);
            }
        }
    }

    #[test]
    fn block_size_and_memory_do_not_change_the_shards(articles in articles(), block in 1usize..9) {
        let articles = stored(articles);
        let made = |articles_per_run, memory_budget| {
            let sizes = IndexConfig { shard_bytes: 60, budget: FileBudget::default(), articles_per_run, memory_budget, has_high_frequencies: true };
            let index = build_index(&articles, sizes, &BuildProgress::hidden()).expect("an index");
            let lists: Vec<Vec<_>> = index.discriminative.iter().map(|list| list.postings().collect()).collect();
            (index.shards.read_all(), index.name, lists)
        };
        let whole = made(2048, 1 << 20);
        prop_assert_eq!(&whole, &made(block, 1 << 20));
        prop_assert_eq!(&whole, &made(block, 40));
    }

    #[test]
    fn corrupt_shard_is_an_error_never_a_wrong_answer(
        articles in articles(), query in query(), which in any::<u64>(), at in any::<u64>(), bit in 0u8..8, cut in any::<bool>()
    ) {
        let query = Query::parse(&query);
        let plan = Plan::new(&CompiledQuery::new(&query));
        let whole = open(&articles, ArchiveLayout::Split);
        let sound = pollster::block_on(whole.postings(plan.index_terms()));
        let mut memory = memory(articles, ArchiveLayout::Split);
        let paths: Vec<String> = memory.0.keys().filter(|path| path.ends_with(".bin")).cloned().collect();
        prop_assume!(!paths.is_empty());
        let bytes = memory.0.get_mut(&paths[which as usize % paths.len()]).expect("a shard");
        let place = at as usize % bytes.len();
        if cut { bytes.truncate(place) } else { bytes[place] ^= 1 << bit }
        let broken = pollster::block_on(Archive::open(memory)).expect("it opens");
        let lists = pollster::block_on(broken.postings(plan.index_terms()));
        for (list, sound) in lists.iter().zip(&sound) {
            prop_assert!(list.is_err() || list == sound);
        }
        let searcher = Searcher::new(&broken, &query);
        let found = pollster::block_on(searcher.search()).expect("texts are whole");
        prop_assert_eq!(searcher.index_error().is_some(), lists.iter().any(Result::is_err) && searcher.is_indexed());
        if searcher.has_scan() {
            prop_assert!(found.exact && found.failure.is_none());
            prop_assert_eq!(found.hits, pollster::block_on(by_texts(&whole, &query)));
        }
    }
}
