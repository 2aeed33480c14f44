//! Filters: chips and facets.

pub mod chips;
pub mod facets;
pub mod saved_searches;
