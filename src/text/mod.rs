//! Text processing shared by build and app: folding, tokenizing, matching, snippets. Both sides run the same
//! code, so index and query always agree.
//!
//! ```
//! use sheaf::text::{Pattern, fold};
//! assert_eq!(fold("臺灣 ＦＭ"), fold("台湾 fm"));
//! assert!(Pattern::new("台灣").is_in(&fold("在台湾各地")));
//! ```

mod language_span;
mod number_format;
pub use language_span::span_language;
pub use number_format::format_thousands;
mod script_conversion;
mod fold;
mod tokenizer;
mod phrase_matcher;
mod char_class;
mod sentences;
mod snippet;

pub use script_conversion::{ConvertedArticle, ConversionTableError, ConvertedText, Direction, TargetScript, OffsetMap, ConversionTables};
pub use fold::{FOLD_TABLES_HASH, FoldedText, fold};
pub use tokenizer::{Token, ScriptRun, for_each_token};
pub use phrase_matcher::Pattern;
pub use char_class::{is_cjk, is_word};
pub use sentences::sentences;
pub use snippet::{Snippet, snippet};
