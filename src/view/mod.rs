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

pub use addresses::{display_url, site_name};
pub use bars::MonthBins;
pub use between::clamp;
pub use changes::{Diff, DiffKind, DiffLine, DiffSpan};
pub use cite::{CitationStyle, text_fragment_link, enclosing_sentences};
pub use converted::ConvertedArticle;
pub use device::{OfflineEvent, OfflineState, DownloadProgress, DownloadError, SiteUpdate, CachePolicy, format_bytes};
pub use export::{ExportRecord, ExportFormat, ExportHeader};
pub use foreign::span_language;
pub use frame::{years_with_articles, has_facets, has_timeline, has_latin_letters, time_value_count};
pub use front::{PeriodNeighbours, FrontPageLayout, FrontArticle, enclosing_period};
pub use groups::{DateGroup, DateGroups};
pub use histogram::{Histogram, Granularity};
pub use marks::{HighlightCursor, TextRun};
pub use numbers::format_thousands;
pub use plots::{highest_bin, month_counts_by_source, svg_path, counts_by_year};
pub use recital::{SpeechScript, SkipTo, voice_rank};
pub use sections::{TocEntry, table_of_contents};
pub use select::{FacetCounts, ResultList, select_results, status_counts};
pub use sieve::{StatusBitmap, FilterMask};
pub use state::{RouteAction, RoutePage, SortOrder, RouteState};
pub use swipe::{SwipeSide, Swipe};
pub use titles::{LineBreaks, line_breaks};
pub use window::RowHeights;
pub use zoom::{PinchZoom, Point, ViewportSizes, Zoom};
