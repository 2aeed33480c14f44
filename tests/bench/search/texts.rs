//! The documents that every engine indexes, as one JSON object a line and as folded texts in memory.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sheaf::text::{Pattern, fold};
use std::fs;
use std::path::Path;

/// A document.
#[derive(Serialize, Deserialize)]
pub struct Doc {
    /// Its number in the archive; answers name it.
    pub ordinal: u32,
    /// Its permanent name.
    pub id: String,
    /// The first line of `text`.
    pub title: String,
    /// `Article::text()`: a line for the title, then one for each block.
    pub text: String,
    /// Where it comes from.
    pub url: Option<String>,
    /// Whose it is.
    pub source: String,
    /// The day it was published.
    pub date: Option<String>,
}

/// All documents in the order of their ordinals.
pub struct Texts {
    /// As they are written.
    pub docs: Vec<Doc>,
    /// As search sees them.
    pub folded: Vec<String>,
}

impl Texts {
    /// Reads what `prepare` wrote.
    pub fn read(out: &Path) -> Texts {
        let lines = fs::read_to_string(out.join("docs.jsonl")).unwrap();
        let docs: Vec<Doc> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let folded = docs.par_iter().map(|doc| fold(&doc.text)).collect();
        Texts { docs, folded }
    }

    /// The ordinals of the documents that hold every one of `words`.
    pub fn holding(&self, words: &[&str]) -> Vec<u32> {
        self.with_all(words, |_, _| ()).into_iter().map(|(ordinal, ())| ordinal).collect()
    }

    /// The documents that hold every one of `words`, and what `tell` makes of each.
    pub fn with_all<T: Send>(
        &self,
        words: &[&str],
        tell: impl Fn(&[Pattern], &str) -> T + Sync,
    ) -> Vec<(u32, T)> {
        let ordinals: Vec<u32> = (0..self.folded.len() as u32).collect();
        let chunks = ordinals.par_chunks(1024).flat_map_iter(|chunk| {
            // A pattern cannot be shared between threads.
            let patterns: Vec<Pattern> = words.iter().map(|word| Pattern::new(word)).collect();
            let told = chunk.iter().filter_map(|&ordinal| {
                let text = &self.folded[ordinal as usize];
                let all = patterns.iter().all(|pattern| pattern.is_in(text));
                all.then(|| (ordinal, tell(&patterns, text)))
            });
            told.collect::<Vec<_>>()
        });
        chunks.collect()
    }
}
