//! Browser services: network, storage, service worker, tabs, media session, DOM helpers.

pub mod async_value;
pub mod child_list_observer;
pub mod clock;
pub mod context;
pub mod custom_highlight;
pub mod dom;
pub mod effect;
pub mod history;
pub mod http_store;
pub mod image_hosts;
pub mod indexed_db;
pub mod local_storage;
pub mod media_query;
pub mod media_session;
pub mod rc_eq;
pub mod service_worker;
pub mod tab_channel;
pub mod web_api;
pub use async_value::{TaskToken, use_async, use_task};
pub use child_list_observer::ChildListObserver;
pub use context::{ContextValues, Provider, use_shared};
pub use effect::use_effect_with;
pub use indexed_db::DbError;
pub use media_query::{WindowLayout, media_listener, use_layout, use_media};
pub use service_worker::cached_files;
