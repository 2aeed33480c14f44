//! Ingestion: turns the bytes of one file into an [`Article`] and a list of warnings.
//!
//! ```text
//! bytes ─▶ decode ─▶ header ─▶ html: guard ─▶ scraper ─▶ furniture ─▶ tree ─▶ opening ─▶ Article
//!          UTF-8     date,           bounds     DOM       named        Document  dateline,
//!          UTF-16    title, URL      and repairs          rules                  lead
//! ```
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
mod bounds;
mod char_cleanup;
mod dates;
mod decode;
mod diagnostics;
mod header;
mod html;
mod language;
mod plain_text;
mod sites;

pub use address::{article_id, canonical_address};
pub use diagnostics::{IngestError, Warning};
pub use sites::site_name;

use crate::ingest::diagnostics::Diagnostics;
use crate::model::{Article, Id};
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
}

/// Ingests one article file.
///
/// `path` is relative to the seeds folder, with `/` as separator.
///
/// # Errors
///
/// Returns a [`IngestError`] if the file is empty or not text.
pub fn ingest(path: &str, bytes: &[u8]) -> Result<Ingested, IngestError> {
    let mut found = Diagnostics::default();
    let article = ingest_into(path, bytes, &mut found)?;
    let (warnings, removed) = found.into_parts();
    Ok(Ingested { article, warnings, removed })
}

fn ingest_into(path: &str, bytes: &[u8], found: &mut Diagnostics) -> Result<Article, IngestError> {
    let text = decode::decode(bytes, found)?;
    let header = header::parse_header(&text, found);
    let source = sites::source_key(header.url.as_ref(), path);
    let context = html::BodyContext { title: &header.title, base: header.base.as_ref() };
    let body = plain_text::mark_paragraphs(header.body);
    let read = html::parse_body(&body, header.body_line, &context, found);

    let title = Some(header.title).filter(|title| !title.is_empty()).or(read.title);
    let mut article = Article {
        id: header.url.as_ref().map_or_else(|| Id::from_path(path), article_id),
        aliases: Vec::new(),
        title: title.unwrap_or_else(|| file_stem(path).to_owned()),
        url: header.url,
        time: header.time,
        source,
        lang: Default::default(),
        dateline: header.dateline.or(read.dateline),
        path: path.to_owned(),
        body: read.body,
        earlier_versions: Vec::new(),
    };
    bounds::apply(&mut article, found);
    article.lang = language::article_language(&article.title, &article.body);
    Ok(article)
}

/// Returns the name of a file without folders and extension.
fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;
