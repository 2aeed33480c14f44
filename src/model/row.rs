//! What a list shows of an article.

use super::article::Article;
use super::document::{BLOCK_BORDER, Block};
use super::id::Id;
use super::inline::Inline;
use super::lang::Lang;
use super::time::Timestamp;
use super::url::ImageUrl;
use serde::{Deserialize, Serialize};

/// The row of an article, derived from the article alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The article.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// The key of its source.
    pub source: String,
    /// Its language.
    pub lang: Lang,
    /// How long its text is: characters for Chinese and Japanese, words otherwise.
    pub length: u32,
    /// How the text begins.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub excerpt: String,
    /// Its first picture, if it lies in the archive: a list asks no other host for anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<ImageUrl>,
}

/// Two lines of a list on the widest screen, in characters as wide as a Chinese one.
const EXCERPT: usize = 72;
/// A picture inside the archive that is larger than this stays out of the list.
const PICTURE_BYTES: usize = 24 * 1024;

impl Row {
    /// The row of `article`.
    pub fn of(article: &Article) -> Row {
        let picture = article.body.picture().map(|figure| &figure.src);
        Row {
            id: article.id,
            title: article.title.clone(),
            time: article.time,
            source: article.source.clone(),
            lang: article.lang,
            length: length(article),
            excerpt: excerpt(&article.body.blocks),
            picture: picture.filter(|src| src.is_local() && src.as_str().len() <= PICTURE_BYTES).cloned(),
        }
    }

    /// Minutes to read it: 400 characters or 220 words a minute, at least one.
    pub fn minutes(&self) -> u32 {
        self.length.div_ceil(self.pace()).max(1)
    }

    /// How long it is to read, in seconds: what compares articles in different languages.
    pub fn seconds(&self) -> u32 {
        self.length.saturating_mul(60) / self.pace()
    }

    /// Characters or words a minute.
    fn pace(&self) -> u32 {
        if self.lang.counts_characters() { 400 } else { 220 }
    }
}

fn length(article: &Article) -> u32 {
    let mut text = String::new();
    article.body.push_text(&mut text);
    let count = if article.lang.counts_characters() {
        text.chars().filter(|c| c.is_alphanumeric()).count()
    } else {
        text.split_whitespace().count()
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The first words of the running text, cut between words where there are any.
fn excerpt(blocks: &[Block]) -> String {
    let mut text = String::new();
    super::document::each_block(blocks, &mut |block| {
        if let Block::Lead(inlines) | Block::Paragraph(inlines) = block
            && width(&text) < EXCERPT * 2
        {
            if !text.is_empty() && !text.ends_with([' ', BLOCK_BORDER]) {
                text.push(' ');
            }
            Inline::each_text(inlines, &mut |piece| text.push_str(piece));
        }
    });
    let mut used = 0;
    let end = text.char_indices().find_map(|(at, c)| {
        used += half_widths(c);
        (used > EXCERPT * 2).then_some(at)
    });
    let Some(end) = end else { return text.trim().to_owned() };
    let mut cut = &text[..end];
    if cut.ends_with(|c: char| c.is_ascii_alphanumeric())
        && text[end..].starts_with(|c: char| c.is_ascii_alphanumeric())
        && let Some((whole, _)) = cut.rsplit_once(|c: char| !c.is_ascii_alphanumeric())
    {
        cut = whole;
    }
    format!("{}…", cut.trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).trim())
}

fn width(text: &str) -> usize {
    text.chars().map(half_widths).sum()
}

/// How many half-widths a character takes on a line: a Latin letter one, a Chinese character two.
pub fn half_widths(c: char) -> usize {
    if u32::from(c) < 0x1100 { 1 } else { 2 }
}
