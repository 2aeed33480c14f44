//! What changed between two versions of an article, word by word.
//!
//! Lines that both versions have hold the rest in place; between them words are compared, characters in
//! scripts without spaces. Every character of both versions is in the result, in order.
//!
//! ```
//! use sheaf::view::{Changes, Kind};
//! let changes = Changes::between("渡口\n船停了三天", "渡口\n船停了五天");
//! let pieces: Vec<_> = changes.lines[1].pieces.iter().map(|piece| (piece.kind, piece.text.as_str())).collect();
//! assert_eq!(pieces, [(Kind::Kept, "船停了"), (Kind::Gone, "三"), (Kind::Come, "五"), (Kind::Kept, "天")]);
//! ```

use crate::text::is_word;
use similar::algorithms::{DiffHook, myers};
use std::collections::BTreeMap;
use std::convert::Infallible;

/// What became of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Both versions have it.
    Kept,
    /// Only the older one has it.
    Gone,
    /// Only the newer one has it.
    Come,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub kind: Kind,
    /// Its text, never empty.
    pub text: String,
    /// The number of the change that it belongs to.
    pub change: Option<usize>,
}

/// A line of the newer version, of the older, or of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// Whether only the older or only the newer version ends a line here.
    pub broken: Option<Kind>,
}

/// Two versions in one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The lines.
    pub lines: Vec<Line>,
    /// How many changes there are: texts taken out, put in, or put in the place of others.
    pub count: usize,
}

/// The border between two lines. Each line has one after it, so that it compares with the line.
const BORDER: &str = "\n";
/// So few equal words between two larger changes are chance: comparing them would tear a sentence to shreds.
const CHANCE: usize = 3;

/// Words that stay, then words in place of others.
#[derive(Default)]
struct Step<'t> {
    kept: Vec<&'t str>,
    gone: Vec<&'t str>,
    come: Vec<&'t str>,
}

impl Changes {
    /// What leads from `old` to `new`, two texts whose lines are set apart by line feeds.
    pub fn between(old: &str, new: &str) -> Changes {
        let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
        let mut steps = Steps::default();
        each_step(&old, &new, &mut |old, new, same| {
            let (old, new) = (words(old), words(new));
            if same {
                steps.keep(&new);
            } else {
                each_step(&old, &new, &mut |old, new, same| {
                    if same { steps.keep(new) } else { steps.replace(old, new) }
                });
            }
        });
        let mut steps = steps.without_chance();
        align(&mut steps);
        written(&steps)
    }
}

#[derive(Default)]
struct Steps<'t>(Vec<Step<'t>>);

impl<'t> Steps<'t> {
    fn last(&mut self, fits: impl Fn(&Step) -> bool) -> &mut Step<'t> {
        if !self.0.last().is_some_and(fits) {
            self.0.push(Step::default());
        }
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    fn keep(&mut self, words: &[&'t str]) {
        self.last(|step| !step.changes()).kept.extend(words);
    }

    fn replace(&mut self, old: &[&'t str], new: &[&'t str]) {
        let step = self.last(|_| true);
        step.gone.extend(old);
        step.come.extend(new);
    }

    /// The steps, with few equal words between larger changes counted as changed.
    fn without_chance(self) -> Vec<Step<'t>> {
        let mut clean: Vec<Step> = Vec::with_capacity(self.0.len());
        for step in self.0 {
            clean.push(step);
            while let [.., before, step] = clean.as_mut_slice()
                && step.is_chance(before)
            {
                for (side, own) in [(&mut before.gone, &step.gone), (&mut before.come, &step.come)] {
                    side.extend(step.kept.iter().chain(own));
                }
                clean.pop();
            }
        }
        clean
    }
}

impl Step<'_> {
    fn changes(&self) -> bool {
        self.size() > 0
    }

    fn size(&self) -> usize {
        self.gone.len().max(self.come.len())
    }

    fn is_chance(&self, before: &Step) -> bool {
        let most = CHANCE.min(self.size()).min(before.size());
        self.kept.len() <= most && !self.kept.contains(&BORDER)
    }
}

/// A whole line that only one version has may as well be said to begin in the line before and to end in itself;
/// here such changes begin and end with lines.
fn align(steps: &mut [Step]) {
    for at in 1..steps.len() {
        let (before, after) = steps.split_at_mut(at);
        let (Some(step), Some(next)) = (before.last_mut(), after.first_mut()) else { return };
        let side = match (step.gone.is_empty(), step.come.is_empty()) {
            (false, true) => &mut step.gone,
            (true, false) => &mut step.come,
            _ => continue,
        };
        let Some(border) = side.iter().position(|&word| word == BORDER) else { continue };
        // Up to the border both begin alike: what comes before it moves behind the change.
        let by = border + 1;
        if by < side.len() && side.get(..by) == next.kept.get(..by) {
            step.kept.extend(next.kept.drain(..by));
            side.rotate_left(by);
        }
    }
}

