//! Word diff of two versions of an article.
//!
//! Lines common to both versions anchor the diff. Between them words are compared, or characters in scripts
//! without spaces. The result contains every character of both versions, in order.
//!
//! ```
//! use sheaf::reading::{Diff, DiffKind};
//! let diff = Diff::new("渡口\n船停了三天", "渡口\n船停了五天");
//! let spans: Vec<_> = diff.lines[1].spans.iter().map(|span| (span.kind, span.text.as_str())).collect();
//! assert_eq!(
//!     spans,
//!     [(DiffKind::Equal, "船停了"), (DiffKind::Removed, "三"), (DiffKind::Added, "五"), (DiffKind::Equal, "天")]
//! );
//! ```

use crate::text::is_word;
use similar::algorithms::{DiffHook, myers};
use std::collections::BTreeMap;
use std::convert::Infallible;

/// Kind of a diff span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffKind {
    /// In both versions.
    Equal,
    /// Removed: in the older version only.
    Removed,
    /// Added: in the newer version only.
    Added,
}

/// Span of a line with one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffSpan {
    /// Kind of the span.
    pub kind: DiffKind,
    /// Text, never empty.
    pub text: String,
    /// Index of the change to which the span belongs; `None` for equal text.
    pub change_index: Option<usize>,
}

/// Line of either version or of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiffLine {
    /// Spans in order.
    pub spans: Vec<DiffSpan>,
    /// Kind of the line break, if only one version has a line break here.
    pub break_kind: Option<DiffKind>,
}

/// Diff of two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Lines of both versions, merged.
    pub lines: Vec<DiffLine>,
    /// Number of changes: deletions, insertions and replacements.
    pub change_count: usize,
}

/// Line end token. Each line is compared together with its line end.
const LINE_END: &str = "\n";
/// Longest run of equal words between two larger changes that counts as coincidence. Keeping such runs would
/// fragment a sentence.
const MAX_CHANCE_WORDS: usize = 3;

/// Equal words followed by a replacement.
#[derive(Default)]
struct Hunk<'t> {
    equal: Vec<&'t str>,
    removed: Vec<&'t str>,
    added: Vec<&'t str>,
}

impl Diff {
    /// Compares two texts with lines separated by line feeds.
    pub fn new(old: &str, new: &str) -> Diff {
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let mut steps = Hunks::default();
        for_each_run(&old, &new, &mut |old, new, same| {
            let (old, new) = (split_words(old), split_words(new));
            if same {
                steps.push_equal(&new);
            } else {
                for_each_run(&old, &new, &mut |old, new, same| {
                    if same { steps.push_equal(new) } else { steps.push_change(old, new) }
                });
            }
        });
        let mut steps = steps.merge_short_equal_runs();
        align_to_lines(&mut steps);
        render(&steps)
    }
}

#[derive(Default)]
struct Hunks<'t>(Vec<Hunk<'t>>);

impl<'t> Hunks<'t> {
    fn last_or_new(&mut self, fits: impl Fn(&Hunk) -> bool) -> &mut Hunk<'t> {
        if !self.0.last().is_some_and(fits) {
            self.0.push(Hunk::default());
        }
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    fn push_equal(&mut self, words: &[&'t str]) {
        self.last_or_new(|step| !step.has_changes()).equal.extend(words);
    }

    fn push_change(&mut self, old: &[&'t str], new: &[&'t str]) {
        let step = self.last_or_new(|_| true);
        step.removed.extend(old);
        step.added.extend(new);
    }

    /// Merges short equal runs into the larger changes around them.
    fn merge_short_equal_runs(self) -> Vec<Hunk<'t>> {
        let mut clean: Vec<Hunk> = Vec::with_capacity(self.0.len());
        for step in self.0 {
            clean.push(step);
            while let [.., before, step] = clean.as_mut_slice()
                && step.is_coincidental(before)
            {
                for (side, own) in [(&mut before.removed, &step.removed), (&mut before.added, &step.added)] {
                    side.extend(step.equal.iter().chain(own));
                }
                clean.pop();
            }
        }
        clean
    }
}

