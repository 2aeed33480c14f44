//! Books of articles: [EPUB 3](https://www.w3.org/TR/epub-33/).
//!
//! ```text
//! mimetype                    first, not compressed
//! META-INF/container.xml
//! EPUB/package.opf            metadata, files, reading order
//! EPUB/nav.xhtml              contents by day and source
//! EPUB/title.xhtml            title page, for more than one article
//! EPUB/text/ID.xhtml          an article
//! EPUB/annotations.xhtml      highlights and notes
//! EPUB/pictures/HASH.webp     pictures of the archive; remote ones are links
//! ```
//!
//! Same articles, same bytes: identifier and date come from the articles.

mod chapter;
mod contents;
mod link_target;
mod package;
mod picture;
mod texts;

use super::zip_writer::{ZipTooLarge, ZipWriter};
use crate::archive::reader::Store;
use crate::archive::{Archive, Manifest};
use crate::model::{Article, Block, Date, Hash, Id, Lang, Timestamp, content_hash};
use crate::small_sort;
use crate::text::{TextDirection, one_line};
use crate::user_data::UserData;
use chapter::{ChapterContext, ChapterPage, chapter_page, picture_key};
use package::{CONTAINER, CONTENTS, FALLBACK, FALLBACK_PATH, PackageFile};
use picture::{PictureFormat, decode_data_url};
use std::collections::{HashMap, HashSet};
use std::future::Future;
use texts::EpubTexts;

const STYLE: &str = include_str!("style.css");
const FALLBACK_PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 3 2\">\
<path fill=\"#bbb\" d=\"M0 0h3v2H0z\"/></svg>\n";
const XHTML: &str = "application/xhtml+xml";
/// Maximum size of a picture.
const MAX_PICTURE_BYTES: usize = 32 << 20;

/// Facts about a book.
#[derive(Clone, Debug)]
pub struct EpubInfo {
    /// Query of the articles; empty for all articles.
    query: String,
    /// Name of the archive.
    archive: String,
    /// Licence of the archive; empty if not stated.
    licence: String,
    /// True if the contents begin with the oldest day.
    oldest_first: bool,
}

impl EpubInfo {
    /// Creates the facts about a book of an archive.
    pub fn new(manifest: &Manifest, query: &str, oldest_first: bool) -> EpubInfo {
        let archive = visible_line(manifest.display_name());
        let licence = visible_line(&manifest.licence);
        EpubInfo { query: visible_line(query), archive, licence, oldest_first }
    }

    /// Returns the title of a book with these chapters.
    fn title(&self, chapters: &[Chapter]) -> String {
        match chapters {
            [chapter] => chapter.title.clone(),
            _ if self.query.is_empty() => self.archive.clone(),
            _ => [&self.query, " · ", &self.archive].concat(),
        }
    }
}

/// Compressor of the platform.
pub trait Compressor {
    /// Compresses `content` by raw deflate; `None` if that fails.
    fn deflate(&self, content: &[u8]) -> impl Future<Output = Option<Vec<u8>>>;
}

/// Book under construction.
#[derive(Debug)]
pub struct EpubBuilder<C> {
    info: EpubInfo,
    compressor: C,
    zip: ZipWriter,
    chapters: Vec<Chapter>,
    /// Pages whose links wait for the other chapters, by path.
    linking_pages: Vec<(String, ChapterPage)>,
    pictures: Vec<PackageFile>,
    /// Paths of the pictures.
    known: HashSet<String>,
    /// Hashes of the files.
    digest: Vec<String>,
}

/// Chapter, as the contents list it.
#[derive(Debug)]
struct Chapter {
    id: Id,
    aliases: Vec<Id>,
    title: String,
    source: String,
    time: Option<Timestamp>,
    lang: Lang,
    is_rtl: bool,
    authors: Vec<String>,
    tags: Vec<String>,
    address: Option<String>,
}

impl Chapter {
    fn path(&self) -> String {
        ["text/", &self.file_name()].concat()
    }

    fn file_name(&self) -> String {
        format!("{}.xhtml", self.id)
    }

    fn date(&self) -> Option<Date> {
        self.time.map(Timestamp::date)
    }

    /// Returns the authors, or else the source, if it is known.
    fn creators(&self) -> impl Iterator<Item = &str> {
        let has_name = self.authors.is_empty() && self.source.contains(char::is_alphanumeric);
        let source = has_name.then_some(self.source.as_str());
        self.authors.iter().map(String::as_str).chain(source)
    }
}

