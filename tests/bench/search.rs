//! The native half of the search bench: documents and queries with known answers, and what an engine's
//! answers are worth. `tests/bench/search/run` calls it, and the engines between its steps.
//!
//! ```text
//! prepare CORPUS OUT --files N    the first N files by name ─▶ archive/, docs.jsonl, queries.json
//! grow CORPUS OUT --articles N    N article files made of the corpus' sentences
//! sheaf OUT                       answers and latency of Sheaf over the archive in OUT/sheaf
//! scan OUT                        answers and latency of a plain scan over folded texts
//! judge OUT                       answers/ENGINE.json ─▶ recall, precision, MRR, nDCG of each engine
//! ```
//!
//! Every step depends on its input alone: choices are drawn from a generator with a fixed seed. Each figure is
//! printed as a line and kept in `OUT/results/ENGINE.KIND.json`, from which `table.mjs` makes a table.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "search/draw.rs"]
mod draw;
#[path = "search/engine.rs"]
mod engine;
#[path = "search/grow.rs"]
mod grow;
#[path = "search/judge.rs"]
mod judge;
#[path = "search/lexicon.rs"]
mod lexicon;
#[path = "search/prepare.rs"]
mod prepare;
#[path = "search/queries.rs"]
mod queries;
#[path = "search/texts.rs"]
mod texts;

use clap::{Parser, Subcommand};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    step: Step,
    /// What `cargo bench` adds
    #[arg(long, hide = true, global = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum Step {
    /// Take the first files of a corpus by name, build their archive, draw the queries
    Prepare {
        corpus: PathBuf,
        out: PathBuf,
        #[arg(long)]
        files: usize,
        /// The corpus was made by `grow`; the table says so
        #[arg(long)]
        made: bool,
    },
    /// Write article files made of a corpus' sentences
    Grow {
        corpus: PathBuf,
        out: PathBuf,
        #[arg(long)]
        articles: usize,
    },
    /// Answer the queries by Sheaf's index
    Sheaf { out: PathBuf },
    /// Answer the queries by looking at every text
    Scan { out: PathBuf },
    /// Hold every engine's answers against the known ones
    Judge { out: PathBuf },
}

fn main() {
    match Args::parse().step {
        Step::Prepare { corpus, out, files, made } => prepare::prepare(&corpus, &out, files, made),
        Step::Grow { corpus, out, articles } => grow::grow(&corpus, &out, articles),
        Step::Sheaf { out } => engine::sheaf(&out),
        Step::Scan { out } => engine::scan(&out),
        Step::Judge { out } => judge::judge(&out),
    }
}

/// Prints figures and keeps them for the table.
fn record(out: &Path, engine: &str, kind: &str, figures: &BTreeMap<String, f64>) {
    for (name, value) in figures {
        println!("figure {engine}.{name} {}", (value * 1000.0).round() / 1000.0);
    }
    write_json(&out.join(format!("results/{engine}.{kind}.json")), figures);
}

fn write_json(path: &Path, value: &impl serde::Serialize) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, serde_json::to_vec(value).unwrap()).unwrap();
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> T {
    let json = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&json).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