impl Hunk<'_> {
    fn has_changes(&self) -> bool {
        self.change_size() > 0
    }

    fn change_size(&self) -> usize {
        self.removed.len().max(self.added.len())
    }

    fn is_coincidental(&self, before: &Hunk) -> bool {
        let most = MAX_CHANCE_WORDS.min(self.change_size()).min(before.change_size());
        self.equal.len() <= most && !self.equal.contains(&LINE_END)
    }
}

/// Shifts pure insertions and deletions of whole lines to line boundaries, where the diff algorithm may have
/// placed them one line end earlier.
fn align_to_lines(steps: &mut [Hunk]) {
    for at in 1..steps.len() {
        let (before, after) = steps.split_at_mut(at);
        let (Some(step), Some(next)) = (before.last_mut(), after.first_mut()) else { return };
        let side = match (step.removed.is_empty(), step.added.is_empty()) {
            (false, true) => &mut step.removed,
            (true, false) => &mut step.added,
            _ => continue,
        };
        let Some(border) = side.iter().position(|&word| word == LINE_END) else { continue };
        // Both sides start alike up to the line end, so that part can move behind the change.
        let by = border + 1;
        if by < side.len() && side.get(..by) == next.equal.get(..by) {
            step.equal.extend(next.equal.drain(..by));
            side.rotate_left(by);
        }
    }
}

/// Converts the hunks to lines.
fn render(steps: &[Hunk]) -> Diff {
    let mut changes = Diff::default();
    let mut line = DiffLine::default();
    for step in steps {
        let number = changes.change_count;
        for (kind, words) in [
            (DiffKind::Equal, &step.equal),
            (DiffKind::Removed, &step.removed),
            (DiffKind::Added, &step.added),
        ] {
            let change = (kind != DiffKind::Equal).then_some(number);
            for &word in words {
                if word == LINE_END {
                    // The line break of a line of one kind belongs to its spans.
                    let whole = line.spans.iter().all(|piece| piece.kind == kind);
                    line.break_kind = (kind != DiffKind::Equal && !whole).then_some(kind);
                    changes.lines.push(std::mem::take(&mut line));
                    continue;
                }
                match line.spans.last_mut().filter(|last| last.kind == kind) {
                    Some(last) => last.text.push_str(word),
                    None => line.spans.push(DiffSpan { kind, text: word.to_owned(), change_index: change }),
                }
            }
        }
        changes.change_count += usize::from(step.has_changes());
    }
    changes
}

/// Splits lines into words, with a line end token after each line. Characters of scripts without spaces and
/// other characters between words are tokens of their own.
fn split_words<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let mut words = Vec::new();
    for line in lines {
        let mut rest = *line;
        while let Some(first) = rest.chars().next() {
            let long = is_word(first).then(|| rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
            let (word, after) = rest.split_at(long.unwrap_or(first.len_utf8()));
            words.push(word);
            rest = after;
        }
        words.push(LINE_END);
    }
    words
}

/// Calls `take` with corresponding slices of `old` and `new`, in order, and a flag for equal slices.
fn for_each_run<'a, 't>(
    old: &'a [&'t str],
    new: &'a [&'t str],
    take: &mut dyn FnMut(&'a [&'t str], &'a [&'t str], bool),
) {
    // Interned tokens compare faster than strings, and one instance of the algorithm serves lines and words.
    let mut names = BTreeMap::new();
    let mut number = |texts: &[&'t str]| -> Vec<u32> {
        let number = |text: &&'t str| {
            let next = names.len() as u32;
            *names.entry(*text).or_insert(next)
        };
        texts.iter().map(number).collect()
    };
    let (old_numbers, new_numbers) = (number(old), number(new));
    let mut same = EqualRuns(Vec::new());
    let ranges = (0..old.len(), 0..new.len());
    let Ok(()) = myers::diff(&mut same, &old_numbers[..], ranges.0, &new_numbers[..], ranges.1);
    let (mut old_at, mut new_at) = (0, 0);
    let ends = std::iter::once((old.len(), new.len(), 0));
    for (old_start, new_start, length) in same.0.into_iter().chain(ends) {
        let gap = (slice(old, old_at, old_start), slice(new, new_at, new_start));
        if !(gap.0.is_empty() && gap.1.is_empty()) {
            take(gap.0, gap.1, false);
        }
        (old_at, new_at) = (old_start + length, new_start + length);
        if length > 0 {
            take(slice(old, old_start, old_at), slice(new, new_start, new_at), true);
        }
    }
}

