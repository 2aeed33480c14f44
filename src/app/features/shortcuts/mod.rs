//! Keyboard shortcuts and touch gestures.

pub mod dialog;
pub mod gestures;
pub mod keyboard;
pub use dialog::{ShortcutsDialog, ShortcutsDialogProps};
