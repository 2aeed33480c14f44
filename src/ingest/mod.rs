//! Ingestion: turns the bytes of one file into articles and lists of warnings.
//!
//! ```text
//! bytes ─▶ decode ─▶ format ─▶ html: guard ─▶ scraper ─▶ furniture ─▶ tree ─▶ opening ─▶ Article
//!          UTF-8     date,           bounds     DOM       named        Document  dateline,
//!          UTF-16    title, URL      and repairs          rules                  lead
//! ```
//!
//! A [`Format`] is recognised by content. Most files hold one article; collections hold any number, and a ZIP any
//! number of files ([`zip_container`]).
//!
//! Ingestion fails only for files without any text; everything else becomes an article with [warnings](Warning). This
//! module reads no files, clocks or environment variables.
//!
//! Invariants: every visible character of the body is in the [`Document`](crate::model::Document), or was removed by
//! a named rule and counted in [`Ingested::removed`]; every URL in it is validated; time and memory are linear in the
//! size of the file, whatever its content.
//!
//! ```
//! let file = "<!--1697471101000-->\n[江水退了](https://news.example/1)\n------\n\n<p>江水昨夜退了。</p>";
//! let read = sheaf::ingest::ingest("news/1.md", file.as_bytes()).unwrap();
//! assert_eq!(read.article.title, "江水退了");
//! assert_eq!(read.article.text(), "江水退了\n江水昨夜退了。");
//! ```

mod address;
mod article_path;
mod bounds;
mod char_cleanup;
mod dates;
mod decode;
mod diagnostics;
mod drafts;
mod drawing;
pub mod formats;
mod header;
mod html;
mod language;
mod markdown;
mod plain_text;
mod reader_states;
mod resources;
mod sites;
pub mod zip_container;

pub use address::{article_id, canonical_address};
pub use article_path::ArticlePath;
pub use diagnostics::{IngestError, Warning};
pub use drawing::is_drawing;
pub use formats::Format;
pub use reader_states::{Highlight, ReaderStates};
pub use resources::{KeptPicture, PictureKeeper, Resources};
pub use sites::{keys_of_site, site_name};

use crate::ingest::diagnostics::Diagnostics;
use crate::model::Article;
use std::collections::BTreeMap;

/// Result of ingesting a file.
#[derive(Clone, Debug)]
pub struct Ingested {
    /// Article; `time` is in UTC and `earlier` is empty, since both depend on other files.
    pub article: Article,
    /// Problems worth fixing, in line order.
    pub warnings: Vec<Warning>,
    /// Number of removals from the body, by rule.
    pub removed: BTreeMap<&'static str, u32>,
    /// States from the program that exported the article, if there are any.
    pub states: Option<Box<ReaderStates>>,
}

impl Ingested {
    fn new((article, states): (Article, ReaderStates), found: Diagnostics) -> Ingested {
        let (warnings, removed) = found.into_parts();
        let states = (!states.is_empty()).then(|| Box::new(states));
        Ingested { article, warnings, removed, states }
    }
}

/// Ingests one article file of any format.
///
/// `path` is relative to the seeds folder, with `/` as separator.
///
/// # Errors
///
/// Returns an [`IngestError`] if the file is empty, not text, or a collection of articles.
pub fn ingest(path: &str, bytes: &[u8]) -> Result<Ingested, IngestError> {
    ingest_as(Format::detect(bytes), ArticlePath::from_file(path), bytes, None)
}

/// Ingests one article file as `format`. Pictures in `resources` become pictures of the archive, except in the
/// crawlers' format, which has none of its own.
///
/// # Errors
///
/// As [`ingest`].
pub fn ingest_as(
    format: Format,
    path: ArticlePath<'_>,
    bytes: &[u8],
    resources: Option<&dyn Resources>,
) -> Result<Ingested, IngestError> {
    let mut found = Diagnostics::default();
    let resources = resources.filter(|_| format != Format::Crawler);
    let article = ingest_into(format, path, bytes, resources, &mut found)?;
    Ok(Ingested::new(article, found))
}

fn ingest_into(
    format: Format,
    path: ArticlePath<'_>,
    bytes: &[u8],
    resources: Option<&dyn Resources>,
    found: &mut Diagnostics,
) -> Result<(Article, ReaderStates), IngestError> {
    let text = decode::decode(bytes, found)?;
    if format == Format::Crawler && drawing::is_only_drawing(&text) {
        return Err(IngestError::Drawing);
    }
    Ok(format.read_article(&text, found)?.into_article(path, resources, found))
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;
