//! Text processing shared by build and app: folding, tokenizing, matching, snippets. Both sides run the same
//! code, so index and query always agree.
//!
//! ```
//! use sheaf::text::{Pattern, fold};
//! assert_eq!(fold("臺灣 ＦＭ"), fold("台湾 fm"));
//! assert!(Pattern::new("台灣").is_match(&fold("在台湾各地")));
//! ```

mod language_span;
mod line_setting;
mod number_format;
pub use language_span::span_language;
pub use line_setting::{TextDirection, is_even};
pub use number_format::format_thousands;
mod char_class;
mod fold;
mod inflections;
mod long_runs;
mod markdown;
mod phrase_matcher;
mod script_conversion;
mod sentences;
mod snippet;
mod tokenizer;

pub use char_class::{is_cjk, is_unspaced, is_word};
pub use fold::{
    FOLD_TABLES_HASH, FoldedText, base_letters, compare_words, fold, fold_article, fold_case, fold_width,
};
pub use inflections::Inflections;
pub use long_runs::{display_parts, listing_parts};
pub use markdown::{escape_markdown, one_line};
pub use phrase_matcher::Pattern;
pub use script_conversion::{
    ConversionTableError, ConversionTables, ConvertedText, Direction, OffsetMap, TargetScript,
};
pub use sentences::{sentences, utterances};
pub use snippet::{Snippet, snippet};
pub use tokenizer::{ScriptRun, TRIGRAM_CHARS, Token, for_each_token, trigrams};
