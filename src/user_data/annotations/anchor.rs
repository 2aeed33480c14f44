//! Annotation anchors: locate the annotated passage after edits to the article.
//!
//! An anchor consists of the quoted text with some context on both sides, like `TextQuoteSelector` of the W3C
//! Web Annotation Data Model. The original offset only breaks ties.

use crate::model::{Article, ReadableText};
use crate::small_sort;
use crate::text::{FoldedText, fold};
use crate::user_data::{Annotation, Millis, UserData, UserDataEdit};
use std::ops::Range;

/// Characters of context stored on each side of a quote.
const CONTEXT_CHARS: usize = 32;

/// Annotation located in the text of an open article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnchoredAnnotation {
    /// Key of its record.
    pub key: String,
    /// Byte range in the article's text.
    pub range: Range<usize>,
    /// Quoted text.
    pub quote: String,
    /// Note; may be empty.
    pub note: String,
}

/// Annotations of an article, located or orphaned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnchoredAnnotations {
    /// Located annotations in text order, without overlaps: of two that overlap the later one is shortened.
    pub anchored: Vec<AnchoredAnnotation>,
    /// Annotations whose quote no longer occurs, oldest first; their ranges are empty.
    pub orphaned: Vec<AnchoredAnnotation>,
}

impl UserData {
    /// Locates the annotations of an article in its current text.
    pub fn anchor_annotations(&self, article: &Article) -> AnchoredAnnotations {
        // Most articles have no annotations; avoid building their text.
        let has_any = self.annotations.values().any(|one| one.article == article.id);
        if has_any {
            self.anchor_annotations_in(article, &article.text())
        } else {
            AnchoredAnnotations::default()
        }
    }

    fn anchor_annotations_in(&self, article: &Article, text: &str) -> AnchoredAnnotations {
        let mut all: Vec<_> = self.annotations.iter().filter(|(_, one)| one.article == article.id).collect();
        let readable = ReadableText::new(article);
        small_sort::sort_by_key(&mut all, |(_, one)| one.time);
        let mut passages = AnchoredAnnotations::default();
        for (key, one) in all {
            let range = one.find_in(text, &readable);
            let (list, range) = match range {
                Some(range) => (&mut passages.anchored, range),
                None => (&mut passages.orphaned, 0..0),
            };
            let (quote, note) = (one.quote.clone(), one.note.clone());
            list.push(AnchoredAnnotation { key: key.clone(), range, quote, note });
        }
        small_sort::sort_by_key(&mut passages.anchored, |passage| (passage.range.start, passage.range.end));
        let mut end = 0;
        for AnchoredAnnotation { range, .. } in &mut passages.anchored {
            range.start = range.start.max(end);
            range.end = range.end.max(range.start);
            end = range.end;
        }
        passages
    }

    /// Returns the edits that annotate `range`, bytes of the article's text, under a new `key` at `time`.
    /// Overlapping annotations are merged, notes included. `None` if the range is blank or already covered.
    pub fn add_annotation(
        &self,
        article: &Article,
        range: Range<usize>,
        key: String,
        time: Millis,
    ) -> Option<(String, Vec<UserDataEdit>)> {
        let text = article.text();
        let mut range = trim_range(&text, range)?;
        let old = self.anchor_annotations_in(article, &text).anchored;
        let old: Vec<_> =
            old.into_iter().filter(|it| it.range.start < range.end && range.start < it.range.end).collect();
        if old.iter().any(|it| it.range.start <= range.start && range.end <= it.range.end) {
            return None;
        }
        for it in &old {
            range = range.start.min(it.range.start)..range.end.max(it.range.end);
        }
        let notes: Vec<_> = old.iter().map(|it| it.note.as_str()).filter(|note| !note.is_empty()).collect();
        let one =
            Annotation { note: notes.join("\n"), ..Annotation::from_range(article, &text, range, time)? };
        let mut changes: Vec<_> = old.into_iter().map(|it| UserDataEdit::Annotation(it.key, None)).collect();
        changes.push(UserDataEdit::Annotation(key.clone(), Some(one)));
        Some((key, changes))
    }

