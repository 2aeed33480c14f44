//! State of the screen as plain values: one [`State`] in the URL, and everything derived from it.
//!
//! This module does not use browser APIs. Components send an [`Action`], render [`select`] and [`Groups`],
//! and report row heights to [`Heights`].

mod histogram_bins;
mod clamp;
mod offline_state;
mod front_page;
mod sparkline;
mod route_state;
mod swipe;
mod virtual_list;
mod pinch_zoom;

pub use histogram_bins::MonthBins;
pub use clamp::clamp;
pub use offline_state::{OfflineEvent, OfflineState, DownloadProgress, DownloadError, SiteUpdate, CachePolicy, format_bytes};
pub use front_page::{PeriodNeighbours, FrontPageLayout, FrontArticle, enclosing_period};
pub use sparkline::{highest_bin, month_counts_by_source, svg_path, counts_by_year};
pub use route_state::{RouteAction, RoutePage, SortOrder, RouteState};
pub use swipe::{SwipeSide, Swipe};
pub use virtual_list::RowHeights;
pub use pinch_zoom::{PinchZoom, Point, ViewportSizes, Zoom};
