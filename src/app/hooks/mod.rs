//! Hooks: state and event listeners of components.

mod effect;
mod escape;
mod flags;
mod focus;
mod media;
mod pages;
mod route;
mod search;

pub use effect::use_effect_with;
pub use escape::use_escape;
pub use flags::{locate_all, use_article_flags};
pub use focus::{use_restore_focus, use_focus, use_focus_fallback, use_modal};
pub use media::{WindowLayout, media_listener, use_layout, use_media};
pub use pages::{Catalogue, CatalogueRow, use_catalogue};
pub use route::{Overlays, ScrollPosition, Route, use_overlay, use_route};
pub use search::{CountRequest, SearchRequest, SearchState, start_search, count_hits, use_search};
