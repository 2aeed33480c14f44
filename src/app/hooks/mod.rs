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
pub use flags::{locate, use_flags};
pub use focus::{use_covered, use_focus, use_lost_focus, use_modal};
pub use media::{Layout, media_listener, use_layout, use_media};
pub use pages::{Pages, RowAt, use_pages};
pub use route::{Overlays, Place, Route, use_overlay, use_route};
pub use search::{Asked, Job, Search, start, total, use_search};