fn slice<'a, 't>(texts: &'a [&'t str], from: usize, to: usize) -> &'a [&'t str] {
    texts.get(from..to).unwrap_or_default()
}

/// Equal runs: start in the old text, start in the new text, length.
struct EqualRuns(Vec<(usize, usize, usize)>);

impl DiffHook for EqualRuns {
    type Error = Infallible;

    fn equal(&mut self, old: usize, new: usize, length: usize) -> Result<(), Infallible> {
        self.0.push((old, new, length));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Formats a diff like GNU wdiff: `[-removed-]` and `{+added+}`.
    fn shown(old: &str, new: &str) -> String {
        let lines = Diff::new(old, new).lines;
        let lines = lines.iter().map(|line| {
            let mut text = String::new();
            for piece in &line.spans {
                match piece.kind {
                    DiffKind::Equal => text.push_str(&piece.text),
                    DiffKind::Removed => text += &format!("[-{}-]", piece.text),
                    DiffKind::Added => text += &format!("{{+{}+}}", piece.text),
                }
            }
            match line.break_kind {
                Some(DiffKind::Removed) => text + "[-¶-]",
                Some(_) => text + "{+¶+}",
                None => text,
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn chinese_diffs_by_character_and_english_by_word() {
        for (old, new, expected) in [
            ("船停了三天", "船停了三天", "船停了三天"),
            ("渡船停了三天。", "渡船已停了五天。", "渡船{+已+}停了[-三-]{+五+}天。"),
            (
                "The ferry stopped at ten.",
                "The ferries stopped at noon.",
                "The [-ferry-]{+ferries+} stopped at [-ten-]{+noon+}.",
            ),
            ("一\n二\n三", "一\n三", "一\n[-二-]\n三"),
            ("一\n三", "一\n二\n三", "一\n{+二+}\n三"),
            ("江水退了。船停了。", "江水退了。\n船停了。", "江水退了。{+¶+}\n船停了。"),
            ("渡口。\n船停了。\n三", "渡口。\n三", "渡口。\n[-船停了。-]\n三"),
            ("渡口。\n三", "渡口。\n船停了。\n三", "渡口。\n{+船停了。+}\n三"),
            ("", "新", "{+新+}"),
            ("旧", "", "[-旧-]"),
        ] {
            assert_eq!(shown(old, new), expected);
        }
    }

    #[test]
    fn rewritten_sentence_is_one_change() {
        assert_eq!(
            shown("镇上的人都说他不会再回来了", "码头上有传闻说船长已经再次出海"),
            "[-镇上的人都说他不会再回来了-]{+码头上有传闻说船长已经再次出海+}"
        );
    }

    #[test]
    fn changes_have_ascending_indices() {
        let changes = Diff::new("甲说三天，乙说五天。", "甲说四天，乙说六天。");
        assert_eq!(changes.change_count, 2);
        let numbers: Vec<_> = changes.lines[0].spans.iter().filter_map(|piece| piece.change_index).collect();
        assert_eq!(numbers, [0, 0, 1, 1]);
    }

    #[test]
    fn long_different_texts_are_compared() {
        let text = |step: usize| {
            let chars = (0..150_000).map(|n| char::from_u32(0x4E00 + ((n * step + n / 7) % 3000) as u32));
            chars.map(Option::unwrap).collect::<String>()
        };
        assert!(Diff::new(&text(1), &text(17)).change_count > 0);
    }

    proptest! {
        #[test]
        fn diff_contains_both_versions(old in "[甲乙丙ab \n]{0,60}", new in "[甲乙丙ab \n]{0,60}") {
            let changes = Diff::new(&old, &new);
            let side = |other: DiffKind| -> String {
                let pieces = changes.lines.iter().flat_map(|line| &line.spans);
                pieces.filter(|piece| piece.kind != other).map(|piece| piece.text.as_str()).collect()
            };
            prop_assert_eq!(side(DiffKind::Added), old.replace('\n', ""));
            prop_assert_eq!(side(DiffKind::Removed), new.replace('\n', ""));
            let pieces = changes.lines.iter().flat_map(|line| &line.spans);
            let numbers: Vec<usize> = pieces.filter_map(|piece| piece.change_index).collect();
            prop_assert!(numbers.is_sorted() && numbers.iter().all(|&number| number < changes.change_count));
        }
    }
}
