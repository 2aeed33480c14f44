//! State of the screen as plain values: one [`RouteState`] in the URL, and everything derived from it.
//!
//! This module does not use browser APIs. Components send a [`RouteAction`] and render lists and groups of `search`,
//! and report row heights to [`RowHeights`].

mod contexts;
mod front_page;
mod history;
mod image_loading;
mod offline_state;
mod pinch_zoom;
mod range_selection;
mod route_state;
mod sparkline;
mod swipe;
mod virtual_list;

pub use contexts::{ContextStore, DynEq, ErasedValue, Subscription};
pub use front_page::{FrontArticle, FrontPageLayout, PeriodNeighbours, enclosing_period};
pub use history::{
    HistoryChange, HistoryEntry, OverlayChange, OverlayNavigation, OverlayStack, ScrollPosition,
};
pub use image_loading::{ImageSource, LoadState};
pub use offline_state::{
    CachePolicy, DownloadError, DownloadProgress, OfflineEvent, OfflineState, SiteUpdate, format_bytes,
};
pub use pinch_zoom::{PinchZoom, Point, ViewportSizes, Zoom};
pub use range_selection::{RangeDrag, RangeEnd, select_range, step_range};
pub use route_state::{RouteAction, RoutePage, RouteState};
pub use sparkline::{counts_by_year, highest_bin, month_counts_by_source, svg_path};
pub use swipe::{Swipe, SwipeSide};
pub use virtual_list::RowHeights;
