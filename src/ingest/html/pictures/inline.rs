//! Images that stand for text within a line: rare characters, emoji and formulas.

use super::{file_name, icon};
use crate::ingest::address::percent_decode;
use crate::ingest::char_cleanup::clean_line;
use crate::ingest::html::formula;
use scraper::node::Element;

/// Image that may stand within a line.
pub(super) struct InlineImage {
    /// The text that the image shows, if known.
    pub(super) text: Option<String>,
    /// `true` if the text is right outside of a line as well.
    pub(super) is_certain: bool,
}

/// Returns the reading of an image with this alternative text and address, if it may stand within a line.
pub(super) fn inline_image(element: &Element, alt: &str, src: &str) -> Option<InlineImage> {
    if is_formula(element, alt, src) {
        let tex = if alt.is_empty() { tex_in(src)? } else { alt.to_owned() };
        return Some(InlineImage { text: Some(formula::tex_text(&tex)), is_certain: false });
    }
    let is_emoji = is_emoji(element, src) && !icon::is_large(element);
    if is_emoji && let Some(text) = emoji(alt, src) {
        return Some(InlineImage { text: Some(text), is_certain: true });
    }
    let fits = icon::fits_line(element);
    // A name in brackets or colons stands for an emoji of a forum.
    let is_short = alt.chars().count() <= MAX_ALT_CHARS;
    let is_named = is_short
        && ENCLOSED
            .iter()
            .any(|(open, close)| alt.len() > 2 && alt.starts_with(*open) && alt.ends_with(*close));
    let is_character = alt.chars().count() == 1;
    if !(is_emoji || fits || (is_named || is_character) && !icon::is_large(element)) {
        return None;
    }
    let label =
        if alt.is_empty() { element.attr("title").filter(|_| is_emoji).unwrap_or_default() } else { alt };
    let text = Some(clean_line(label, |_| {}))
        .filter(|text| !text.is_empty() && text.chars().count() <= MAX_ALT_CHARS);
    // A long text describes an image that only looks small.
    (text.is_some() || alt.is_empty()).then_some(InlineImage { text, is_certain: false })
}

/// Length of the longest text of a character or emoji.
const MAX_ALT_CHARS: usize = 16;

const ENCLOSED: [(char, char); 3] = [('[', ']'), (':', ':'), ('【', '】')];

fn is_emoji(element: &Element, src: &str) -> bool {
    const WORDS: [&str; 4] = ["emoji", "emoticon", "smiley", "smilies"];
    let class = element.attr("class").unwrap_or_default().to_ascii_lowercase();
    let src = src.to_ascii_lowercase();
    WORDS.iter().any(|word| class.contains(word) || src.contains(word))
        || class.split_ascii_whitespace().any(|class| class == "face")
        || src.contains("/face/")
}

/// Returns the emoji that `alt` or the file name spells.
fn emoji(alt: &str, src: &str) -> Option<String> {
    let is_symbol = |c: char| !c.is_alphabetic() && !c.is_ascii_punctuation() && !c.is_ascii_digit();
    if !alt.is_empty() && alt.chars().count() <= 8 && alt.chars().all(is_symbol) {
        return Some(alt.to_owned());
    }
    let stem = file_name(src).split('.').next().unwrap_or_default();
    let stem = stem.trim_start_matches("emoji_u").trim_start_matches(['u', 'U']);
    let code = |code: &str| {
        let is_code = (2..=6).contains(&code.len());
        u32::from_str_radix(code, 16).ok().filter(|_| is_code).and_then(char::from_u32)
    };
    let text: String = stem.split(['-', '_']).map(code).collect::<Option<_>>()?;
    let is_emoji = |c| matches!(c, '\u{203c}'..='\u{3299}' | '\u{1f000}'..='\u{1faff}');
    text.chars().any(is_emoji).then_some(text)
}

fn is_formula(element: &Element, alt: &str, src: &str) -> bool {
    const CLASSES: [&str; 6] = ["math", "latex", "tex", "equation", "formula", "eq"];
    const SOURCES: [&str; 8] = [
        "equation?tex=",
        "latex.codecogs.com",
        "latex.php?",
        "/media/math/",
        "cht=tx",
        "/svg.latex",
        "/gif.latex",
        "/png.latex",
    ];
    let class = element.attr("class").unwrap_or_default().to_ascii_lowercase();
    let has_class = class.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| CLASSES.contains(&word));
    let has_command =
        alt.match_indices('\\').any(|(at, _)| alt[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()));
    let is_drawn = SOURCES.iter().any(|source| src.contains(source)) || element.attr("eeimg").is_some();
    is_drawn || has_class && !alt.is_empty() || has_command && !alt.contains('/') && !alt.contains(":\\")
}

/// Returns the TeX in the query of a service that draws formulas.
fn tex_in(src: &str) -> Option<String> {
    let (_, query) = src.split_once('?')?;
    let named = query.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        matches!(name, "tex" | "latex" | "chl").then_some(value)
    });
    let tex = percent_decode(&named.unwrap_or(query).replace('+', " "));
    (!tex.trim().is_empty()).then_some(tex)
}
