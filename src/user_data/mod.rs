//! User data as plain values: stars, read marks, reading positions, saved searches, annotations.
//!
//! [`Kept`] holds all records in memory and is cheap enough to query for every row. A [`Change`] edits one
//! record, and [`Kept::apply`] returns its inverse for undo. A device stores records by [`Kind`], key and
//! [`Stored`] value, with numerous short records in the lines of a [`bucket`]. Edits are written one at a
//! time, so concurrent writes from two tabs lose nothing.
//!
//! ```
//! use sheaf::{keep::{Change, Kept}, model::Id};
//! let (mut kept, id) = (Kept::default(), Id::of_path("a"));
//! let undo = kept.apply(Change::Star(id, Some(1_700_000_000_000)));
//! assert!(kept.is_starred(id));
//! kept.apply(undo);
//! assert!(!kept.is_starred(id));
//! ```

pub mod annotations;
pub mod record_bucket;
mod record;
mod import_export;
mod state;
mod article_flags;
mod reading_position;
mod records;

pub use record::{UserDataEdit, RecordKind, StoredValue};
pub use import_export::{ImportError, Import, import_json, export_json};
pub use state::UserData;
pub use article_flags::{ArticleFlag, FlagState};
pub use reading_position::TextPosition;
pub use records::{Annotation, Millis, ReadingPosition, SavedSearch};
