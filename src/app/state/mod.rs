//! State of the app: route, search, catalogue, settings, user data, offline copy, commands.

pub mod article_flags;
pub mod catalogue;
pub mod commands;
pub mod fold_tables;
pub mod library;
pub mod offline;
pub mod route;
pub mod saved_searches;
pub mod script_conversion;
pub mod search;
pub mod settings;
pub mod user_data;
pub use crate::app::services::history::ScrollPosition;
pub use article_flags::{locate_all, use_article_flags};
pub use catalogue::{Catalogue, CatalogueRow, use_catalogue};
pub use commands::{Command, CommandRunner};
pub use fold_tables::use_fold;
pub use route::{Overlays, Route, use_overlay, use_route};
pub use search::{
    CountRequest, SearchRequest, SearchState, TaskHandle, count_hits, start_search, use_search,
};