    /// Returns the edit that sets the note of an annotation; `None` if unchanged or not found.
    pub fn edit_note(&self, key: &str, note: &str, time: Millis) -> Option<UserDataEdit> {
        let one = self.annotations.get(key).filter(|one| one.note != note)?;
        let one = Annotation { note: note.to_owned(), time, ..one.clone() };
        Some(UserDataEdit::Annotation(key.to_owned(), Some(one)))
    }
}

impl Annotation {
    /// Creates an annotation of `range`, bytes of `text`, the article's text, without a note. `None` if the
    /// range is blank.
    pub fn from_range(
        article: &Article,
        text: &str,
        range: Range<usize>,
        time: Millis,
    ) -> Option<Annotation> {
        let range = trim_range(text, range)?;
        let before = text.get(..range.start)?;
        let after = text.get(range.end..)?;
        let begin = before.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(0, |(at, _)| at);
        let end = after.char_indices().nth(CONTEXT_CHARS).map_or(after.len(), |(at, _)| at);
        Some(Annotation {
            article: article.id,
            title: article.title.clone(),
            quote: text.get(range.clone())?.to_owned(),
            prefix: before.get(begin..)?.to_owned(),
            suffix: after.get(..end)?.to_owned(),
            start_byte: u32::try_from(range.start).unwrap_or(u32::MAX),
            note: String::new(),
            time,
        })
    }

    /// Locates the quote in a text. Of several occurrences the one with the longest matching context wins,
    /// then the one nearest to the original offset. Without an exact occurrence the folded texts are compared. `None`
    /// if the quote no longer occurs.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        Some(self.find_occurrence(text)?.0)
    }

    /// Locates the quote, and returns the length of the matching context as well.
    fn find_occurrence(&self, text: &str) -> Option<(Range<usize>, usize)> {
        if self.quote.is_empty() {
            return None;
        }
        self.find_exact(text).or_else(|| self.find_folded(text))
    }

    fn find_exact(&self, text: &str) -> Option<(Range<usize>, usize)> {
        let fit = |&at: &usize| {
            let before = text.get(..at).unwrap_or_default().chars().rev();
            let after = text.get(at + self.quote.len()..).unwrap_or_default().chars();
            let around = common_prefix_len(before, self.prefix.chars().rev())
                + common_prefix_len(after, self.suffix.chars());
            (around, std::cmp::Reverse(at.abs_diff(self.start_byte as usize)))
        };
        // Search from every character, because occurrences may overlap.
        let is_here = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(&self.quote));
        let at = text.char_indices().map(|(at, _)| at).filter(is_here).max_by_key(fit)?;
        Some((at..at + self.quote.len(), fit(&at).0))
    }

    /// Locates the quote in the text of an article. Quote and context may have been stored while readings and note
    /// marks were part of the text.
    fn find_in(&self, text: &str, readable: &ReadableText) -> Option<Range<usize>> {
        let found = self.find_occurrence(text);
        if !readable.has_asides() {
            return found.map(|(range, _)| range);
        }
        let with_readings = self.find_occurrence(&readable.text());
        match (found, with_readings) {
            (Some((range, context)), Some((_, other))) if context >= other => Some(range),
            (_, Some((range, _))) => {
                let range = readable.to_base(range.start)..readable.to_base(range.end);
                (!range.is_empty()).then_some(range)
            }
            (found, None) => found.map(|(range, _)| range),
        }
    }

    /// Locates the quote in a text whose characters or white space are written in another way.
    fn find_folded(&self, text: &str) -> Option<(Range<usize>, usize)> {
        let [quote, prefix, suffix] = [&self.quote, &self.prefix, &self.suffix].map(|text| fold(text));
        let folded = FoldedText::new(text);
        let text = folded.text.as_str();
        let fit = |&at: &usize| {
            // Folding trims the context, but not the text around.
            let before = text.get(..at).unwrap_or_default().trim_end_matches(' ').chars().rev();
            let after = text.get(at + quote.len()..).unwrap_or_default().trim_start_matches(' ').chars();
            let around =
                common_prefix_len(before, prefix.chars().rev()) + common_prefix_len(after, suffix.chars());
            let start = folded.source_range(at..at + quote.len()).start;
            (around, std::cmp::Reverse(start.abs_diff(self.start_byte as usize)))
        };
        let is_here = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(&quote));
        let places = text.char_indices().map(|(at, _)| at).filter(|_| !quote.is_empty());
        let at = places.filter(is_here).max_by_key(fit)?;
        Some((folded.source_range(at..at + quote.len()), fit(&at).0))
    }
}