impl<C: Compressor> EpubBuilder<C> {
    /// Begins a book.
    ///
    /// # Errors
    ///
    /// None is expected here.
    pub fn new(info: EpubInfo, compressor: C) -> Result<EpubBuilder<C>, ZipTooLarge> {
        let mut zip = ZipWriter::new();
        zip.add("mimetype", b"application/epub+zip", None)?;
        zip.add("META-INF/container.xml", CONTAINER.as_bytes(), None)?;
        Ok(EpubBuilder {
            info,
            compressor,
            zip,
            chapters: Vec::new(),
            linking_pages: Vec::new(),
            pictures: Vec::new(),
            known: HashSet::new(),
            digest: Vec::new(),
        })
    }

    /// Adds an article with the pictures that the archive keeps. A picture that cannot be read becomes a link.
    ///
    /// # Errors
    ///
    /// The book exceeds the limits of the format.
    pub async fn add<S: Store>(
        &mut self,
        archive: &Archive<S>,
        article: &Article,
    ) -> Result<(), ZipTooLarge> {
        let manifest = archive.manifest();
        let mut direction = TextDirection::default();
        direction.add(&article.text());
        let title = visible_line(manifest.displayed_title(&article.source, &article.title));
        let untitled = EpubTexts::new(article.lang).untitled;
        let chapter = Chapter {
            id: article.id,
            aliases: article.aliases.clone(),
            title: if title.is_empty() { untitled.to_owned() } else { title },
            source: visible_line(manifest.source_name(&article.source)),
            time: article.time,
            lang: article.lang,
            is_rtl: direction.is_rtl().unwrap_or_default(),
            authors: visible_lines(&article.details.authors),
            tags: visible_lines(&article.details.tags),
            address: article.url.as_ref().map(ToString::to_string),
        };
        let pictures = self.add_pictures(archive, article).await?;
        let context = ChapterContext {
            title: &chapter.title,
            source: &chapter.source,
            authors: &chapter.authors,
            tags: &chapter.tags,
            is_rtl: chapter.is_rtl,
            pictures,
        };
        let page = chapter_page(article, &context);
        if page.has_links() {
            self.linking_pages.push((chapter.path(), page));
        } else {
            self.write(&chapter.path(), page.into_xhtml(|_| None).as_bytes()).await?;
        }
        self.chapters.push(chapter);
        Ok(())
    }

