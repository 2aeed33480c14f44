//! Package document: metadata, files and reading order.

use super::{Chapter, EpubInfo};
use crate::model::{Date, Lang, Timestamp};
use crate::publishing::MarkupWriter;

/// File of the book that the package lists.
#[derive(Debug)]
pub struct PackageFile {
    /// Path relative to the package.
    pub path: String,
    /// Media type.
    pub media_type: &'static str,
    /// Id of the file that replaces it in reading systems that do not know its type.
    pub fallback: Option<&'static str>,
    /// True for a part of the reading order.
    pub is_in_spine: bool,
}

/// Path of the contents.
pub const CONTENTS: &str = "nav.xhtml";

/// Id of the fallback picture.
pub const FALLBACK: &str = "picture-fallback";
/// Path of the fallback picture.
pub const FALLBACK_PATH: &str = "fallback.svg";

/// File that names the package.
pub const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">\
<rootfiles><rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles>\
</container>\n";

/// Maximum number of names in the metadata of a book of many articles.
const MAX_CREATORS: usize = 5;

/// Returns the package document. `files` are in reading order.
pub fn package(
    info: &EpubInfo,
    identifier: &str,
    chapters: &[Chapter],
    files: &[PackageFile],
    lang: Lang,
) -> String {
    let mut xml = MarkupWriter::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.open(
        "package",
        &[("xmlns", "http://www.idpf.org/2007/opf"), ("version", "3.0"), ("unique-identifier", "id")],
    );
    xml.open("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")]);
    xml.element("dc:identifier", &[("id", "id")], identifier);
    xml.element("dc:title", &[], &info.title(chapters)).element("dc:language", &[], lang.tag());
    write_origin(&mut xml, info, chapters);
    xml.element("meta", &[("property", "dcterms:modified")], &modified(chapters));
    xml.close("metadata").raw("\n<manifest>\n");
    for (number, file) in files.iter().enumerate() {
        xml.raw("<item id=\"");
        match file.path.as_str() {
            FALLBACK_PATH => xml.raw(FALLBACK),
            _ => xml.raw(&format!("f{number}")),
        };
        xml.raw("\" href=\"").text(&file.path).raw("\" media-type=\"").raw(file.media_type);
        if let Some(fallback) = file.fallback {
            xml.raw("\" fallback=\"").raw(fallback);
        }
        xml.raw(if file.path == CONTENTS { "\" properties=\"nav\"/>\n" } else { "\"/>\n" });
    }
    xml.raw("</manifest>\n");
    let is_rtl = chapters.iter().filter(|chapter| chapter.is_rtl).count() * 2 > chapters.len();
    xml.raw(if is_rtl { "<spine page-progression-direction=\"rtl\">" } else { "<spine>" });
    for (number, _) in files.iter().enumerate().filter(|(_, file)| file.is_in_spine) {
        xml.raw(&format!("<itemref idref=\"f{number}\"/>\n"));
    }
    xml.raw("</spine></package>\n");
    xml.0
}

/// Writes people, publisher, dates and tags.
fn write_origin(xml: &mut MarkupWriter, info: &EpubInfo, chapters: &[Chapter]) {
    let mut creators: Vec<&str> = Vec::new();
    for name in chapters.iter().flat_map(Chapter::creators) {
        if !creators.contains(&name) && creators.len() <= MAX_CREATORS {
            creators.push(name);
        }
    }
    if creators.len() > MAX_CREATORS {
        creators = vec![&info.archive];
    }
    for name in creators {
        xml.element("dc:creator", &[], name);
    }
    xml.element("dc:publisher", &[], &info.archive);
    if let [chapter] = chapters {
        if let Some(date) = chapter.date().filter(is_common_year) {
            xml.element("dc:date", &[], &date.to_string());
        }
        if let Some(address) = &chapter.address {
            xml.element("dc:source", &[], address);
        }
        for tag in &chapter.tags {
            xml.element("dc:subject", &[], tag);
        }
    }
    if !info.licence.is_empty() {
        xml.element("dc:rights", &[], &info.licence);
    }
}

/// Returns the time of the newest article: the clock must not change the file.
fn modified(chapters: &[Chapter]) -> String {
    let newest = chapters.iter().filter_map(|chapter| chapter.time).max();
    let newest = newest.map_or(0, |time| time.seconds);
    let time = Timestamp { seconds: newest, offset: 0 };
    let time = if is_common_year(&time.date()) { time } else { Timestamp { seconds: 0, offset: 0 } };
    time.to_string()
}

/// Returns true for years of four digits.
fn is_common_year(date: &Date) -> bool {
    (1..=9999).contains(&date.year)
}
