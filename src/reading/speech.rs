//! Speech script of an article: sentences for text-to-speech, and voice selection.

use crate::model::Article;
use crate::text::utterances;
use std::ops::Range;

/// Sentences of an article, in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpeechScript {
    /// Title, then the lines of the body in reading order.
    lines: Vec<String>,
    /// Line number and byte range of each sentence.
    sentences: Vec<(usize, Range<usize>)>,
}

/// Target of a skip command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkipTo {
    /// Previous sentence.
    PreviousSentence,
    /// Next sentence.
    NextSentence,
    /// Start of the current paragraph, or of the previous one if already there.
    PreviousParagraph,
    /// Next paragraph.
    NextParagraph,
}

impl SpeechScript {
    /// Splits `article` into sentences.
    pub fn new(article: &Article) -> SpeechScript {
        let lines = article.lines();
        let spoken = |(number, line): (usize, &String)| {
            utterances(line).into_iter().map(move |range| (number, range)).collect::<Vec<_>>()
        };
        let sentences = lines.iter().enumerate().flat_map(spoken).collect();
        SpeechScript { lines, sentences }
    }

    /// Returns the number of sentences.
    pub fn len(&self) -> usize {
        self.sentences.len()
    }

    /// Returns true if there is nothing to speak.
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// Returns the text of sentence `at`.
    pub fn text(&self, at: usize) -> &str {
        let spoken = self.sentences.get(at);
        spoken.and_then(|(line, range)| self.lines.get(*line)?.get(range.clone())).unwrap_or_default()
    }

    /// Returns the line number and the character range of a sentence.
    pub fn position(&self, at: usize) -> Option<(usize, Range<usize>)> {
        let (number, range) = self.sentences.get(at)?;
        let line = self.lines.get(*number)?;
        let start = line.get(..range.start)?.chars().count();
        Some((*number, start..start + line.get(range.clone())?.chars().count()))
    }

    /// Returns the first sentence of a line, or of the next line that has one.
    pub fn first_in_line(&self, line: usize) -> usize {
        self.sentences.partition_point(|(number, _)| *number < line)
    }

    /// Returns the target of a skip from sentence `at`; `None` past the ends.
    pub fn skip(&self, at: usize, way: SkipTo) -> Option<usize> {
        let line = self.sentences.get(at)?.0;
        let to = match way {
            SkipTo::PreviousSentence => at.checked_sub(1)?,
            SkipTo::NextSentence => at + 1,
            SkipTo::NextParagraph => self.first_in_line(line + 1),
            SkipTo::PreviousParagraph => match self.first_in_line(line) {
                first if first < at => first,
                first => self.first_in_line(self.sentences.get(first.checked_sub(1)?)?.0),
            },
        };
        (to < self.len()).then_some(to)
    }
}

/// Ranks a voice with the tag `voice` for a text with the tag `text`, both BCP 47. Lower is better; `None` if
/// the voice cannot speak the language. Any voice fits a text in an undetermined language.
pub fn voice_rank(voice: &str, text: &str) -> Option<u8> {
    let voice = voice.replace('_', "-").to_ascii_lowercase();
    let wanted = text.split('-').next().unwrap_or_default();
    let primary = voice.split('-').next().unwrap_or_default();
    let chinese = matches!(primary, "zh" | "cmn" | "yue");
    if wanted != "zh" {
        return (wanted == "und" || primary == wanted).then_some(0);
    }
    let hong_kong =
        primary == "yue" || ["hk", "mo", "yue"].iter().any(|part| voice.split('-').any(|one| one == *part));
    let taiwan = !hong_kong && voice.split('-').any(|part| matches!(part, "tw" | "hant"));
    let order = match (text, hong_kong, taiwan) {
        ("zh-Hant-HK", true, _) => 0,
        ("zh-Hant-HK", _, true) => 1,
        ("zh-Hant" | "zh-Hant-TW", _, true) => 0,
        ("zh-Hans", false, false) => 0,
        (_, true, _) => 3,
        ("zh-Hans", _, true) => 1,
        _ => 2,
    };
    chinese.then_some(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Inline};

    fn recital() -> SpeechScript {
        let line = |text: &str| Block::Paragraph(vec![Inline::text(text)]);
        let blocks = vec![line("船停了。𠮷灯亮了！"), line("……"), Block::Rule(()), line("没有人。")];
        let article = Article::from_blocks("渡口", blocks);
        SpeechScript::new(&article)
    }

    #[test]
    fn title_and_sentences_are_in_order_with_their_positions() {
        let recital = recital();
        let texts: Vec<_> = (0..recital.len()).map(|at| recital.text(at)).collect();
        assert_eq!(texts, ["渡口", "船停了。", "𠮷灯亮了！", "没有人。"]);
        assert_eq!(recital.position(2), Some((1, 4..9)), "characters are counted, not bytes");
        assert_eq!(recital.position(3), Some((3, 0..4)), "a line without words is counted");
        assert_eq!(recital.position(4), None);
    }

    #[test]
    fn skipping_moves_by_sentence_and_by_paragraph() {
        let recital = recital();
        let go = |at, way| recital.skip(at, way);
        assert_eq!(
            [go(0, SkipTo::PreviousSentence), go(0, SkipTo::NextSentence), go(3, SkipTo::NextSentence)],
            [None, Some(1), None]
        );
        assert_eq!([go(1, SkipTo::NextParagraph), go(3, SkipTo::NextParagraph)], [Some(3), None]);
        assert_eq!([go(2, SkipTo::PreviousParagraph), go(1, SkipTo::PreviousParagraph)], [Some(1), Some(0)]);
        assert_eq!([go(3, SkipTo::PreviousParagraph), go(0, SkipTo::PreviousParagraph)], [Some(1), None]);
        assert_eq!(recital.first_in_line(2), 3);
    }

    #[test]
    fn voices_rank_by_language_and_region() {
        let best = |text: &str| {
            let mut voices = vec!["en-US", "zh-HK", "zh_CN", "ja-JP", "zh-TW"];
            voices.retain(|voice| voice_rank(voice, text).is_some());
            voices.sort_by_key(|voice| voice_rank(voice, text));
            voices
        };
        assert_eq!(best("zh-Hans"), ["zh_CN", "zh-TW", "zh-HK"]);
        assert_eq!(best("zh-Hant-TW"), ["zh-TW", "zh_CN", "zh-HK"]);
        assert_eq!(best("zh-Hant-HK"), ["zh-HK", "zh-TW", "zh_CN"]);
        assert_eq!(best("en"), ["en-US"]);
        assert_eq!(best("und").len(), 5);
        assert_eq!(voice_rank("yue-Hant-HK", "zh-Hant-HK"), Some(0));
        assert_eq!(voice_rank("cmn-Hans-CN", "zh-Hans"), Some(0));
    }
}
