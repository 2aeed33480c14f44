//! Small parts that several pages use.

pub mod icon;
pub mod marked;
pub mod panel;
pub mod sheet;
