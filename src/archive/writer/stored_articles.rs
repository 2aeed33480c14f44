//! Articles whose bodies lie in a temporary file.
//!
//! Bodies are most of an article's size. Each is written once, right after it was read, and read back by every step
//! that needs texts, so that the memory of a build hardly grows with them.

use super::format_version::document_version;
use super::temporary_file::{Place, TemporaryFile};
use super::{WriteError, format_version};
use crate::json_de;
use crate::model::{Article, Block, Document};
use crate::text::is_cjk;
use rayon::prelude::*;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Temporary file of bodies.
#[derive(Debug)]
pub struct BodyFile {
    file: TemporaryFile,
    /// First error of [`store`](BodyFile::store).
    failure: Mutex<Option<WriteError>>,
}

/// Body in a [`BodyFile`], with the facts that later steps need before its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct StoredBody {
    /// Place of the JSON.
    json: Place,
    /// Place of the searchable text, which most steps read.
    text: Place,
    /// Lowest format version whose readers can decode the body.
    format_version: u32,
    /// Number of characters of scripts without spaces.
    cjk_chars: usize,
    has_figures: bool,
}

/// Article whose bodies lie in a [`BodyFile`].
#[derive(Clone, Debug)]
pub struct StoredArticle {
    /// The article with empty bodies.
    pub head: Article,
    body: StoredBody,
    /// Bodies of the earlier versions, in their order.
    earlier_bodies: Vec<StoredBody>,
}

impl StoredArticle {
    /// Makes the displayed body of `other` the body of an earlier version, the last of all.
    pub fn push_earlier_body(&mut self, other: &StoredArticle) {
        self.earlier_bodies.push(other.body);
    }

    /// Returns the displayed body.
    pub fn body(&self) -> StoredBody {
        self.body
    }

    /// Returns the bodies of the earlier versions, in their order.
    pub fn earlier_bodies(&self) -> &[StoredBody] {
        &self.earlier_bodies
    }
}

impl BodyFile {
    /// Creates an empty file in `folder`.
    ///
    /// # Errors
    ///
    /// The folder cannot be written.
    pub fn create(folder: &Path) -> Result<BodyFile, WriteError> {
        Ok(BodyFile { file: TemporaryFile::create(folder)?, failure: Mutex::default() })
    }

    /// Stores the bodies of `article`. An error is kept for [`check`](BodyFile::check), because most callers read
    /// files where nothing else can fail.
    pub fn store(&self, mut article: Article) -> StoredArticle {
        let body = self.store_body(&std::mem::take(&mut article.body));
        let earlier = article.earlier_versions.iter_mut();
        let earlier = earlier.filter_map(|version| version.body.take());
        let earlier_bodies = earlier.map(|body| self.store_body(&body)).collect();
        // A clone has exact capacity.
        StoredArticle { head: article.clone(), body, earlier_bodies }
    }

    fn store_body(&self, body: &Document) -> StoredBody {
        if self.failure().is_some() {
            return StoredBody::default();
        }
        self.try_store_body(body).unwrap_or_else(|error| {
            self.failure().get_or_insert(error);
            StoredBody::default()
        })
    }

    fn failure(&self) -> MutexGuard<'_, Option<WriteError>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn try_store_body(&self, body: &Document) -> Result<StoredBody, WriteError> {
        let mut text = String::new();
        body.push_text(&mut text);
        let mut has_figures = false;
        body.for_each_block(|block| has_figures |= matches!(block, Block::Figure(_)));
        Ok(StoredBody {
            json: self.file.append(&serde_json::to_vec(body)?)?,
            text: self.file.append(text.as_bytes())?,
            format_version: document_version(body),
            cjk_chars: text.chars().filter(|&c| is_cjk(c)).count(),
            has_figures,
        })
    }

    /// Returns the first error of storing.
    ///
    /// # Errors
    ///
    /// A body could not be written.
    pub fn check(&self) -> Result<(), WriteError> {
        self.failure().take().map_or(Ok(()), Err)
    }

    /// Reads a body.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn load(&self, body: StoredBody) -> Result<Document, WriteError> {
        json_de::from_slice(&self.file.read(body.json)?).map_err(|_| WriteError::DamagedTemporaryFile)
    }

    /// Returns true if two bodies are equal.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn are_equal(&self, one: StoredBody, other: StoredBody) -> Result<bool, WriteError> {
        Ok(one.json.length == other.json.length
            && (one.json == other.json || self.file.read(one.json)? == self.file.read(other.json)?))
    }
}

