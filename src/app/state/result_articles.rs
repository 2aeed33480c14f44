//! Articles of the results, loaded one after the other.

use super::LibraryView;
use super::search::SearchTask;
use crate::app::services::TaskToken;
use crate::model::Article;
use gloo::timers::future::TimeoutFuture;
use std::iter::once;
use std::rc::Rc;

/// Loaded articles between two returns to the event loop, which are needed when all articles are cached.
const YIELD_STEP: usize = 20;

/// Article that matches the query.
pub struct ResultArticle {
    pub article: Rc<Article>,
    /// Empty if the query has no words.
    pub snippet: String,
}

/// Article that fails to load.
pub struct UnavailableArticle;

/// Reader of the results in the order of the list.
pub struct ResultArticles<'a> {
    view: &'a LibraryView,
    token: &'a TaskToken,
    /// Verifies articles; without words every row is one of the result.
    task: Option<Rc<dyn SearchTask>>,
    snippet_len: usize,
    ordinals: Box<dyn Iterator<Item = u32> + 'a>,
    loaded: usize,
}

impl<'a> ResultArticles<'a> {
    /// Creates a reader that stops when the task is cancelled. Returns `None` if the search has ended.
    pub fn new(view: &'a LibraryView, token: &'a TaskToken) -> Option<ResultArticles<'a>> {
        let task = match &view.results.search {
            Some(search) => Some(search.task.as_ref()?.get()?),
            None => None,
        };
        let ordinals = Box::new(view.results.selection.ordinals.iter().copied());
        Some(ResultArticles { view, token, task, snippet_len: 0, ordinals, loaded: 0 })
    }

    /// Adds snippets of this length.
    pub fn with_snippets(self, snippet_len: usize) -> ResultArticles<'a> {
        ResultArticles { snippet_len, ..self }
    }

    /// Adds the duplicates that share a row.
    pub fn with_duplicates(self) -> ResultArticles<'a> {
        let facets = &self.view.facets;
        let ordinals = Box::new(self.ordinals.flat_map(|ordinal| {
            let group = facets.duplicates.iter().find(|group| group.contains(&ordinal));
            let others = group.into_iter().flatten().copied().filter(move |&other| other != ordinal);
            once(ordinal).chain(others)
        }));
        ResultArticles { ordinals, ..self }
    }

    /// Returns the next article. An article of the index whose text does not match is skipped.
    pub async fn next(&mut self) -> Option<Result<ResultArticle, UnavailableArticle>> {
        while let Some(ordinal) = self.ordinals.next() {
            self.loaded += 1;
            if self.loaded.is_multiple_of(YIELD_STEP) {
                TimeoutFuture::new(0).await;
            }
            let loaded = self.load(ordinal).await;
            if !self.token.is_active() {
                return None;
            }
            match loaded {
                Some(None) => {}
                Some(Some(article)) => return Some(Ok(article)),
                None => return Some(Err(UnavailableArticle)),
            }
        }
        None
    }

    /// Loads an article; the inner value is `None` if its text does not match.
    async fn load(&self, ordinal: u32) -> Option<Option<ResultArticle>> {
        let article = self.view.archive.article(ordinal).await.ok()?;
        let Some(task) = &self.task else {
            return Some(Some(ResultArticle { article, snippet: String::new() }));
        };
        let verified = task.clone().verify(ordinal, self.snippet_len).await?;
        Some(verified.is_match.then_some(ResultArticle { article, snippet: verified.snippet.text }))
    }
}
