//! Article and its earlier versions.

use super::document::Document;
use super::id::Id;
use super::url::Url;
use super::{Lang, Timestamp};
use serde::{Deserialize, Serialize};

/// Article with its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Permanent id, the base of its permalink.
    pub id: Id,
    /// Ids that archives up to version 4 gave to the article. Permalinks and user data may still name them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Id>,
    /// Title on one line, entities decoded.
    pub title: String,
    /// URL of the original.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
    /// Publication time; `None` for an undated article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// Source key: the host of the URL, or else the folder of the file. The manifest maps keys to display
    /// names.
    pub source: String,
    /// Language of the text.
    pub lang: Lang,
    /// Date line at the start of the body, verbatim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<String>,
    /// Path of the source file relative to the seeds folder, separated by `/`.
    pub path: String,
    /// Body of the article.
    pub body: Document,
    /// Authors, tags and other facts that some formats state.
    #[serde(default, skip_serializing_if = "ArticleDetails::is_empty")]
    pub details: ArticleDetails,
    /// Earlier versions under the same URL, newest first.
    #[serde(rename = "earlier", default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_versions: Vec<EarlierVersion>,
}

/// Facts about an article that some formats state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleDetails {
    /// Authors, in the order of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Tags and labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Display name of the site; empty if unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub site: String,
    /// Time at which a reader saved the article. Without a publication time, this is also the article's time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<Timestamp>,
}

impl ArticleDetails {
    /// Returns `true` if nothing is known.
    pub fn is_empty(&self) -> bool {
        !self.has_names() && self.site.is_empty() && self.saved.is_none()
    }

    /// Returns `true` if the article has an author or a tag.
    pub fn has_names(&self) -> bool {
        !self.authors.is_empty() || !self.tags.is_empty()
    }
}

/// Earlier version of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EarlierVersion {
    /// Publication time of that version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// Title of that version.
    pub title: String,
    /// Path of its source file.
    pub path: String,
    /// Body, unless it is stored in a pack of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Document>,
    /// Content hash of the pack that stores the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
}

impl Article {
    /// Returns the searchable text: title, blocks, captions. Index, verification, snippets and highlights
    /// share it.
    pub fn text(&self) -> String {
        let mut text = self.title.clone();
        self.body.push_text(&mut text);
        text
    }

    /// Returns the lines of that text, title first: the title is line 0, the body begins with line 1.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.title.clone()];
        self.body.for_each_line(|line| lines.push(line.to_text()));
        lines
    }

    /// Returns the stored bodies: the newest, then those of earlier versions.
    pub fn bodies(&self) -> impl Iterator<Item = &Document> {
        let earlier = self.earlier_versions.iter().filter_map(|version| version.body.as_ref());
        std::iter::once(&self.body).chain(earlier)
    }
}

#[cfg(test)]
impl Article {
    /// Creates a Simplified Chinese test article with this title and these blocks.
    pub(crate) fn from_blocks(title: &str, blocks: Vec<super::Block>) -> Article {
        Article {
            id: Id::from_path(title),
            aliases: Vec::new(),
            title: title.to_owned(),
            url: None,
            time: None,
            source: String::new(),
            lang: Lang::ZhHans,
            dateline: None,
            path: String::new(),
            body: Document::new(blocks),
            details: Default::default(),
            earlier_versions: Vec::new(),
        }
    }
}
