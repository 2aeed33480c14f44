//! Hooks: state and event listeners of components.

pub mod focus;
pub mod use_escape;

pub use focus::{use_focus, use_focus_fallback, use_focus_if_lost, use_modal, use_restore_focus};
pub use use_escape::use_escape;
