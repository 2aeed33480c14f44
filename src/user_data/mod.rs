//! User data as plain values: stars, read marks, reading positions, saved searches, annotations, labels.
//!
//! [`UserData`] holds all records in memory and is cheap enough to query for every row. A [`UserDataEdit`] edits one
//! record, and [`UserData::apply`] returns its inverse for undo. A device stores records by [`RecordKind`], key and
//! [`StoredValue`], with numerous short records in the lines of a [bucket](record_bucket). Edits are written one at a
//! time, so concurrent writes from two tabs lose nothing.
//!
//! ```
//! use sheaf::{model::Id, user_data::{UserData, UserDataEdit}};
//! let (mut data, id) = (UserData::default(), Id::from_path("a"));
//! let undo = data.apply(UserDataEdit::Star(id, Some(1_700_000_000_000)));
//! assert!(data.is_starred(id));
//! data.apply(undo);
//! assert!(!data.is_starred(id));
//! ```

pub mod annotations;
mod article_flags;
mod import_export;
mod labels;
mod moved_records;
mod offered_states;
mod reading_position;
mod record;
pub mod record_bucket;
mod records;
mod state;
mod tab_sync;

pub use article_flags::{ArticleFlag, FlagState};
pub use import_export::{Import, ImportError, export_json, import_json};
pub use labels::{Label, Labels, label_name};
pub use offered_states::{OfferedStates, count_kind};
pub use reading_position::TextPosition;
pub use record::{RecordKind, StoredValue, UserDataEdit};
pub use records::{Annotation, Millis, ReadingPosition, SavedSearch};
pub use state::UserData;
pub use tab_sync::{PendingWrites, RecordName, TabMessage};
