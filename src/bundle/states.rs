//! States that came along with exported articles, as user data that the app imports.

use crate::archive::writer::{StoredArticles, WriteError};
use crate::ingest::{Highlight, ReaderStates};
use crate::model::{Article, Id, Timestamp};
use crate::user_data::{
    Annotation, Millis, ReadingPosition, RecordKind, TextPosition, UserData, UserDataEdit, label_name,
};
use std::collections::{BTreeMap, BTreeSet};

/// States of one file.
pub(super) struct FileStates {
    /// Path of the file, as in the report.
    pub(super) path: String,
    /// Id of its article.
    pub(super) id: Id,
    pub(super) states: Box<ReaderStates>,
}

/// Returns the states of all files as records of their articles. Files of one article add up.
///
/// Keys and times depend on the exports alone, so that a second import changes nothing.
///
/// # Errors
///
/// The text of an article cannot be read.
pub(super) fn user_data(articles: &StoredArticles, files: Vec<FileStates>) -> Result<UserData, WriteError> {
    let wanted: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let mut by_path: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_id: BTreeMap<Id, usize> = BTreeMap::new();
    for (at, article) in articles.heads().iter().enumerate().filter(|_| !wanted.is_empty()) {
        let earlier = article.earlier_versions.iter().map(|version| &version.path);
        let paths = earlier.chain([&article.path]).map(String::as_str);
        by_path.extend(paths.filter(|path| wanted.contains(path)).map(|path| (path, at)));
        by_id.insert(article.id, at);
    }
    let mut data = UserData::default();
    for file in &files {
        if let Some(&at) = by_path.get(file.path.as_str()).or_else(|| by_id.get(&file.id)) {
            add_states(&mut data, &articles.load(at)?, &file.states);
        }
    }
    Ok(data)
}

/// Returns the number of records of each kind, by its name.
pub(super) fn record_counts(data: &UserData) -> BTreeMap<String, usize> {
    let counts = RecordKind::ALL.map(|kind| (kind.name().to_owned(), data.count(kind)));
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}

fn add_states(data: &mut UserData, article: &Article, states: &ReaderStates) {
    let (id, time) = (article.id, millis(states.time));
    let mut add = |edit| drop(data.apply(edit));
    if states.is_starred {
        add(UserDataEdit::Star(id, Some(time)));
    }
    if states.is_read {
        add(UserDataEdit::Read(id, Some(time)));
    } else if states.progress > 0 {
        let position = position(&article.lines(), states.progress, time);
        add(UserDataEdit::Position(id, Some(position)));
    }
    for label in states.labels.iter().filter_map(|label| label_name(label)) {
        add(UserDataEdit::Label(id, label, Some(time)));
    }
    if !states.highlights.is_empty() {
        for (key, annotation) in annotations(article, &states.highlights, time) {
            add(UserDataEdit::Annotation(key, Some(annotation)));
        }
    }
}

/// Returns the position below which `progress` thousandths of the text are left.
fn position(lines: &[String], progress: u16, time: Millis) -> ReadingPosition {
    let length = |line: &String| line.chars().count();
    let mut left = lines.iter().map(length).sum::<usize>() * usize::from(progress) / 1000;
    let mut spot = TextPosition { line: 0, char_offset: 0 };
    for (number, line) in lines.iter().enumerate() {
        spot = TextPosition { line: number, char_offset: left.min(length(line)) };
        match left.checked_sub(length(line)) {
            Some(rest) if number + 1 < lines.len() => left = rest,
            _ => break,
        }
    }
    ReadingPosition::new(lines, spot, time)
}

