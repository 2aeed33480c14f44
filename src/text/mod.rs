//! Text processing shared by build and app: folding, tokenizing, matching, snippets. Both sides run the same
//! code, so index and query always agree.
//!
//! ```
//! use sheaf::text::{Pattern, fold};
//! assert_eq!(fold("臺灣 ＦＭ"), fold("台湾 fm"));
//! assert!(Pattern::new("台灣").is_in(&fold("在台湾各地")));
//! ```

mod convert;
mod fold;
mod grams;
mod pattern;
mod script;
mod sentences;
mod snippet;

pub use convert::{ConversionTableError, ConvertedText, Direction, TargetScript, OffsetMap, ConversionTables};
pub use fold::{FOLD_TABLES_HASH, FoldedText, fold};
pub use grams::{Token, ScriptRun, for_each_token};
pub use pattern::Pattern;
pub use script::{is_cjk, is_word};
pub use sentences::sentences;
pub use snippet::{Snippet, snippet};
