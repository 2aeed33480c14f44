//! Pages that stand in place of the list: the front page of a day, what the archive holds, what the reader has
//! marked.

pub mod about;
mod frame;
pub mod front;
pub mod passages;
mod stories;
pub use frame::Scrolled;