    /// Adds the pictures of an article. Returns their paths, by address.
    async fn add_pictures<'a, S: Store>(
        &mut self,
        archive: &Archive<S>,
        article: &'a Article,
    ) -> Result<HashMap<&'a str, String>, ZipTooLarge> {
        let mut figures = Vec::new();
        article.body.for_each_block(|block| {
            if let Block::Figure(figure) = block {
                figures.push(&**figure);
            }
        });
        let mut paths = HashMap::new();
        for figure in figures {
            let content = match &figure.archived {
                Some(image) => archive.store().read(&image.path(), MAX_PICTURE_BYTES).await.ok(),
                None if figure.src.is_local() => decode_data_url(figure.src.as_str()),
                None => None,
            };
            let Some(content) = content else { continue };
            let Some(format) = PictureFormat::from_content(&content) else { continue };
            let path = format!("pictures/{}.{}", content_hash(&content), format.extension);
            if self.known.insert(path.clone()) {
                self.digest.push(path.clone());
                self.zip.add(&format!("EPUB/{path}"), &content, None)?;
                let fallback = (!format.is_core).then_some(FALLBACK);
                let (path, media_type) = (path.clone(), format.media_type);
                self.pictures.push(PackageFile { path, media_type, fallback, is_in_spine: false });
            }
            paths.insert(picture_key(figure), path);
        }
        Ok(paths)
    }

    /// Returns the bytes of the file since the last call.
    pub fn take_bytes(&mut self) -> Vec<u8> {
        self.zip.take_bytes()
    }

    /// Writes the pages with links, contents, title page, package, and the annotations of the articles as an appendix.
    /// Links to articles of the book lead to their chapters, all others to the web. Returns the bytes since the last
    /// call of [`take_bytes`](EpubBuilder::take_bytes).
    ///
    /// # Errors
    ///
    /// The book exceeds the limits of the format.
    pub async fn finish(mut self, annotations: Option<&UserData>) -> Result<Vec<u8>, ZipTooLarge> {
        let mut chapters = std::mem::take(&mut self.chapters);
        sort_chapters(&mut chapters, self.info.oldest_first);
        let lang = main_language(&chapters);
        let aliases =
            chapters.iter().flat_map(|chapter| chapter.aliases.iter().map(move |id| (*id, chapter)));
        // An id precedes an equal alias of another chapter.
        let ids: HashMap<Id, &Chapter> =
            aliases.chain(chapters.iter().map(|chapter| (chapter.id, chapter))).collect();
        for (path, page) in std::mem::take(&mut self.linking_pages) {
            let page = page.into_xhtml(|id| ids.get(&id).map(|chapter| chapter.file_name()));
            self.write(&path, page.as_bytes()).await?;
        }
        let noted = annotations.map(|data| data.annotations_by_article(|one| ids.contains_key(&one.article)));
        let noted = noted.unwrap_or_default();

        let file = |path: &str| PackageFile {
            path: path.to_owned(),
            media_type: XHTML,
            fallback: None,
            is_in_spine: true,
        };
        let mut files = Vec::new();
        let is_collection = chapters.len() > 1;
        if is_collection {
            let page = contents::title_page(&self.info, &chapters, lang);
            files.push(file("title.xhtml"));
            self.write("title.xhtml", page.as_bytes()).await?;
        }
        let page = contents::contents_page(&chapters, lang, !noted.is_empty());
        files.push(PackageFile { is_in_spine: is_collection, ..file(CONTENTS) });
        self.write(CONTENTS, page.as_bytes()).await?;
        files.extend(chapters.iter().map(|chapter| file(&chapter.path())));
        if !noted.is_empty() {
            let page = contents::annotations_page(&noted, &ids, lang);
            files.push(file("annotations.xhtml"));
            self.write("annotations.xhtml", page.as_bytes()).await?;
        }
        let has_fallback = self.pictures.iter().any(|picture| picture.fallback.is_some());
        small_sort::sort_by_key(&mut self.pictures, |picture| picture.path.clone());
        files.append(&mut self.pictures);
        if has_fallback {
            let (media_type, is_in_spine) = ("image/svg+xml", false);
            files.push(PackageFile { media_type, is_in_spine, ..file(FALLBACK_PATH) });
            self.write(FALLBACK_PATH, FALLBACK_PICTURE.as_bytes()).await?;
        }
        files.push(PackageFile { media_type: "text/css", is_in_spine: false, ..file("style.css") });
        self.write("style.css", STYLE.as_bytes()).await?;
        small_sort::sort(&mut self.digest);
        let identifier = identifier(&self.digest.join("\n"));
        let package = package::package(&self.info, &identifier, &chapters, &files, lang);
        self.write("package.opf", package.as_bytes()).await?;
        Ok(self.zip.finish())
    }

    /// Adds a file to the book.
    async fn write(&mut self, path: &str, content: &[u8]) -> Result<(), ZipTooLarge> {
        self.digest.push(format!("{path} {}", content_hash(content)));
        let deflated = self.compressor.deflate(content).await;
        self.zip.add(&format!("EPUB/{path}"), content, deflated.as_deref())
    }
}

/// Sorts by day, source and time. Undated articles are last.
fn sort_chapters(chapters: &mut [Chapter], oldest_first: bool) {
    let order = |number: i64| if oldest_first { number } else { -number };
    let day = |chapter: &Chapter| chapter.date().map_or(i64::MAX, |date| order(date.to_days()));
    let second = |chapter: &Chapter| chapter.time.map(|time| order(time.seconds));
    small_sort::sort_by_key(chapters, |chapter| {
        (day(chapter), chapter.source.clone(), second(chapter), chapter.id)
    });
}

/// Returns the most frequent language.
fn main_language(chapters: &[Chapter]) -> Lang {
    let count = |lang: Lang| chapters.iter().filter(|chapter| chapter.lang == lang).count();
    Lang::ALL.into_iter().rev().max_by_key(|&lang| count(lang)).unwrap_or_default()
}

/// Returns the identifier of a book: a [UUID of version 8](https://www.rfc-editor.org/rfc/rfc9562#section-5.8) from a
/// digest of its files.
fn identifier(digest: &str) -> String {
    let high = Hash::new(digest.as_bytes()).high_bits(64);
    let low = Hash::new(format!("{digest}\n").as_bytes()).high_bits(62);
    let node = low & 0xFFFF_FFFF_FFFF;
    format!(
        "urn:uuid:{:08x}-{:04x}-8{:03x}-{:04x}-{node:012x}",
        high >> 32,
        high >> 16 & 0xFFFF,
        high & 0xFFF,
        0x8000 | low >> 48
    )
}

/// Returns `text` on one line, without control characters, which XML forbids.
fn visible_line(text: &str) -> String {
    one_line(&text.replace(|c: char| c.is_control() && !c.is_whitespace() || super::is_noncharacter(c), ""))
}

fn visible_lines(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| visible_line(text)).filter(|text| !text.is_empty()).collect()
}
