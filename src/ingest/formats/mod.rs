//! Formats of article files, one module each: `detect` recognises the content, `read` returns a draft of the article.
//!
//! A format never looks at the name of a file, which says little about its content. Formats of single articles take
//! the text of the file; collections are read from a stream, item by item.

mod crawler;
mod feed;
mod json;
mod mail;
mod markdown;
pub mod omnivore;
mod page;
mod reader_json;
mod text;
mod wallabag;
mod wechat_json;

use super::diagnostics::{Diagnostics, IngestError};
use super::{ArticlePath, Ingested, Resources, decode, drafts::Draft};
use std::fmt;
use std::io::BufRead;
use std::str::FromStr;

/// Format of an article file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Crawlers' files: a comment with the time, a linked title, an underline, and HTML.
    Crawler,
    /// Markdown, with or without front matter.
    Markdown,
    /// Plain text.
    Text,
    /// Saved web page.
    Page,
    /// Mail, or a page saved as MHTML.
    Mail,
    /// File with many mails.
    Mailbox,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// JSON export of wallabag.
    Wallabag,
    /// Export of Omnivore: metadata in JSON, texts in HTML files.
    Omnivore,
    /// JSON of Google Reader, FreshRSS and Inoreader.
    ReaderJson,
    /// JSON of wechat-article-exporter.
    WechatJson,
}

/// Functions and names of a format.
struct FormatSpec {
    format: Format,
    /// Name on the command line.
    name: &'static str,
    /// Recognises the beginning of a file.
    detect: fn(&str) -> bool,
    reader: Reader,
}

/// Function that reads a format.
enum Reader {
    Article(for<'a> fn(&'a str, &mut Diagnostics) -> Draft<'a>),
    Collection(ReadCollection),
}

/// Function that passes each item of a collection to a callback.
type ReadCollection = fn(&mut dyn BufRead, &mut dyn FnMut(Item)) -> Result<(), IngestError>;

/// All formats, in the order of detection: those with an unmistakable beginning first.
const FORMATS: &[FormatSpec] = &[
    FormatSpec {
        format: Format::Wallabag,
        name: "wallabag",
        detect: wallabag::detect,
        reader: Reader::Collection(wallabag::read),
    },
    FormatSpec {
        format: Format::Omnivore,
        name: "omnivore",
        detect: omnivore::detect,
        reader: Reader::Collection(omnivore::read),
    },
    FormatSpec {
        format: Format::WechatJson,
        name: "wechat-json",
        detect: wechat_json::detect,
        reader: Reader::Collection(wechat_json::read),
    },
    FormatSpec {
        format: Format::ReaderJson,
        name: "reader-json",
        detect: reader_json::detect,
        reader: Reader::Collection(reader_json::read),
    },
    FormatSpec {
        format: Format::Feed,
        name: "feed",
        detect: feed::detect,
        reader: Reader::Collection(feed::read),
    },
    FormatSpec {
        format: Format::Mailbox,
        name: "mbox",
        detect: mail::detect_mailbox,
        reader: Reader::Collection(mail::read_mailbox),
    },
    FormatSpec {
        format: Format::Mail,
        name: "mail",
        detect: mail::detect,
        reader: Reader::Article(mail::read),
    },
    FormatSpec {
        format: Format::Page,
        name: "html",
        detect: page::detect,
        reader: Reader::Article(page::read),
    },
    // Before the crawlers' format: a bold date below the title tells the two apart.
    FormatSpec {
        format: Format::Markdown,
        name: "markdown",
        detect: markdown::detect,
        reader: Reader::Article(markdown::read),
    },
    FormatSpec {
        format: Format::Crawler,
        name: "crawler",
        detect: crawler::detect,
        reader: Reader::Article(crawler::read),
    },
    FormatSpec {
        format: Format::Text,
        name: "text",
        detect: text::detect,
        reader: Reader::Article(text::read),
    },
];

/// Length of the beginning of a file that [`Format::detect`] looks at.
pub const DETECTION_BYTES: usize = 64 * 1024;

impl Format {
    /// Returns the format of a file that begins with `head`.
    ///
    /// A file that no format claims is taken as a crawler's file without header.
    pub fn detect(head: &[u8]) -> Format {
        let text = decode::decode_head(&head[..head.len().min(DETECTION_BYTES)]);
        let text = text.trim_start();
        FORMATS.iter().find(|spec| (spec.detect)(text)).map_or(Format::Crawler, |spec| spec.format)
    }

    /// Returns the name, as given to `--format`.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// Returns the names of all formats.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|spec| spec.name)
    }

    /// Returns `true` if one file holds any number of articles.
    pub fn is_collection(self) -> bool {
        matches!(self.spec().reader, Reader::Collection(_))
    }

    fn spec(self) -> &'static FormatSpec {
        FORMATS.iter().find(|spec| spec.format == self).unwrap_or(&FORMATS[0])
    }

    /// Reads the text of a single article.
    pub(super) fn read_article<'a>(
        self,
        text: &'a str,
        found: &mut Diagnostics,
    ) -> Result<Draft<'a>, IngestError> {
        match self.spec().reader {
            Reader::Article(read) => Ok(read(text, found)),
            Reader::Collection(_) => Err(IngestError::Collection),
        }
    }

    /// Reads the items of a collection in order.
    ///
    /// # Errors
    ///
    /// The collection is damaged; items before the damage have been passed to `take`.
    pub fn read_items(self, input: &mut dyn BufRead, take: &mut dyn FnMut(Item)) -> Result<(), IngestError> {
        match self.spec().reader {
            Reader::Collection(read) => read(input, take),
            Reader::Article(_) => Err(IngestError::Collection),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Error: no format has this name.
#[derive(Debug, thiserror::Error)]
#[error("unknown format `{name}`: use one of {}", Format::names().collect::<Vec<_>>().join(", "))]
pub struct UnknownFormat {
    name: String,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Format, UnknownFormat> {
        let spec = FORMATS.iter().find(|spec| spec.name == name);
        spec.map(|spec| spec.format).ok_or_else(|| UnknownFormat { name: name.to_owned() })
    }
}

/// Item of a collection.
pub struct Item {
    /// Name inside the collection, usually its number.
    pub name: String,
    pub(super) draft: Result<Draft<'static>, IngestError>,
}

impl Item {
    /// Returns the size of the text in bytes.
    pub fn size(&self) -> usize {
        self.draft.as_ref().map_or(0, |draft| draft.body.len())
    }

    /// Returns the size in bytes of the pictures in the item.
    pub fn picture_bytes(&self) -> usize {
        self.draft.as_ref().map_or(0, |draft| draft.parts.iter().map(|part| part.bytes.len()).sum())
    }

    /// Turns the item into an article at `path`.
    ///
    /// # Errors
    ///
    /// The item holds no article.
    pub fn ingest(
        self,
        path: ArticlePath<'_>,
        resources: Option<&dyn Resources>,
    ) -> Result<Ingested, IngestError> {
        let mut found = Diagnostics::default();
        let article = self.draft?.into_article(path, resources, &mut found);
        Ok(Ingested::new(article, found))
    }
}