/// Returns the length of the common prefix in characters.
fn common_prefix_len(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

/// Removes white space at both ends of `range`; `None` if nothing is left.
fn trim_range(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = text.get(range.clone())?;
    let start = range.start + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Id, Inline};
    use proptest::prelude::*;

    fn article(lines: &[String]) -> Article {
        let line = |text: &String| Block::Paragraph(vec![Inline::text(text.as_str())]);
        Article::from_blocks("渡口", lines.iter().map(line).collect())
    }

    fn marked(text: &str, highlight: &Annotation) -> Option<Range<usize>> {
        let range = highlight.find(text)?;
        assert_eq!(&text[range.clone()], highlight.quote);
        Some(range)
    }

    /// Text without repeated characters.
    fn distinct(first: u32, length: usize) -> String {
        (0..length as u32).map(|at| char::from_u32(first + at).unwrap_or('字')).collect()
    }

    proptest! {
        #[test]
        fn edits_outside_the_quote_keep_the_anchor(
            lengths in proptest::collection::vec(2..50usize, 1..8),
            start: prop::sample::Index, length in 1..60usize,
            edits in proptest::collection::vec((any::<bool>(), any::<prop::sample::Index>(), 1..40usize), 0..10),
        ) {
            let mut next = 0x4e00;
            let lines: Vec<String> = lengths.iter().map(|&length| {
                next += length as u32;
                distinct(next - length as u32, length)
            }).collect();
            let article = article(&lines);
            let mut text = article.text();
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let start = start.index(places.len());
            let end = places.get(start + length).copied().unwrap_or(text.len());
            let Some(highlight) = Annotation::from_range(&article, &text, places[start]..end, 0) else { return Ok(()) };
            let quote = highlight.quote.clone();
            prop_assert_eq!(marked(&text, &highlight).map(|range| range.start as u32), Some(highlight.start_byte));
            for (number, (remove, place, length)) in edits.into_iter().enumerate() {
                let passage = text.find(&quote).unwrap();
                let outside: Vec<usize> = text.char_indices().map(|(at, _)| at)
                    .filter(|&at| at < passage || at >= passage + quote.len()).collect();
                let Some(&at) = outside.get(place.index(outside.len().max(1))) else { continue };
                if remove {
                    text.remove(at);
                } else {
                    text.insert_str(at, &distinct(0x20000 + number as u32 * 100, length));
                }
            }
            prop_assert_eq!(marked(&text, &highlight).map(|range| range.start), text.find(&quote));
        }

        #[test]
        fn anchor_in_an_unchanged_text_keeps_its_offset(
            line in "[哈—]{1,30}", start: prop::sample::Index, length in 1..12usize,
        ) {
            let article = article(&[line]);
            let text = article.text();
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let start = start.index(places.len());
            let end = places.get(start + length).copied().unwrap_or(text.len());
            if let Some(highlight) = Annotation::from_range(&article, &text, places[start]..end, 0) {
                prop_assert_eq!(marked(&text, &highlight).map(|range| range.start), Some(highlight.start_byte as usize));
            }
        }

        #[test]
        fn arbitrary_anchor_is_found_if_its_quote_occurs(
            text in "[a-c船\n]{0,40}", quote in "[a-c船\n]{0,4}", before in "[a-c船]{0,4}", after in "[a-c船]{0,4}", at: u32,
        ) {
            let highlight = Annotation {
                article: Id::from_path("x"), title: String::new(), quote: quote.clone(), prefix: before, suffix: after, start_byte: at,
                note: String::new(), time: 0,
            };
            prop_assert_eq!(marked(&text, &highlight).is_some(), !quote.is_empty() && text.contains(&quote));
        }
    }

    #[test]
    fn quotes_written_in_another_way_are_found() {
        let article = article(&["他在 Cafe\u{301} 裡說：“江水 退了三尺。”".to_owned()]);
        let text = article.text();
        let quoted = |quote: &str| {
            let at = text.find(quote).unwrap();
            Annotation::from_range(&article, &text, at..at + quote.len(), 0).unwrap()
        };
        let edited = "渡口\n江水退了。\n他在Café里说：「江水退了三尺。」";
        for (quote, expected) in
            [("Cafe\u{301} 裡", "Café里"), ("江水 退了", "江水退了"), ("“江水 退", "「江水退")]
        {
            let range = quoted(quote).find(edited).unwrap();
            assert_eq!(&edited[range.clone()], expected);
            assert!(range.start > edited.find("他在").unwrap(), "{quote}: the context decides");
        }
        assert_eq!(quoted("退了三尺").find("渡口\n退了四尺"), None);
    }

    #[test]
    fn equal_quotes_are_distinguished_by_context() {
        let lines = ["早上船停了很久".to_owned(), "晚上船停了一会".to_owned()];
        let article = article(&lines);
        let text = article.text();
        let second = text.rfind("船停了").unwrap();
        let highlight = Annotation::from_range(&article, &text, second..second + 9, 7).unwrap();
        assert_eq!(highlight.find(&text), Some(second..second + 9));
        // The first paragraph was removed; the second occurrence moved to its offset.
        let edited = "渡口\n晚上船停了一会\n早上船停了很久";
        assert_eq!(highlight.find(edited), edited.find("船停了").map(|at| at..at + 9));
        // Without context the nearer occurrence wins.
        let bare = format!("船停了{}船停了", "，".repeat(30));
        assert_eq!(highlight.find(&bare), Some(0..9));
    }

    fn apply(kept: &mut UserData, changes: Vec<UserDataEdit>) {
        changes.into_iter().for_each(|change| drop(kept.apply(change)));
    }

    #[test]
    fn overlapping_annotations_merge_with_their_notes() {
        let article = article(&["一二三四五六七八九十".to_owned()]);
        let text = article.text();
        let at = |from: &str, to: &str| text.find(from).unwrap()..text.find(to).unwrap() + to.len();
        let mut kept = UserData::default();
        for (key, from, to, note) in [("a", "二", "三", "甲"), ("b", "六", "七", "乙"), ("c", "九", "十", "")]
        {
            let (_, changes) = kept.add_annotation(&article, at(from, to), key.into(), 1).unwrap();
            apply(&mut kept, changes);
            kept.edit_note(key, note, 2).into_iter().for_each(|change| apply(&mut kept, vec![change]));
        }
        assert_eq!(kept.add_annotation(&article, at("六", "六"), "d".into(), 3), None, "already annotated");
        let (key, changes) = kept.add_annotation(&article, at("三", "六"), "d".into(), 3).unwrap();
        apply(&mut kept, changes);
        let AnchoredAnnotations { anchored: found, orphaned: lost } = kept.anchor_annotations(&article);
        let seen: Vec<_> =
            found.iter().map(|it| (it.key.as_str(), it.quote.as_str(), it.note.as_str())).collect();
        assert_eq!((key.as_str(), seen), ("d", vec![("d", "二三四五六七", "甲\n乙"), ("c", "九十", "")]));
        assert!(lost.is_empty());
    }

    #[test]
    fn annotation_without_its_quote_is_orphaned() {
        let article = article(&["一二三四五".to_owned()]);
        let text = article.text();
        let mut kept = UserData::default();
        for (key, quote) in [("a", "二三"), ("b", "三四"), ("c", "不在")] {
            let one = Annotation {
                quote: quote.into(),
                ..Annotation::from_range(&article, &text, 0..3, 0).unwrap()
            };
            apply(&mut kept, vec![UserDataEdit::Annotation(key.into(), Some(one))]);
        }
        let AnchoredAnnotations { anchored: found, orphaned: lost } =
            kept.anchor_annotations_in(&article, "一二三四五");
        assert_eq!(found.iter().map(|it| it.range.clone()).collect::<Vec<_>>(), [3..9, 9..12], "no overlap");
        assert_eq!(lost.iter().map(|it| it.quote.as_str()).collect::<Vec<_>>(), ["不在"]);
        let other = Article { id: Id::from_path("y"), ..article };
        assert_eq!(kept.anchor_annotations_in(&other, "一二"), AnchoredAnnotations::default());
    }

    #[test]
    fn annotations_made_when_readings_were_text_are_found() {
        let ruby = |base: &str, reading: &str| Inline::Ruby(vec![Inline::text(base)], reading.into());
        let line = |start: &str| {
            Block::Paragraph(vec![
                Inline::text(start),
                ruby("码", "mǎ"),
                ruby("头", "tóu"),
                Inline::text("边上，码头有人。"),
            ])
        };
        let article = Article::from_blocks("渡口", vec![line("小船靠在"), line("大船不在")]);
        let old = Article::from_blocks(
            "渡口",
            ["小船靠在", "大船不在"]
                .map(|start| {
                    Block::Paragraph(vec![Inline::text(format!("{start}码（mǎ）头（tóu）边上，码头有人。"))])
                })
                .to_vec(),
        );
        let (text, old_text) = (article.text(), old.text());
        let second = old_text.rfind("码（").unwrap();
        let after = text.rfind("在码头边").unwrap() + "在".len();
        for (quote, expected) in [
            ("码（mǎ）头（tóu）边", after..after + "码头边".len()),
            ("头", after + "码".len()..after + "码头".len()),
            ("边上", after + "码头".len()..after + "码头边上".len()),
            ("mǎ）头", after + "码".len()..after + "码头".len()),
        ] {
            let start = second + old_text[second..].find(quote).unwrap();
            let one = Annotation::from_range(&old, &old_text, start..start + quote.len(), 0).unwrap();
            let mut kept = UserData::default();
            apply(
                &mut kept,
                vec![UserDataEdit::Annotation("a".into(), Some(Annotation { article: article.id, ..one }))],
            );
            let found = kept.anchor_annotations(&article).anchored;
            assert_eq!(found.iter().map(|it| it.range.clone()).collect::<Vec<_>>(), [expected], "{quote}");
        }
    }

    #[test]
    fn quote_is_trimmed_and_may_cross_lines() {
        let article = article(&["甲 ".to_owned(), " 乙丙".to_owned()]);
        let text = article.text();
        let all = Annotation::from_range(&article, &text, 0..text.len(), 0).unwrap();
        assert_eq!((all.quote.as_str(), all.title.as_str()), ("渡口\n甲 \n 乙丙", "渡口"));
        let space = text.find(" \n").unwrap();
        assert_eq!(Annotation::from_range(&article, &text, space..space + 3, 0), None, "white space only");
        let trimmed = Annotation::from_range(&article, &text, space - 3..space + 3, 0).unwrap();
        assert_eq!((trimmed.quote.as_str(), trimmed.prefix.as_str()), ("甲", "渡口\n"));
        assert_eq!(trimmed.find("甲不在了之后的文字里没有别的"), Some(0..3));
        assert_eq!(trimmed.find("乙"), None);
    }
}
