//! Summary of an article for list views.

use super::{Article, BLOCK_SEPARATOR, Block, Document, Id, ImageUrl, Inline, Lang, Timestamp};
use serde::{Deserialize, Serialize};

/// List row of an article, derived from that article alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Id of the article.
    pub id: Id,
    /// Title.
    pub title: String,
    /// Publication time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// Source key.
    pub source: String,
    /// First authors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Language.
    pub lang: Lang,
    /// Length of the text: characters for Chinese and Japanese, words otherwise.
    pub length: u32,
    /// First words of the text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub excerpt: String,
    /// First image, if inlined as a `data:` URL: list views never contact another host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<ImageUrl>,
}

/// Length of an excerpt in full-width characters: two lines of a list on the widest screen.
const EXCERPT_CHARS: usize = 72;
/// Largest inlined image that a row carries, in bytes of its URL.
pub const MAX_THUMBNAIL_BYTES: usize = 24 * 1024;

/// Number of authors that a row names.
const MAX_AUTHORS: usize = 2;

impl Row {
    /// Derives the row of `article`.
    pub fn from_article(article: &Article) -> Row {
        let picture = article.body.first_figure().filter(|figure| !figure.is_only_archived());
        Row {
            id: article.id,
            title: article.title.clone(),
            time: article.time,
            source: article.source.clone(),
            authors: article.details.authors.iter().take(MAX_AUTHORS).cloned().collect(),
            lang: article.lang,
            length: text_length(article),
            excerpt: excerpt(&article.body),
            picture: picture
                .map(|figure| &figure.src)
                .filter(|src| src.is_local() && src.as_str().len() <= MAX_THUMBNAIL_BYTES)
                .cloned(),
        }
    }

    /// Returns the reading time in minutes, at least 1: 400 characters or 220 words per minute.
    pub fn reading_minutes(&self) -> u32 {
        reading_minutes(self.length, self.lang)
    }

    /// Returns the reading time in seconds, to compare articles in different languages.
    pub fn reading_seconds(&self) -> u32 {
        self.length.saturating_mul(60) / units_per_minute(self.lang)
    }
}

impl Article {
    /// Returns the reading time in minutes, as the row states it.
    pub fn reading_minutes(&self) -> u32 {
        reading_minutes(text_length(self), self.lang)
    }
}

fn reading_minutes(length: u32, lang: Lang) -> u32 {
    length.div_ceil(units_per_minute(lang)).max(1)
}

/// Reading speed in characters or words per minute.
fn units_per_minute(lang: Lang) -> u32 {
    if lang.counts_characters() { 400 } else { 220 }
}

fn text_length(article: &Article) -> u32 {
    let mut text = String::new();
    article.body.push_text(&mut text);
    let count = if article.lang.counts_characters() {
        // Most characters are Han, which are letters; the tables of Unicode are much slower.
        text.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric()).count()
    } else {
        text.split_whitespace().count()
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Returns true if the text ends with full-width punctuation, which brings its own space.
fn ends_with_wide_punctuation(text: &str) -> bool {
    text.trim_end_matches(['”', '’'])
        .ends_with(|c| matches!(c, '\u{3001}'..='\u{301F}' | '\u{FF01}'..='\u{FF65}') && !c.is_alphanumeric())
}

/// Returns the start of the running text without bylines before it, cut at a word boundary in scripts that have spaces.
fn excerpt(body: &Document) -> String {
    let mut text = String::new();
    body.for_each_block(|block| {
        if let Block::Lead(inlines) | Block::Paragraph(inlines) = block
            && end_of_width(&text, EXCERPT_CHARS * 2 - 1).is_none()
        {
            if text.is_empty() && is_byline(inlines) {
                return;
            }
            if !text.is_empty()
                && !text.ends_with([' ', BLOCK_SEPARATOR])
                && !ends_with_wide_punctuation(&text)
            {
                text.push(' ');
            }
            Inline::for_each_text(inlines, |piece| text.push_str(piece));
        }
    });
    let Some(end) = end_of_width(&text, EXCERPT_CHARS * 2) else { return text.trim().to_owned() };
    let mut cut = &text[..end];
    if cut.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text[end..].starts_with(|c: char| c.is_ascii_alphanumeric())
        && let Some((whole, _)) = cut.rsplit_once(|c: char| !c.is_ascii_alphanumeric())
    {
        cut = whole;
    }
    format!("{}…", cut.trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).trim())
}

/// Returns true if a paragraph states only who published the article and when, as a template printed it.
fn is_byline(inlines: &[Inline]) -> bool {
    const UPDATED: [&str; 8] =
        ["最近更新", "最后更新", "最後更新", "更新时间", "更新時間", "发布时间", "發布時間", "Last updated"];
    let mut text = String::new();
    Inline::for_each_text(inlines, |piece| text.push_str(piece));
    text.chars().nth(80).is_none()
        && !text.contains(['。', '！', '？'])
        && (UPDATED.iter().any(|words| text.contains(words))
            || text.as_bytes().windows(16).any(is_machine_time))
}

/// Returns true for a time such as `2020-06-28T12:37` or `2020-06-28 12:37`.
fn is_machine_time(text: &[u8]) -> bool {
    text.iter().zip(b"0000-00-00T00:00").all(|(&c, &form)| match form {
        b'0' => c.is_ascii_digit(),
        b'T' => c == b'T' || c == b' ',
        _ => c == form,
    })
}

/// Returns the end of the part of `text` that is at most `max` half-width columns wide; `None` for the whole text.
fn end_of_width(text: &str, max: usize) -> Option<usize> {
    let mut width = 0;
    text.char_indices().find_map(|(at, c)| {
        width += display_width(c);
        (width > max).then_some(at)
    })
}

/// Returns the display width of a character in half-width columns: 1 for Latin, 2 for CJK.
pub fn display_width(c: char) -> usize {
    if u32::from(c) < 0x1100 { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpt_begins_after_printed_bylines_and_joins_paragraphs() {
        let excerpt = |lines: &[&str]| {
            let paragraph = |line: &&str| Block::Paragraph(vec![Inline::Text((*line).into())]);
            Row::from_article(&Article::from_blocks("题", lines.iter().map(paragraph).collect())).excerpt
        };
        for byline in [
            "Ada Tide 2020-06-28T12:37:43.459Z",
            "null 江上 2020-08-05T08:24:52.719Z",
            "ADA TIDE,ADA TIDE 2020-07-23 10:58:30",
            "2020年11月3日凌晨3点44分 最近更新： 16 分钟前",
        ] {
            assert_eq!(excerpt(&[byline, "江水退了。"]), "江水退了。");
        }
        for text in ["七月，江水退了。", "他说：“江水退了。”"] {
            assert_eq!(excerpt(&[text, "江水。"]), format!("{text}江水。"));
        }
        for text in ["2020年7月1日江水退了", "The tide fell.", "她说“退了”", "自六月起停航", "2020-06-28"]
        {
            assert_eq!(excerpt(&[text, "江水。"]), format!("{text} 江水。"));
        }
    }
}
