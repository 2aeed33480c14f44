//! Markdown with front matter: notes of clippers and read-later services, posts of site generators.
//!
//! Also files of a crawler that writes a title, an underline, the date in bold and a body in Markdown.

mod fields;
mod front_matter;

use self::fields::read_fields;
use super::text::has_tag;
use crate::ingest::diagnostics::{Diagnostics, line_at};
use crate::ingest::drafts::Draft;
use crate::ingest::{char_cleanup, dates, header, markdown};

/// Recognises front matter, or a title with an underline and a bold date, or Markdown without tags.
pub(super) fn detect(text: &str) -> bool {
    front_matter::split(text).is_some()
        || dated_title(text).is_some()
        || !text.starts_with('<')
            && !header::is_header(text)
            && markdown::is_markdown(text)
            && !is_page_part(text)
}

/// Returns `true` if a text is HTML that happens to contain signs of Markdown.
fn is_page_part(text: &str) -> bool {
    has_tag(text) && ["<p", "<div", "<br", "<span"].iter().any(|tag| text.contains(tag))
}

/// Reads head and body.
pub(super) fn read<'a>(text: &'a str, found: &mut Diagnostics) -> Draft<'a> {
    let text_start = text.len() - text.trim_start().len();
    let trimmed = &text[text_start..];
    let mut draft = Draft::default();
    let mut body = trimmed;
    if let Some((head, rest)) = front_matter::split(trimmed) {
        draft = read_fields(&front_matter::parse(head), found);
        body = rest;
    } else if let Some(dated) = dated_title(trimmed) {
        draft.title = char_cleanup::clean_line(dated.title, |_| {});
        draft.time = dates::parse(dated.date);
        draft.set_address(dated.address);
        body = dated.body;
    }
    if draft.url.is_none() {
        draft.set_address(original_link(body));
    }
    draft.body_line = line_at(text, text.len() - body.len());
    let (html, highlights) = markdown::convert(body);
    draft.body = html.into();
    draft.states.highlights = highlights;
    draft
}

/// Title with an underline and a bold date.
struct DatedTitle<'a> {
    title: &'a str,
    address: Option<&'a str>,
    date: &'a str,
    body: &'a str,
}

fn dated_title(text: &str) -> Option<DatedTitle<'_>> {
    let (title, rest) = text.split_once('\n')?;
    let (underline, rest) = rest.split_once('\n')?;
    let underline = underline.trim();
    if underline.len() < 2 || !underline.bytes().all(|byte| byte == b'=' || byte == b'-') {
        return None;
    }
    let rest = rest.trim_start();
    let (line, body) = rest.split_once('\n').unwrap_or((rest, ""));
    let date = line.trim().strip_prefix("**")?.strip_suffix("**")?;
    dates::parse(date)?;
    let title = title.trim();
    let link = title.strip_prefix('[').and_then(|inner| inner.strip_suffix(')')?.rsplit_once("]("));
    let (title, address) = link.map_or((title, None), |(title, address)| (title, Some(address)));
    Some(DatedTitle { title, address, date, body })
}

/// Returns the address in a line `[Read Original](…)`, `- URL: …` or `原文：…`, as services write above the text.
fn original_link(body: &str) -> Option<&str> {
    /// Lines above the text.
    const LINES: usize = 30;
    body.lines().take(LINES).find_map(|line| {
        let line = line.trim_start_matches(['-', '*', '>', ' ']);
        let lower = line.to_lowercase();
        let known =
            ["[read original]", "[original]", "url:", "source:", "original:", "link:", "原文", "来源"];
        known.iter().find(|start| lower.starts_with(*start))?;
        let start = line.find("http://").or_else(|| line.find("https://"))?;
        line[start..].split([')', '>', ']', ' ', '"']).next()
    })
}

#[cfg(test)]
mod tests;
