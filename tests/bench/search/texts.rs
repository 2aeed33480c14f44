//! Documents that every engine indexes, as JSON lines and as folded texts in memory.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sheaf::text::{Pattern, fold};
use std::fs;
use std::path::Path;

/// Document.
#[derive(Serialize, Deserialize)]
pub struct Doc {
    /// Ordinal in the archive; answers refer to it.
    pub ordinal: u32,
    /// Permanent id.
    pub id: String,
    /// First line of `text`.
    pub title: String,
    /// `Article::text()`: one line for the title, then one per block.
    pub text: String,
    /// Address of the original.
    pub url: Option<String>,
    /// Source key.
    pub source: String,
    /// Publication date.
    pub date: Option<String>,
}

/// All documents, sorted by ordinal.
pub struct Texts {
    /// Documents as written.
    pub docs: Vec<Doc>,
    /// Folded texts.
    pub folded: Vec<String>,
}

impl Texts {
    /// Reads the output of `prepare`.
    pub fn read(out: &Path) -> Texts {
        let lines = fs::read_to_string(out.join("docs.jsonl")).unwrap();
        let docs: Vec<Doc> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let folded = docs.par_iter().map(|doc| fold(&doc.text)).collect();
        Texts { docs, folded }
    }

    /// Returns the ordinals of the documents that contain every one of `words`.
    pub fn holding(&self, words: &[&str]) -> Vec<u32> {
        self.with_all(words, |_, _| ()).into_iter().map(|(ordinal, ())| ordinal).collect()
    }

    /// Applies `tell` to each document that contains every one of `words`.
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
                let all = patterns.iter().all(|pattern| pattern.is_match(text));
                all.then(|| (ordinal, tell(&patterns, text)))
            });
            told.collect::<Vec<_>>()
        });
        chunks.collect()
    }
}
