//! Search: query language, index plans, matching, scans.
//!
//! One query string contains terms and filters. [`Query::parse`] never fails: anything that is not an
//! operator is text. A [`Plan`] lists the index terms that cover the query and ranks the candidates. A
//! [`Matcher`] verifies an article's text. Without an index, a [`Scan`] reads every text page by page and
//! computes the postings that an index would contain, so the ranking is the same.
//!
//! ```
//! use sheaf::search::{Matcher, Query};
//! use sheaf::text::fold;
//! let query = Query::parse("台灣 -選舉 source:cna.com.tw");
//! let matcher = Matcher::new(&query);
//! assert!(matcher.matches(&fold("题\n在台湾")));
//! assert!(!matcher.matches(&fold("题\n台湾的选举")));
//! ```

mod day_groups;
mod facet_counts;
mod filter;
mod histogram;
pub use day_groups::{DateGroup, DateGroups};
pub use facet_counts::{FacetCounts, ResultList, select_results, status_counts};
pub use filter::{FilterMask, StatusBitmap};
pub use histogram::{Granularity, Histogram};
mod date_period;
mod failure;
mod matcher;
mod plan;
mod query;
mod scan;

pub use date_period::Period;
pub use failure::FetchFailure;
pub use matcher::{Matcher, TextMatches, non_overlapping};
pub use plan::{Hit, Plan};
pub use query::{Filter, Query, QueryTerm, QueryToken, QueryTokenKind, Status};
pub use scan::{Scan, ScanProgress, Texts};
