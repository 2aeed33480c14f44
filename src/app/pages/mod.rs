//! Pages shown instead of the list: front page, about the archive, annotations.

pub mod about;
mod frame;
pub mod front;
pub mod passages;
mod stories;
pub use frame::SavedPageScroll;
