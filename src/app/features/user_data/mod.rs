//! Dialog for the reader's data and the undo toast.

pub mod dialog;
pub mod undo_toast;
