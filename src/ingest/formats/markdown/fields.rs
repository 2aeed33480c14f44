//! Fields of an article from front matter, by the keys that programs use.

use super::front_matter::FrontMatter;
use crate::ingest::diagnostics::Diagnostics;
use crate::ingest::drafts::Draft;
use crate::ingest::{address, char_cleanup, dates, reader_states};

/// Keys of each field, the most specific first: Obsidian Web Clipper, MarkDownload, Omnivore, Readwise, Readeck,
/// Karakeep, Hugo, Jekyll.
const TITLES: &[&str] = &["title", "full title", "og:title"];
const ADDRESSES: &[&str] = &[
    "source",
    "url",
    "original_url",
    "originalurl",
    "source_url",
    "link",
    "canonical",
    "canonicalurl",
    "original",
    "permalink",
    "website",
    "原文",
    "链接",
    "来源",
];
const AUTHORS: &[&str] = &["author", "authors", "byline", "creator", "creators", "作者"];
const PUBLISHED: &[&str] = &[
    "published",
    "date_published",
    "datepublished",
    "published_at",
    "publishedat",
    "publishdate",
    "publish_date",
    "published_date",
    "pubdate",
    "date",
    "发布时间",
    "日期",
];
const SAVED: &[&str] = &[
    "created",
    "date_saved",
    "saved",
    "saved_at",
    "savedat",
    "date_added",
    "dateadded",
    "clipped",
    "created_at",
    "createdat",
    "bookmarked",
    "saved date",
    "收藏时间",
];
const TAGS: &[&str] = &["tags", "tag", "keywords", "labels", "categories", "category", "标签"];
const SITES: &[&str] = &["site", "site_name", "sitename", "publisher", "publication", "公众号"];
const STARS: &[&str] =
    &["starred", "is_starred", "favorite", "favourite", "favorited", "favourited", "is_favorite", "收藏"];
const READS: &[&str] = &["read", "is_read", "archived", "is_archived", "已读"];
const PROGRESS: &[&str] = &["progress", "reading_progress", "readingprogress", "read_progress"];
const KEYS: &[&str] = &["id", "omnivore_id", "bookmark_id", "uuid"];

/// Returns a draft without body.
pub(super) fn read_fields(head: &FrontMatter, found: &mut Diagnostics) -> Draft<'static> {
    let values = |keys: &'static [&'static str]| {
        keys.iter()
            .flat_map(|&key| head.iter().filter(move |(name, _)| name == key))
            .flat_map(|(_, values)| values)
    };
    let mut draft = Draft::default();
    if let Some(title) = values(TITLES).next() {
        draft.title = char_cleanup::clean_line(plain(title), |rule| found.count_removed(rule, 1));
    }
    // A source may also be the name of a site.
    draft.set_address(
        values(ADDRESSES).map(|text| plain(text)).find(|text| address::parse_article_url(text).is_some()),
    );
    draft.time = first_date(values(PUBLISHED), found);
    draft.saved = first_date(values(SAVED), found);
    draft.authors = values(AUTHORS).map(|author| plain(author).to_owned()).collect();
    draft.tags = values(TAGS).flat_map(|tags| tags.split(',')).map(|tag| plain(tag).to_owned()).collect();
    draft.site = values(SITES).next().map(|site| plain(site).to_owned());
    let is_set = |keys| values(keys).next().is_some_and(|word| reader_states::is_set(word));
    draft.states.is_starred = is_set(STARS);
    draft.states.is_read = is_set(READS) || values(&["state", "status"]).any(|state| is_archived(state));
    let percent = values(PROGRESS).find_map(|text| text.trim().trim_end_matches('%').parse().ok());
    draft.states.set_percent(percent.unwrap_or_default());
    draft.key = values(KEYS).next().cloned();
    draft
}

fn first_date<'a>(
    values: impl Iterator<Item = &'a String>,
    found: &mut Diagnostics,
) -> Option<crate::model::Timestamp> {
    let mut invalid = None;
    for value in values {
        match dates::parse(value) {
            Some(time) => return Some(time),
            None => invalid = invalid.or(Some(value)),
        }
    }
    if let Some(date) = invalid {
        found.warn(
            1,
            "bad-date",
            format_args!("invalid date `{date}`: use the form `2026-11-28T09:12:31+08:00`"),
        );
    }
    None
}

fn is_archived(state: &str) -> bool {
    ["archived", "read", "done", "finished"].iter().any(|name| state.trim().eq_ignore_ascii_case(name))
}

/// Removes the brackets of a wikilink, keeping its alias, and the `#` of a tag.
fn plain(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix("[[").and_then(|inner| inner.strip_suffix("]]"));
    let text = inner.map_or(text, |inner| inner.rsplit('|').next().unwrap_or(inner));
    text.strip_prefix('#').unwrap_or(text).trim()
}
