//! Full-text index: bit codec, postings, document lengths, shards, lexicon, lookup of terms.

mod bit_codec;
mod doc_length;
mod lexicon;
mod lookup;
mod postings;
mod shard;
pub use bit_codec::BitWriter;
pub use doc_length::{LengthBucket, LengthTable};
pub use lexicon::{LexiconWord, encode_lexicon, is_lexicon_letter, lexicon_letter};
pub use lookup::{IndexTerm, for_each_frequency, split_title};
pub use postings::{FrequencyClass, PostingCode, Postings};
pub use shard::{
    BigramKey, CHECKSUM_BYTES, IndexManifest, WordDirectoryLeaf, checksum, encode_ngrams, encode_words,
    shard_of, shard_path,
};
