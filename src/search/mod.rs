//! Search: what a query means and which articles it finds.
//!
//! One query string holds terms and filters alike; [`Query::parse`] never fails, since what cannot be read
//! as an operator is text. A [`Plan`] says which units of the index cover the terms and which articles they
//! leave, ranked; a [`Matcher`] holds an article's text against the query. Where there is no index, a [`Scan`]
//! looks at every text, page by page, and gathers what the index would have told: the ranking is the same.
//!
//! ```
//! use sheaf::search::{Matcher, Query};
//! use sheaf::text::fold;
//! let query = Query::parse("台灣 -選舉 source:cna.com.tw");
//! let matcher = Matcher::new(&query);
//! assert!(matcher.matches(&fold("题\n在台湾")));
//! assert!(!matcher.matches(&fold("题\n台湾的选举")));
//! ```

mod failure;
mod matcher;
mod period;
mod plan;
mod query;
mod scan;

pub use failure::FetchFailure;
pub use matcher::{Found, Matcher, apart};
pub use period::Period;
pub use plan::{Hit, Plan};
pub use query::{Filter, Query, Status, Term, Token, TokenKind};
pub use scan::{Scan, Step, Texts};