/// The steps as lines.
fn written(steps: &[Step]) -> Changes {
    let mut changes = Changes::default();
    let mut line = Line::default();
    for step in steps {
        let number = changes.count;
        for (kind, words) in [(Kind::Kept, &step.kept), (Kind::Gone, &step.gone), (Kind::Come, &step.come)] {
            let change = (kind != Kind::Kept).then_some(number);
            for &word in words {
                if word == BORDER {
                    // A line that is wholly old or wholly new breaks with all of its text.
                    let whole = line.pieces.iter().all(|piece| piece.kind == kind);
                    line.broken = (kind != Kind::Kept && !whole).then_some(kind);
                    changes.lines.push(std::mem::take(&mut line));
                    continue;
                }
                match line.pieces.last_mut().filter(|last| last.kind == kind) {
                    Some(last) => last.text.push_str(word),
                    None => line.pieces.push(Piece { kind, text: word.to_owned(), change }),
                }
            }
        }
        changes.count += usize::from(step.changes());
    }
    changes
}

/// The words of lines, with a border after each line. Characters of scripts without spaces are words, and so
/// is whatever stands between words.
fn words<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let mut words = Vec::new();
    for line in lines {
        let mut rest = *line;
        while let Some(first) = rest.chars().next() {
            let long = is_word(first).then(|| rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
            let (word, after) = rest.split_at(long.unwrap_or(first.len_utf8()));
            words.push(word);
            rest = after;
        }
        words.push(BORDER);
    }
    words
}

/// Hands to `take` what of `old` and `new` belongs together, in order, and whether it is the same.
fn each_step<'a, 't>(
    old: &'a [&'t str],
    new: &'a [&'t str],
    take: &mut dyn FnMut(&'a [&'t str], &'a [&'t str], bool),
) {
    // Numbers compare faster than texts, and one instance of the algorithm serves lines and words.
    let mut names = BTreeMap::new();
    let mut number = |texts: &[&'t str]| -> Vec<u32> {
        let number = |text: &&'t str| {
            let next = names.len() as u32;
            *names.entry(*text).or_insert(next)
        };
        texts.iter().map(number).collect()
    };
    let (old_numbers, new_numbers) = (number(old), number(new));
    let mut same = Same(Vec::new());
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

/// Runs that both have: where in the old, where in the new, how long.
struct Same(Vec<(usize, usize, usize)>);

impl DiffHook for Same {
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

    /// `[-gone-]` and `{+come+}` as GNU wdiff writes them.
    fn shown(old: &str, new: &str) -> String {
        let lines = Changes::between(old, new).lines;
        let lines = lines.iter().map(|line| {
            let mut text = String::new();
            for piece in &line.pieces {
                match piece.kind {
                    Kind::Kept => text.push_str(&piece.text),
                    Kind::Gone => text += &format!("[-{}-]", piece.text),
                    Kind::Come => text += &format!("{{+{}+}}", piece.text),
                }
            }
            match line.broken {
                Some(Kind::Gone) => text + "[-¶-]",
                Some(_) => text + "{+¶+}",
                None => text,
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn chinese_is_compared_by_character_and_english_by_word() {
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
    fn a_sentence_that_was_written_anew_is_not_torn_to_shreds() {
        assert_eq!(
            shown("镇上的人都说他不会再回来了", "码头上有传闻说船长已经再次出海"),
            "[-镇上的人都说他不会再回来了-]{+码头上有传闻说船长已经再次出海+}"
        );
    }

    #[test]
    fn changes_are_numbered_in_order() {
        let changes = Changes::between("甲说三天，乙说五天。", "甲说四天，乙说六天。");
        assert_eq!(changes.count, 2);
        let numbers: Vec<_> = changes.lines[0].pieces.iter().filter_map(|piece| piece.change).collect();
        assert_eq!(numbers, [0, 0, 1, 1]);
    }

    #[test]
    fn long_texts_are_compared_in_a_moment() {
        let text = |step: usize| {
            let chars = (0..150_000).map(|n| char::from_u32(0x4E00 + ((n * step + n / 7) % 3000) as u32));
            chars.map(Option::unwrap).collect::<String>()
        };
        assert!(Changes::between(&text(1), &text(17)).count > 0);
    }

    proptest! {
        #[test]
        fn both_versions_are_in_the_result(old in "[甲乙丙ab \n]{0,60}", new in "[甲乙丙ab \n]{0,60}") {
            let changes = Changes::between(&old, &new);
            let side = |other: Kind| -> String {
                let pieces = changes.lines.iter().flat_map(|line| &line.pieces);
                pieces.filter(|piece| piece.kind != other).map(|piece| piece.text.as_str()).collect()
            };
            prop_assert_eq!(side(Kind::Come), old.replace('\n', ""));
            prop_assert_eq!(side(Kind::Gone), new.replace('\n', ""));
            let pieces = changes.lines.iter().flat_map(|line| &line.pieces);
            let numbers: Vec<usize> = pieces.filter_map(|piece| piece.change).collect();
            prop_assert!(numbers.is_sorted() && numbers.iter().all(|&number| number < changes.count));
        }
    }
}
