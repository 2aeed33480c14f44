//! Catalogue pages: the rows of 128 consecutive articles.

use super::error::ArchiveError;
use crate::json_de;
use crate::model::{Article, Row, is_content_hash};
use serde::{Deserialize, Serialize};

/// Rows per page; the last page may have fewer.
pub const ROWS_PER_PAGE: u32 = 128;

/// Catalogue page. Contains nothing computed from articles of other pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Rows in ordinal order.
    pub rows: Vec<Row>,
    /// Packs of the rows' articles and the number of rows in each, in order. Empty in a small archive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<(String, u32)>,
}

impl Page {
    /// Creates the page of these articles, without packs.
    pub fn from_articles(articles: &[Article]) -> Page {
        Page { rows: articles.iter().map(Row::from_article).collect(), packs: Vec::new() }
    }

    /// Decodes a page of `rows` rows.
    pub fn decode(path: &str, json: &[u8], rows: u32) -> Result<Page, ArchiveError> {
        let page: Page = json_de::from_slice(json).map_err(|error| ArchiveError::damaged(path, error))?;
        if page.rows.len() != rows as usize {
            return Err(ArchiveError::damaged(
                path,
                format_args!("found {} rows, expected {rows}", page.rows.len()),
            ));
        }
        let packed: u64 = page.packs.iter().map(|&(_, count)| u64::from(count)).sum();
        if packed != u64::from(rows) || !page.packs.iter().all(|(name, _)| is_content_hash(name)) {
            return Err(ArchiveError::damaged(path, "packs do not cover all rows"));
        }
        Ok(page)
    }

    /// Returns the pack of row `index`.
    pub fn pack_of(&self, index: u32) -> Option<&str> {
        let mut end = 0;
        let pack = self.packs.iter().find(|(_, count)| {
            end += count;
            index < end
        });
        pack.map(|(name, _)| name.as_str())
    }
}
