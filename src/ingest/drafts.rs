//! Draft of an article: the fields and the HTML that a format found in a file.

use super::diagnostics::Diagnostics;
use super::resources::{LocalPictures, PicturePart, Resources};
use super::{ArticlePath, ReaderStates, address, bounds, char_cleanup, html, language, sites};
use crate::model::{Article, ArticleDetails, Id, Timestamp, Url};
use std::borrow::Cow;

/// Fields and body that a format found.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft<'a> {
    pub(super) title: String,
    pub(super) url: Option<Url>,
    /// Base of relative URLs.
    pub(super) base: Option<url::Url>,
    /// Id within the format, such as a number in a database.
    pub(super) key: Option<String>,
    pub(super) time: Option<Timestamp>,
    /// Time at which the reader saved the article.
    pub(super) saved: Option<Timestamp>,
    pub(super) authors: Vec<String>,
    pub(super) tags: Vec<String>,
    /// States from the program that exported the article.
    pub(super) states: ReaderStates,
    /// Display name of the site.
    pub(super) site: Option<String>,
    /// Verbatim date line.
    pub(super) dateline: Option<String>,
    /// Body as HTML.
    pub(super) body: Cow<'a, str>,
    /// Line of the file on which the body starts, counted from 1.
    pub(super) body_line: u32,
    /// Pictures in the same file.
    pub(super) parts: Vec<PicturePart>,
}

impl Draft<'_> {
    /// Sets the address of the article and the base of its links, if `text` is an address.
    pub(super) fn set_address(&mut self, text: Option<&str>) {
        if let Some((url, base)) = text.and_then(address::parse_article_url) {
            (self.url, self.base) = (Some(url), Some(base));
        }
    }

    /// Parses the body and returns the article at `path`, and its states.
    ///
    /// The id comes from the address, else from the format's own id, else from the path.
    pub(super) fn into_article(
        self,
        path: ArticlePath<'_>,
        resources: Option<&dyn Resources>,
        found: &mut Diagnostics,
    ) -> (Article, ReaderStates) {
        let source = sites::source_key(self.url.as_ref(), &path);
        let base = self.base.as_ref();
        let (parts, line) = (self.parts.as_slice(), self.body_line);
        let pictures = resources.map(|resources| LocalPictures { resources, parts, base, line });
        let context = html::BodyContext { title: &self.title, base, pictures: pictures.as_ref() };
        let read = html::parse_body(&self.body, self.body_line, &context, found);
        let title = Some(self.title).filter(|title| !title.is_empty()).or(read.title);
        let mut authors = self.authors;
        if authors.is_empty() {
            authors.extend(read.author);
        }
        let id = match (&self.url, &self.key) {
            (Some(url), _) => address::article_id(url),
            (None, Some(key)) => Id::from_path(key),
            (None, None) => Id::from_path(path.path),
        };
        match (self.time, self.saved) {
            (None, Some(_)) => {
                found.warn(1, "saved-date", "no date of publication: ordered by the date of saving");
            }
            (None, None) if !found.has_warning("no-date") && !found.has_warning("bad-date") => {
                found.warn(1, "no-date", "no date in the file");
            }
            _ => {}
        }
        let mut article = Article {
            id,
            aliases: Vec::new(),
            title: title.unwrap_or_else(|| path.stem().to_owned()),
            url: self.url,
            time: self.time.or(self.saved),
            source,
            lang: Default::default(),
            dateline: self.dateline.or(read.dateline),
            path: path.to_string(),
            body: read.body,
            details: details(authors, self.tags, self.site, self.saved),
            earlier_versions: Vec::new(),
        };
        bounds::apply(&mut article, found);
        article.lang = language::article_language(&article.title, &article.body);
        let time = self.saved.or(self.time);
        (article, ReaderStates { time: self.states.time.or(time), ..self.states })
    }
}

/// Returns the details of a draft: one line each, in order, without repetitions.
fn details(
    authors: Vec<String>,
    tags: Vec<String>,
    site: Option<String>,
    saved: Option<Timestamp>,
) -> ArticleDetails {
    ArticleDetails {
        authors: distinct_lines(authors),
        tags: distinct_lines(tags),
        site: char_cleanup::clean_line(&site.unwrap_or_default(), |_| {}),
        saved,
    }
}

fn distinct_lines(texts: Vec<String>) -> Vec<String> {
    /// Longer texts are no names.
    const MAX_CHARS: usize = 200;
    /// A page may list hundreds of keywords.
    const MAX_COUNT: usize = 64;
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        let line = char_cleanup::clean_line(&text, |_| {});
        if lines.len() < MAX_COUNT
            && !line.is_empty()
            && line.chars().count() <= MAX_CHARS
            && !lines.contains(&line)
        {
            lines.push(line);
        }
    }
    lines
}
