//! Shell: layout, routes and the composition of features.

pub mod bottom_bar;
pub mod chunks;
pub mod commands;
pub mod filter_dialog;
pub mod library;
pub mod list_pane;
pub mod loading_screen;
pub mod masthead;
pub mod page_router;
pub mod panels;
pub mod reading_pane;
pub mod result_bar;
