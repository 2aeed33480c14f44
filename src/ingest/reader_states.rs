//! States that a reader left in the program from which articles were exported.

use crate::model::Timestamp;

/// Words that front matter has for a state that is set.
const SET: &[&str] = &["true", "yes", "1", "on"];

/// States of an article: a star, a reading mark, progress, labels, highlights with notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReaderStates {
    /// Set if the article was starred.
    pub is_starred: bool,
    /// Set if the article was read or archived.
    pub is_read: bool,
    /// Share of the text that was read, in thousandths.
    pub progress: u16,
    /// Labels of the reader; those of the publisher are tags.
    pub labels: Vec<String>,
    /// Highlights, in the order of the export.
    pub highlights: Vec<Highlight>,
    /// Time of the states; `None` if no time of the article is known.
    pub time: Option<Timestamp>,
}

/// Highlighted passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlight {
    /// Highlighted text.
    pub quote: String,
    /// Text before the highlight, as far as the export states any.
    pub prefix: String,
    /// Note; may be empty.
    pub note: String,
    /// Time of the highlight, if known.
    pub time: Option<Timestamp>,
}

impl ReaderStates {
    /// Returns `true` if nothing is set.
    pub fn is_empty(&self) -> bool {
        !self.is_starred
            && !self.is_read
            && self.progress == 0
            && self.labels.is_empty()
            && self.highlights.is_empty()
    }

    /// Sets the progress from a number of percent. A text that was read to its end is read.
    pub(super) fn set_percent(&mut self, percent: f64) {
        /// Programs seldom count the last lines.
        const READ_PERCENT: f64 = 98.0;
        self.is_read |= percent >= READ_PERCENT;
        // The value is in range, and a float that is no number becomes 0.
        self.progress = (percent.clamp(0.0, 100.0) * 10.0) as u16;
    }
}

/// Returns `true` if `word` says that a state is set.
pub(super) fn is_set(word: &str) -> bool {
    SET.iter().any(|set| word.trim().eq_ignore_ascii_case(set))
}

/// Reads highlights in Markdown: each quote is a passage, the text up to the next quote its note.
pub(super) fn from_markdown(text: &str) -> Vec<Highlight> {
    let mut highlights: Vec<Highlight> = Vec::new();
    let mut is_in_quote = false;
    for line in text.lines().map(str::trim) {
        match (line.strip_prefix('>'), highlights.last_mut()) {
            (Some(quoted), Some(highlight)) if is_in_quote => push_line(&mut highlight.quote, quoted),
            (Some(quoted), _) => {
                highlights.push(Highlight { quote: quoted.trim().to_owned(), ..Highlight::default() });
            }
            // Labels of a highlight, `#one #two`, belong to no passage.
            (None, Some(highlight)) if !is_heading_or_label(line) => push_line(&mut highlight.note, line),
            _ => {}
        }
        is_in_quote = line.starts_with('>');
    }
    highlights.retain(|highlight| !highlight.quote.is_empty());
    highlights
}

fn is_heading_or_label(line: &str) -> bool {
    line.starts_with('#') || line.len() >= 3 && line.bytes().all(|byte| matches!(byte, b'-' | b'*' | b'_'))
}

fn push_line(text: &mut String, line: &str) {
    let line = line.trim();
    if !line.is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_in_markdown_are_highlights_with_notes() {
        let text = "# 江水\n\n> 江水昨夜退了。\n>\n> 堤上的人\n> 还在。\n\n记得去看。\n第二行\n#水 #夜\n\n---\n\n> 渡船\n\n> \n";
        let found = from_markdown(text);
        let parts: Vec<_> = found.iter().map(|one| (one.quote.as_str(), one.note.as_str())).collect();
        assert_eq!(parts, [("江水昨夜退了。\n堤上的人\n还在。", "记得去看。\n第二行"), ("渡船", "")]);
        assert!(from_markdown("no quote").is_empty() && from_markdown("").is_empty());
    }

    #[test]
    fn text_read_to_its_end_is_read() {
        for (percent, progress, is_read) in [
            (0.0, 0, false),
            (41.5, 415, false),
            (98.0, 980, true),
            (250.0, 1000, true),
            (-3.0, 0, false),
            (f64::NAN, 0, false),
        ] {
            let mut states = ReaderStates::default();
            states.set_percent(percent);
            assert_eq!((states.progress, states.is_read), (progress, is_read), "{percent}");
        }
        assert!(is_set(" Yes ") && is_set("1") && !is_set("false") && !is_set(""));
    }
}
