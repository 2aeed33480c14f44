//! Search: query language, index plans, matching, scans.
//!
//! One query string holds terms and filters alike; [`Query::parse`] never fails, since what cannot be read
//! as an operator is text. Parsing is cheap and needs no tables; a [`CompiledQuery`] has its terms folded once, and
//! matches texts. A [`Searcher`] runs the whole procedure over an archive: a [`Plan`] says which units of the index
//! cover the terms and which articles they leave, ranked; hits that the index leaves open are verified by their texts.
//! Without an index, or if it fails, a [`Scan`] reads every text, page by page, and gathers the data that the index would
//! have told: the ranking is the same.
//!
//! ```
//! use sheaf::search::{CompiledQuery, Query};
//! use sheaf::text::fold;
//! let query = Query::parse("台灣 -選舉 source:cna.com.tw");
//! let compiled = CompiledQuery::new(&query);
//! assert!(compiled.is_match(&fold("题\n在台湾")));
//! assert!(!compiled.is_match(&fold("题\n台湾的选举")));
//! ```

mod histogram_bins;
pub use histogram_bins::MonthBins;
mod calendar;
mod day_groups;
mod facet_counts;
mod filter;
mod histogram;
pub use calendar::{CalendarCell, CalendarPage};
pub use day_groups::{DateGroup, DateGroups};
pub use facet_counts::{FacetCounts, ResultList, select_results, status_counts};
pub use filter::{FilterMask, StatusBitmap};
pub use histogram::{Granularity, Histogram};
mod date_period;
mod date_phrase;
mod date_words;
mod failure;
mod matcher;
mod name_filter;
mod plan;
mod query;
mod query_edit;
mod query_parser;
mod query_words;
mod scan;
mod searcher;
mod sort_order;
mod spelling_suggestions;
mod spellings;
mod term_offers;

pub use date_period::Period;
pub use date_words::DateWords;
pub use failure::FetchFailure;
pub use matcher::{CompiledQuery, TextMatches, Verified, non_overlapping};
pub use name_filter::{NameKind, name_counts};
pub use plan::{Hit, Plan};
pub use query::{Filter, Query, QueryTerm, QueryToken, QueryTokenKind, Status};
pub use scan::{Scan, ScanProgress};
pub use searcher::{SearchOutcome, Searcher};
pub use sort_order::SortOrder;
pub use spelling_suggestions::{SpellingSuggestion, spelling_suggestions};
pub use term_offers::{TermOffer, TermRelation, term_offers};
