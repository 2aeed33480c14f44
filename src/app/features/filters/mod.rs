//! Filters: chips and facets.

pub mod chips;
pub mod facets;
pub mod list_tabs;
pub mod name_facets;
pub mod saved_searches;
