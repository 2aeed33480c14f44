//! Filters: chips and facets.

pub mod chips;
pub mod facets;