/// Locates the highlights in the text of `article`. A passage that does not occur there is kept by its words.
fn annotations(article: &Article, highlights: &[Highlight], time: Millis) -> Vec<(String, Annotation)> {
    let text = article.text();
    let mut repeated: BTreeMap<&str, u32> = BTreeMap::new();
    // Highlights mostly follow the text, and seldom lie in the title.
    let body = article.title.len() + 1;
    let mut start = body;
    let located = highlights.iter().map(|highlight| {
        let number = repeated.entry(&highlight.quote).and_modify(|number| *number += 1).or_default();
        let key = Id::from_path(&format!("{} {number} {}", article.id, highlight.quote)).to_string();
        let time = highlight.time.map_or(time, |time| millis(Some(time)));
        let quoted = Annotation {
            article: article.id,
            title: article.title.clone(),
            quote: highlight.quote.clone(),
            prefix: highlight.prefix.clone(),
            suffix: String::new(),
            start_byte: 0,
            note: highlight.note.clone(),
            time,
        };
        let below = |from: usize| {
            let range = quoted.find(text.get(from..)?)?;
            Some(range.start + from..range.end + from)
        };
        // Without context the order decides.
        let next = if quoted.prefix.is_empty() { below(start) } else { None };
        let range = next.or_else(|| below(body)).or_else(|| below(0));
        start = range.as_ref().map_or(start, |range| range.end);
        let located = range.and_then(|range| Annotation::from_range(article, &text, range, time));
        let annotation = match located {
            Some(located) => Annotation { note: quoted.note, ..located },
            None => quoted,
        };
        (key, annotation)
    });
    located.collect()
}

fn millis(time: Option<Timestamp>) -> Millis {
    time.map_or(0, |time| u64::try_from(time.seconds).unwrap_or(0) * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Inline};

    fn article(lines: &[&str]) -> Article {
        let line = |text: &&str| Block::Paragraph(vec![Inline::text(*text)]);
        Article { path: "a.md".into(), ..Article::from_blocks("渡船", lines.iter().map(line).collect()) }
    }

    fn highlight(quote: &str, prefix: &str) -> Highlight {
        Highlight { quote: quote.into(), prefix: prefix.into(), ..Highlight::default() }
    }

    #[test]
    fn highlights_are_located_by_context_and_order() {
        let article = article(&["渡船来了，渡船走了。", "堤上的人还在，渡船没有。"]);
        let quotes = [
            highlight("渡船", ""),
            highlight("渡船", ""),
            highlight("渡船", "还在，"),
            highlight("灯塔", ""),
        ];
        let found = annotations(&article, &quotes, 5);
        let before: Vec<_> = found.iter().map(|(_, one)| one.prefix.as_str()).collect();
        assert_eq!(before, ["渡船\n", "渡船\n渡船来了，", "渡船\n渡船来了，渡船走了。\n堤上的人还在，", ""]);
        let keys: BTreeSet<_> = found.iter().map(|(key, _)| key).collect();
        assert_eq!(keys.len(), 4);
        assert_eq!((found[3].1.quote.as_str(), found[3].1.time), ("灯塔", 5));
    }

    #[test]
    fn progress_becomes_the_position_in_the_text() {
        let lines = article(&["江水退了。", "堤上的人还在，等着渡船。"]).lines();
        for (progress, line, char_offset) in [(100, 0, 1), (500, 2, 2), (1000, 2, 12)] {
            let found = position(&lines, progress, 7);
            assert_eq!((found.line, found.char_offset, found.time), (line, char_offset, 7), "{progress}");
        }
        assert_eq!(position(&[], 500, 7).line, 0);
    }

    #[test]
    fn files_of_one_article_add_up() {
        let article = article(&["江水退了。"]);
        let states =
            |path: &str, states| FileStates { path: path.into(), id: article.id, states: Box::new(states) };
        let files = vec![
            states("a.md", ReaderStates { is_starred: true, ..ReaderStates::default() }),
            states("b.md", ReaderStates { is_read: true, progress: 300, ..ReaderStates::default() }),
            FileStates {
                id: Id::from_path("other"),
                ..states("c.md", ReaderStates { is_read: true, ..ReaderStates::default() })
            },
        ];
        let articles = StoredArticles::from_articles(vec![article], &std::env::temp_dir()).unwrap();
        let data = user_data(&articles, files).unwrap();
        assert_eq!(record_counts(&data), BTreeMap::from([("reads".into(), 1), ("stars".into(), 1)]));
    }
}
