//! Highlights and notes: anchoring to a text, grouping by article, Markdown export.

mod anchor;
mod by_article;
pub use anchor::{AnchoredAnnotation, AnchoredAnnotations};
pub use by_article::{ArticleAnnotations, annotations_markdown};
