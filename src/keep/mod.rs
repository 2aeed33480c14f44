//! What a reader keeps: stars, read marks, positions, saved searches, highlights; as plain values.
//!
//! [`Kept`] is all of it in memory, small enough to be asked for every row. It changes by [`Change`]s, each
//! about one record, and [`Kept::apply`] hands back the change that undoes it. A device stores records by
//! [`Kind`], key and [`Stored`] value, the many short ones of a kind in the lines of a [`bucket`], and changes one at
//! a time: two tabs that write at once lose nothing.
//!
//! ```
//! use sheaf::{keep::{Change, Kept}, model::Id};
//! let (mut kept, id) = (Kept::default(), Id::of_path("a"));
//! let undo = kept.apply(Change::Star(id, Some(1_700_000_000_000)));
//! assert!(kept.is_starred(id));
//! kept.apply(undo);
//! assert!(!kept.is_starred(id));
//! ```

pub mod bucket;
mod change;
mod file;
mod kept;
mod mark;
mod noted;
mod passage;
mod position;
mod records;

pub use change::{Change, Kind, Stored};
pub use file::{FileError, Import, read, write};
pub use kept::Kept;
pub use mark::{Mark, Marked};
pub use noted::{Noted, markdown};
pub use passage::{Passage, Passages};
pub use position::Spot;
pub use records::{Highlight, Millis, Position, Saved};
