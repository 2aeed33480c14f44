//! Interface components shared by several pages.

pub mod icon;
pub mod marked;
pub mod panel;
pub mod sheet;
