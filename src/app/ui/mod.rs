//! Interface components shared by several pages.

pub mod article;
pub mod article_link;
pub mod chart;
pub mod condition_label;
pub mod controls;
pub mod hooks;
pub mod intersection;
pub mod label_editor;
pub mod lazy_view;
pub mod lightbox;
pub mod page_layout;
pub mod result_summary;
pub mod script_text;
pub mod slider;
pub mod title_text;
pub mod touch;
pub use article::{Scene, kicker, render_article};
pub use chart::render_axis;
pub use intersection::ViewportObserver;
pub use page_layout::SavedPageScroll;
pub mod dialog;
pub mod epub;
pub mod icon;
pub mod mark_ranges;
pub mod panel;
