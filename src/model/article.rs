//! One article.

use super::document::Document;
use super::id::Id;
use super::lang::Lang;
use super::time::Timestamp;
use super::url::Url;
use serde::{Deserialize, Serialize};

/// An article with its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Its permanent name.
    pub id: Id,
    /// The title, entities decoded, on one line.
    pub title: String,
    /// The original's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// When it was published; nothing for an undated article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// The site it comes from, or the folder it lay in: a key, whose display name the manifest holds.
    pub source: String,
    /// The language of its text.
    pub lang: Lang,
    /// The date line that the body began with, word for word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// The file it was read from, below the seeds folder, with `/` between the parts.
    pub path: String,
    /// The body.
    pub body: Document,
    /// Earlier versions under the same address, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Earlier>,
}

/// An earlier version of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    /// When that version was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// Its title.
    pub title: String,
    /// The file it was read from.
    pub path: String,
    /// Its body, unless it lies in a pack of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Document>,
    /// The name of the pack that holds its body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
}

impl Article {
    /// The searchable text: title, blocks, captions. Index, verification, snippets and marks all use it.
    pub fn text(&self) -> String {
        let mut text = self.title.clone();
        self.body.push_text(&mut text);
        text
    }

    /// The lines of that text, the title first: numbered as [`each_line`](super::each_line) hands them out, from 1.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.title.clone()];
        super::each_line(&self.body.blocks, &mut |line| {
            let mut text = String::new();
            line.push_text(&mut text);
            lines.push(text);
        });
        lines
    }
}

#[cfg(test)]
impl Article {
    /// An article in Simplified Chinese with this title and these blocks, and nothing else.
    pub(crate) fn of_blocks(title: &str, blocks: Vec<super::Block>) -> Article {
        Article {
            id: Id::of_path(title),
            title: title.to_owned(),
            url: None,
            time: None,
            source: String::new(),
            lang: Lang::ZhHans,
            dateline: None,
            path: String::new(),
            body: Document::new(blocks),
            earlier: Vec::new(),
        }
    }
}
