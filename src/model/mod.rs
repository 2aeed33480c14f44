//! Data model of an article: plain values without I/O, shared by the bundler, the command line and the app.
//!
//! Untrusted HTML becomes a [`Document`], a tree of allowed blocks and inlines in which every URL has been
//! checked. Anything the tree cannot express cannot reach a reader. Decoding a tree from JSON repeats the
//! checks, because an archive can come from any host.
//!
//! ```
//! use sheaf::model::{Block, Document, Inline};
//! let body = Document::new(vec![Block::Paragraph(vec![Inline::text("江水退了。")])]);
//! assert_eq!(serde_json::to_string(&body).unwrap(), r#"[{"p":["江水退了。"]}]"#);
//! ```

mod clamp;
pub use clamp::clamp;
mod url_display;
pub use url_display::{display_url, site_name};
mod address;
mod article;
mod date_time;
mod document;
mod hash;
mod id;
mod inline;
mod iso_media;
mod language;
mod note_mark;
mod readable_text;
mod row_summary;
mod tracking;
mod url;
mod walk;

pub use address::normalize;
pub use article::{Article, ArticleDetails, EarlierVersion};
pub use date_time::{Date, MONTH_NAMES, Timestamp, ZoneLabel};
pub use document::{BLOCK_SEPARATOR, Block, Cell, Document, Figure, List, ListMarker};
pub use hash::{Hash, content_hash, is_content_hash};
pub use id::Id;
pub use inline::{Href, Inline};
pub use iso_media::{is_avif, iso_brands};
pub use language::Lang;
pub use readable_text::ReadableText;
pub use row_summary::{MAX_THUMBNAIL_BYTES, Row, display_width};
pub use tracking::TRACKING_PARAMETERS;
pub(crate) use url::strip_http_scheme;
pub use url::{ArchivedImage, ImageUrl, Url};
pub use walk::{
    Node, TextLine, TextLineMut, Visitor, for_each_block_mut, for_each_inline_mut, walk_blocks, walk_inlines,
};