/// Articles in the order of an archive.
#[derive(Debug)]
pub struct StoredArticles {
    heads: Vec<Article>,
    bodies: Vec<(StoredBody, Vec<StoredBody>)>,
    file: BodyFile,
}

impl StoredArticles {
    /// Creates the collection of these articles, whose bodies lie in `file`.
    pub fn new(articles: Vec<StoredArticle>, file: BodyFile) -> StoredArticles {
        let parts =
            articles.into_iter().map(|article| (article.head, (article.body, article.earlier_bodies)));
        let (heads, bodies) = parts.unzip();
        StoredArticles { heads, bodies, file }
    }

    /// Stores `articles` in a new file in `folder`.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn from_articles(articles: Vec<Article>, folder: &Path) -> Result<StoredArticles, WriteError> {
        let file = BodyFile::create(folder)?;
        let stored = articles.into_iter().map(|article| file.store(article)).collect();
        file.check()?;
        Ok(StoredArticles::new(stored, file))
    }

    /// Returns the number of articles.
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Returns true if there are none.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Returns the articles with empty bodies.
    pub fn heads(&self) -> &[Article] {
        &self.heads
    }

    /// Returns the articles with empty bodies, to change other parts.
    pub fn heads_mut(&mut self) -> &mut [Article] {
        &mut self.heads
    }

    /// Returns the folder of the temporary file.
    pub fn folder(&self) -> &Path {
        self.file.file.folder()
    }

    /// Reads the article at a position.
    ///
    /// # Errors
    ///
    /// The temporary file cannot be read.
    pub fn load(&self, at: usize) -> Result<Article, WriteError> {
        let (body, earlier_bodies) = &self.bodies[at];
        let mut article = self.heads[at].clone();
        article.body = self.file.load(*body)?;
        for (version, body) in article.earlier_versions.iter_mut().zip(earlier_bodies) {
            version.body = Some(self.file.load(*body)?);
        }
        Ok(article)
    }

    /// Reads the articles at these positions.
    ///
    /// # Errors
    ///
    /// The temporary file cannot be read.
    pub fn load_range(&self, range: Range<usize>) -> Result<Vec<Article>, WriteError> {
        range.map(|at| self.load(at)).collect()
    }

    /// Reads the last `count` articles.
    ///
    /// # Errors
    ///
    /// The temporary file cannot be read.
    pub fn load_newest(&self, count: usize) -> Result<Vec<Article>, WriteError> {
        self.load_range(self.len().saturating_sub(count)..self.len())
    }

    /// Returns the searchable text of the article at a position.
    ///
    /// # Errors
    ///
    /// The temporary file cannot be read.
    pub fn text(&self, at: usize) -> Result<String, WriteError> {
        let body = String::from_utf8(self.file.file.read(self.bodies[at].0.text)?);
        let body = body.map_err(|_| WriteError::DamagedTemporaryFile)?;
        Ok(self.heads[at].title.clone() + &body)
    }

    /// Reads the articles with figures, in order.
    pub fn with_figures(&self) -> impl DoubleEndedIterator<Item = Result<Article, WriteError>> {
        let with_figures = (0..self.len()).filter(|&at| self.has_figures(at));
        with_figures.map(|at| self.load(at))
    }

    /// Changes the bodies with figures. `change` is told if the body is an earlier version, and returns true if it has
    /// changed the body.
    ///
    /// # Errors
    ///
    /// `change` fails, or the temporary file does.
    pub fn change_figures<E: From<WriteError>>(
        &mut self,
        mut change: impl FnMut(&mut Document, bool) -> Result<bool, E>,
    ) -> Result<(), E> {
        let file = &self.file;
        for (body, earlier_bodies) in &mut self.bodies {
            let earlier_bodies = earlier_bodies.iter_mut().map(|body| (body, true));
            for (body, is_earlier) in
                earlier_bodies.chain([(body, false)]).filter(|(body, _)| body.has_figures)
            {
                let mut document = file.load(*body)?;
                if change(&mut document, is_earlier)? {
                    *body = file.try_store_body(&document)?;
                }
            }
        }
        Ok(())
    }

    fn has_figures(&self, at: usize) -> bool {
        let (body, earlier_bodies) = &self.bodies[at];
        earlier_bodies.iter().chain([body]).any(|body| body.has_figures)
    }

    /// Hands over the bodies of earlier versions, in parallel. `store` returns the name of the file that holds a body
    /// from now on.
    ///
    /// # Errors
    ///
    /// `store` fails, or the temporary file does.
    pub(super) fn extract_earlier_versions(
        &mut self,
        store: impl Fn(&Document) -> Result<String, WriteError> + Sync,
    ) -> Result<(), WriteError> {
        let file = &self.file;
        self.heads.par_iter_mut().zip(&mut self.bodies).try_for_each(|(head, (_, earlier_bodies))| {
            for (version, body) in head.earlier_versions.iter_mut().zip(std::mem::take(earlier_bodies)) {
                version.pack = Some(store(&file.load(body)?)?);
            }
            Ok(())
        })
    }

    /// Returns the lowest format version whose readers can decode the articles.
    pub(super) fn required_version(&self) -> u32 {
        let bodies = self.bodies.iter().flat_map(|(body, earlier)| earlier.iter().chain([body]));
        bodies.map(|body| body.format_version).max().unwrap_or(format_version::BASE_VERSION)
    }

    /// Returns the number of characters of scripts without spaces in all texts.
    pub(super) fn cjk_chars(&self) -> usize {
        let titles = self.heads.iter().map(|head| head.title.chars().filter(|&c| is_cjk(c)).count());
        titles.sum::<usize>() + self.bodies.iter().map(|(body, _)| body.cjk_chars).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EarlierVersion, Inline};

    fn body(text: &str) -> Document {
        Document::new(vec![Block::Paragraph(vec![Inline::text(text)])])
    }

    fn articles() -> Vec<Article> {
        let mut articles: Vec<Article> = (0..20)
            .map(|n| Article { body: body(&"江".repeat(n)), ..Article::from_blocks("渡", vec![]) })
            .collect();
        articles[3].earlier_versions = vec![EarlierVersion {
            time: None,
            title: "渡口".into(),
            path: "b.md".into(),
            body: Some(body("旧")),
            pack: None,
        }];
        articles
    }

    #[test]
    fn articles_are_read_back_whole() {
        let folder = tempfile::tempdir().unwrap();
        let mut stored = StoredArticles::from_articles(articles(), folder.path()).unwrap();
        assert_eq!(stored.load_range(0..20).unwrap(), articles());
        assert_eq!(stored.load_newest(2).unwrap(), articles()[18..]);
        assert!(stored.heads().iter().all(|head| head.body.blocks.is_empty()));
        assert_eq!(stored.text(5).unwrap(), articles()[5].text());
        assert_eq!(stored.cjk_chars(), 20 + (0..20).sum::<usize>());
        stored.extract_earlier_versions(|body| Ok(body.blocks.len().to_string())).unwrap();
        let version = &stored.load(3).unwrap().earlier_versions[0];
        assert_eq!((version.body.as_ref(), version.pack.as_deref()), (None, Some("1")));
    }

    #[test]
    fn failure_is_kept_until_the_check() {
        let folder = tempfile::tempdir().unwrap();
        let file = BodyFile { file: TemporaryFile::read_only(folder.path()), failure: Mutex::default() };
        let stored = articles().into_iter().map(|article| file.store(article));
        assert_eq!(stored.count(), 20);
        let error = file.check().unwrap_err().to_string();
        assert!(error.contains(&folder.path().display().to_string()), "{error}");
    }
}
