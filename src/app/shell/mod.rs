//! Shell: layout, routes and the composition of features.

pub mod bottom_bar;
pub mod filter_dialog;
pub mod library;
pub mod loading_screen;
pub mod masthead;
pub mod page_router;
pub mod result_bar;
