//! Features of the app. A feature imports no other feature.

pub mod annotations;
pub mod archive_info;
pub mod export;
pub mod filters;
pub mod front_page;
pub mod labels;
pub mod list;
pub mod menu;
pub mod offline;
pub mod print;
pub mod reader;
pub mod row_menu;
pub mod search_bar;
pub mod settings;
pub mod shortcuts;
pub mod states_offer;
pub mod timeline;
pub mod user_data;
