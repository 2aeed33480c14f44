//! Catalogue pages: the rows of 128 consecutive articles.

use super::error::ArchiveError;
use super::manifest::is_name;
use crate::json;
use crate::model::{Article, Row};
use serde::{Deserialize, Serialize};

/// How many rows a page has; the last one has fewer.
pub const PAGE: u32 = 128;

/// A page of the catalogue. It holds nothing computed from other articles than its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The rows in order.
    pub rows: Vec<Row>,
    /// The packs the rows' articles lie in and how many of these rows each holds, in order. Empty in a
    /// small archive, which has its articles at hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<(String, u32)>,
}

impl Page {
    /// The page of these articles, without packs.
    pub fn of(articles: &[Article]) -> Page {
        Page { rows: articles.iter().map(Row::of).collect(), packs: Vec::new() }
    }

    /// Decodes a page of `rows` rows.
    pub fn decode(path: &str, json: &[u8], rows: u32) -> Result<Page, ArchiveError> {
        let page: Page = json::from_slice(json).map_err(|error| ArchiveError::damaged(path, error))?;
        if page.rows.len() != rows as usize {
            return Err(ArchiveError::damaged(
                path,
                format_args!("{} rows instead of {rows}", page.rows.len()),
            ));
        }
        let packed: u64 = page.packs.iter().map(|&(_, count)| u64::from(count)).sum();
        if packed != u64::from(rows) || !page.packs.iter().all(|(name, _)| is_name(name)) {
            return Err(ArchiveError::damaged(path, "its packs do not cover its rows"));
        }
        Ok(page)
    }

    /// The pack that row `index` lies in.
    pub fn pack_of(&self, index: u32) -> Option<&str> {
        let mut end = 0;
        let pack = self.packs.iter().find(|(_, count)| {
            end += count;
            index < end
        });
        pack.map(|(name, _)| name.as_str())
    }
}
