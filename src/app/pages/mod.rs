//! Pages that stand in place of the list: the front page of a day, and what the archive holds.

pub mod about;
mod frame;
pub mod front;
mod stories;
