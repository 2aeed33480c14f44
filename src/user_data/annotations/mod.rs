//! Highlights and notes: anchoring to a text, grouping by article, Markdown export.

mod by_article;
mod anchor;
pub use by_article::{ArticleAnnotations, annotations_markdown};
pub use anchor::{AnchoredAnnotation, AnchoredAnnotations};
