//! Fuzzing of input files, exports, queries, archives and imports: no panics, and results keep the invariants of their
//! types.
//!
//! Each round is determined by its number, so a failure names the round to repeat. `SHEAF_FUZZ` is a duration
//! in seconds; without it a few thousand rounds run. `SHEAF_FUZZ_SEEDS` names an additional folder of article
//! files to start from, and `SHEAF_FUZZ_FROM` the first round.

use crate::archives::{self, TestArchive};
use crate::forged_archives::forge;
use crate::memory::MemoryStore;
use crate::mutations::{Rng, mutate};
use crate::reading::read_everything;
use crate::rules;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

/// Number of rounds without a duration.
const ROUNDS: u64 = 3_000;
/// Time limit of a round, sufficient on a busy machine.
const ROUND_TIMEOUT: Duration = Duration::from_secs(30);
/// Inputs to mutate.
struct Corpus {
    files: Vec<Vec<u8>>,
    formats: Vec<Vec<u8>>,
    archives: Vec<TestArchive>,
    imports: Vec<Vec<u8>>,
}

impl Corpus {
    fn new() -> Corpus {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
        let mut folders: Vec<PathBuf> = ["demo", "specimen", "oddities"].map(|name| data.join(name)).to_vec();
        folders.extend(env::var_os("SHEAF_FUZZ_SEEDS").map(PathBuf::from));
        let mut paths = Vec::new();
        folders.iter().for_each(|folder| collect_files(folder, &mut paths));
        paths.sort();
        let mut exports = Vec::new();
        collect_files(&data.join("formats"), &mut exports);
        exports.sort();
        let imports = [
            r#"{"sheaf":"kept","version":1,"archive":"潮汐集","records":{"stars":{"0123456789ab":1700000000000},"reads":{"0123456789ab":1700000000000},"positions":{"0123456789ab":{"line":3,"at":9,"time":1700000000000}},"searches":{"灯塔":{"time":1700000000000}}}}"#,
            "{}",
        ];
        Corpus {
            files: paths.iter().filter_map(|path| fs::read(path).ok()).collect(),
            formats: exports.iter().filter_map(|path| fs::read(path).ok()).collect(),
            archives: archives::test_archives("fuzz"),
            imports: imports.map(Vec::from).to_vec(),
        }
    }
}

fn collect_files(folder: &Path, paths: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() { collect_files(&path, paths) } else { paths.push(path) }
    }
}

#[test]
fn random_input_does_not_panic() {
    let corpus = Corpus::new();
    let limit = env::var("SHEAF_FUZZ").ok().and_then(|limit| limit.parse().ok()).map(Duration::from_secs);
    let first: u64 = env::var("SHEAF_FUZZ_FROM").ok().and_then(|from| from.parse().ok()).unwrap_or_default();
    let began = Instant::now();
    let (mut round, mut worst, mut kinds) = (first, Duration::ZERO, [0u64; 5]);
    loop {
        let ended = limit.map_or(round - first >= ROUNDS, |limit| began.elapsed() > limit);
        if ended {
            break;
        }
        let mut dice = Rng::from_seed(round);
        // Most rounds fuzz files, the largest attack surface.
        let kind = [0, 0, 0, 0, 1, 1, 2, 3, 4, 4][dice.below(10)];
        let start = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| match kind {
            0 => rules::check_file(&random_input(&corpus.files, &mut dice)),
            1 => fuzz_query(&corpus, &mut dice),
            2 => fuzz_archive(&corpus, &mut dice),
            3 => fuzz_import(&corpus, &mut dice),
            _ => rules::check_formats(&random_input(&corpus.formats, &mut dice)),
        }));
        assert!(result.is_ok(), "round {round} of kind {kind} failed: SHEAF_FUZZ_FROM={round} repeats it");
        worst = worst.max(start.elapsed());
        assert!(start.elapsed() < ROUND_TIMEOUT, "round {round} of kind {kind} took {:?}", start.elapsed());
        kinds[kind] += 1;
        round += 1;
    }
    let [files, queries, archives, imports, formats] = kinds;
    println!(
        "fuzz: {} rounds in {} s ({files} files, {queries} queries, {archives} archives, {imports} imports, {formats} exports), none failed; \
         the longest took {} ms, memory at most {} MB",
        round - first,
        began.elapsed().as_secs(),
        worst.as_millis(),
        peak_memory_mb()
    );
    assert!(peak_memory_mb() < 2_000);
}

/// Returns the peak memory of this process in megabytes; 0 if the system does not report it.
fn peak_memory_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()).unwrap_or_default()
        >> 10
}

fn random_input(corpus: &[Vec<u8>], dice: &mut Rng) -> Vec<u8> {
    let (one, other) = (dice.below(corpus.len()), dice.below(corpus.len()));
    mutate(&corpus[one], &corpus[other], dice)
}

fn fuzz_query(corpus: &Corpus, dice: &mut Rng) {
    let words: [Vec<u8>; 4] = [
        "灯塔 -选举 OR tide",
        "\"exact phrase\" title:夜",
        "before:2023-10 source:a.example",
        "is:starred 语言:zh",
    ]
    .map(Vec::from);
    let bytes = mutate(&words[dice.below(4)], &corpus.files[dice.below(corpus.files.len())], dice);
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(4_000)]);
    rules::check_query(&text);
}

fn fuzz_archive(corpus: &Corpus, dice: &mut Rng) {
    let archive = &corpus.archives[dice.below(corpus.archives.len())];
    let (_, files) = forge(archive, dice);
    read_everything(MemoryStore::new(&files));
}

fn fuzz_import(corpus: &Corpus, dice: &mut Rng) {
    rules::check_import(&String::from_utf8_lossy(&random_input(&corpus.imports, dice)));
}
