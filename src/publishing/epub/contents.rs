//! Table of contents by day and source, title page, and the appendix of annotations.

use super::chapter::{close_page, open_page};
use super::texts::EpubTexts;
use super::{Chapter, EpubInfo};
use crate::model::{Date, Id, Lang};
use crate::publishing::MarkupWriter;
use crate::user_data::annotations::ArticleAnnotations;
use std::collections::HashMap;

/// Returns the file of the contents: chapters by day and source, and the appendix. `chapters` are in reading order.
pub fn contents_page(chapters: &[Chapter], lang: Lang, has_annotations: bool) -> String {
    let texts = EpubTexts::new(lang);
    let mut page = open_page(texts.contents, lang, false, "");
    page.raw("<body><nav epub:type=\"toc\" id=\"toc\" role=\"doc-toc\">");
    page.element("h1", &[], texts.contents).raw("<ol>");
    let has_days = chapters.windows(2).any(|pair| pair[0].date() != pair[1].date());
    let has_sources = chapters.windows(2).any(|pair| pair[0].source != pair[1].source);
    for day in chapters.chunk_by(|a, b| a.date() == b.date()) {
        if has_days {
            let name = day[0].date().map_or_else(|| texts.undated.to_owned(), |date| date.to_string());
            open_group(&mut page, &day[0], &name);
        }
        for source in day.chunk_by(|a, b| a.source == b.source) {
            if has_sources {
                open_group(&mut page, &source[0], &source[0].source);
            }
            for chapter in source {
                page.raw("<li>");
                link(&mut page, chapter, lang);
                page.raw("</li>\n");
            }
            close_group(&mut page, has_sources);
        }
        close_group(&mut page, has_days);
    }
    if has_annotations {
        page.raw("<li>").element("a", &[("href", "annotations.xhtml")], texts.annotations).raw("</li>");
    }
    page.raw("</ol></nav>");
    close_page(page)
}

/// Writes the title of a chapter as a link. `lang` is the language of the page.
fn link(page: &mut MarkupWriter, chapter: &Chapter, lang: Lang) {
    let (path, tag) = (chapter.path(), chapter.lang.tag());
    let mut attributes = vec![("href", path.as_str())];
    if chapter.lang != lang {
        attributes.extend([("lang", tag), ("xml:lang", tag)]);
    }
    if chapter.is_rtl {
        attributes.push(("dir", "rtl"));
    }
    page.element("a", &attributes, &chapter.title);
}

/// Begins a group of chapters. Its link leads to the first, because some reading systems omit headings without link.
fn open_group(page: &mut MarkupWriter, first: &Chapter, name: &str) {
    page.raw("<li>").element("a", &[("href", &first.path())], name).raw("<ol>\n");
}

fn close_group(page: &mut MarkupWriter, is_open: bool) {
    if is_open {
        page.raw("</ol></li>\n");
    }
}

/// Returns the title page.
pub fn title_page(info: &EpubInfo, chapters: &[Chapter], lang: Lang) -> String {
    let texts = EpubTexts::new(lang);
    let mut page = open_page(&info.title(chapters), lang, false, "");
    page.raw("<body epub:type=\"titlepage\" class=\"title\">");
    page.element("h1", &[], if info.query.is_empty() { &info.archive } else { &info.query });
    if !info.query.is_empty() {
        page.element("p", &[("class", "about")], &info.archive);
    }
    let dates = || chapters.iter().filter_map(Chapter::date);
    let period = match (dates().min(), dates().max()) {
        (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
        (Some(only), _) => Date::to_string(&only),
        _ => String::new(),
    };
    for (class, line) in [("about", texts.article_count(chapters.len())), ("period", period)] {
        if !line.is_empty() {
            page.element("p", &[("class", class)], &line);
        }
    }
    close_page(page)
}

/// Returns the appendix: quotes and notes of each article. `ids` maps the ids of annotated articles to chapters.
pub fn annotations_page(
    noted: &[ArticleAnnotations],
    chapters: &HashMap<Id, &Chapter>,
    lang: Lang,
) -> String {
    let texts = EpubTexts::new(lang);
    let mut page = open_page(texts.annotations, lang, false, "");
    page.raw("<body epub:type=\"appendix\">").element("h1", &[], texts.annotations);
    for ArticleAnnotations { article, annotations, .. } in noted {
        let Some(chapter) = chapters.get(article) else { continue };
        page.raw("<h2>");
        link(&mut page, chapter, lang);
        page.raw("</h2>");
        for (_, one) in annotations {
            page.open("blockquote", &[("lang", chapter.lang.tag()), ("xml:lang", chapter.lang.tag())]);
            write_lines(&mut page, &one.quote, "quote");
            page.close("blockquote");
            write_lines(&mut page, &one.note, "note");
        }
    }
    close_page(page)
}

fn write_lines(page: &mut MarkupWriter, text: &str, class: &str) {
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        page.element("p", &[("class", class)], line);
    }
}
