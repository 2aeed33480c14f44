//! State of the screen as plain values: one [`State`] in the URL, and everything derived from it.
//!
//! This module does not use browser APIs. Components send an [`Action`], render [`select`] and [`Groups`],
//! and report row heights to [`Heights`].

mod addresses;
mod bars;
mod between;
mod changes;
mod cite;
mod converted;
mod device;
mod export;
mod foreign;
mod frame;
mod front;
mod groups;
mod histogram;
mod marks;
mod numbers;
mod plots;
mod recital;
mod sections;
mod select;
mod sieve;
mod state;
mod swipe;
mod titles;
mod window;
mod zoom;

pub use addresses::{readable, site_name};
pub use bars::Bars;
pub use between::between;
pub use changes::{Changes, Kind, Line, Piece};
pub use cite::{Style, quote_link, sentence};
pub use converted::Converted;
pub use device::{Change, Device, Keeping, Trouble, Update, Wish, megabytes};
pub use export::{Entry, Format, Origin};
pub use foreign::foreign;
pub use frame::{filled_years, has_facets, has_timeline, is_latin, time_values};
pub use front::{Around, Front, Story, of_date};
pub use groups::{Group, Groups};
pub use histogram::{Histogram, Unit};
pub use marks::{Marks, Run};
pub use numbers::grouped;
pub use plots::{highest, months_by_source, outline, years};
pub use recital::{Recital, Way, suits};
pub use sections::{Section, sections};
pub use select::{Counts, Selection, select, statuses};
pub use sieve::{Flags, Sieve};
pub use state::{Action, Page, Sort, State};
pub use swipe::{Side, Swipe};
pub use titles::{Breaks, breaks};
pub use window::Heights;
pub use zoom::{Lens, Pair, Sizes, Zoom};
