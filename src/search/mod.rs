//! Search: what a query means and which articles it finds.
//!
//! One query string holds terms and filters alike; [`Query::parse`] never fails, since what cannot be read
//! as an operator is text. A [`Matcher`] decides whether an article holds the terms and how well; a [`Scan`]
//! applies it to every article, page by page, asking for texts through the trait [`Texts`], so it does
//! not care whether they lie in memory, in a folder or on a distant host.
//!
//! ```
//! use sheaf::search::{Matcher, Query};
//! let query = Query::parse("台灣 -選舉 source:cna.com.tw");
//! let matcher = Matcher::new(&query);
//! assert!(matcher.judge("题\n在台湾").is_some());
//! assert!(matcher.judge("题\n台湾的选举").is_none());
//! ```

mod matcher;
mod period;
mod query;
mod scan;

pub use matcher::{Found, Judgement, Matcher};
pub use period::Period;
pub use query::{Filter, Query, Term, Token, TokenKind};
pub use scan::{Hit, Scan, Step, Texts};
