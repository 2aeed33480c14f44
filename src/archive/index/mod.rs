//! Full-text index: bit codec, postings, document lengths, shards, lookup of terms.

mod bit_codec;
mod doc_length;
mod postings;
mod shard;
mod lookup;
pub use bit_codec::BitWriter;
pub use doc_length::{LengthBucket, LengthTable};
pub use postings::{Postings, Impact};
pub use shard::{BigramKey, IndexManifest, WordDirectoryLeaf, checksum, encode_ngrams, encode_words, shard_of, shard_path};
pub use lookup::{IndexTerm, split_title, for_each_impact};
