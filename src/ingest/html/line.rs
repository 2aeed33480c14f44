//! Buffer of the current text line: collapses white space and splits paragraphs.

use super::inline_runs::{FormatStack, InlineFormat, InlineRun, RubyReading, RunContent, nest_runs};
use crate::ingest::char_cleanup::{CharAction, char_action, wraps_unspaced};
use crate::ingest::diagnostics::Diagnostics;
use crate::model::{Href, Inline};
use std::ops::Range;
use std::rc::Rc;

/// Maximum number of readings of one text; more are written out.
const MAX_READINGS: usize = 4;

/// Runs of text within one block.
#[derive(Default)]
pub(super) struct LineBuffer {
    runs: Vec<InlineRun>,
    /// `true` if the line contains visible characters.
    visible: bool,
    /// Open rubies, the innermost last.
    rubies: Vec<OpenRuby>,
    /// `true` if the next text begins a run of its own.
    begins_run: bool,
}

impl LineBuffer {
    /// Appends characters as in the source.
    pub(super) fn push_text(&mut self, text: &str, formats: &FormatStack, found: &mut Diagnostics) {
        let mut run = String::new();
        for c in text.chars() {
            let before = run.chars().next_back().or_else(|| self.last_character());
            match char_action(c, before) {
                CharAction::Keep => {
                    self.visible = true;
                    run.push(c);
                }
                CharAction::Space => run.push(c),
                CharAction::LineEnd => {
                    self.push_run(std::mem::take(&mut run), formats);
                    self.push_break(formats);
                }
                CharAction::Drop(rule) => found.count_removed(rule, 1),
            }
        }
        self.push_run(run, formats);
    }

    fn push_run(&mut self, run: String, formats: &FormatStack) {
        if run.is_empty() {
            return;
        }
        if !std::mem::take(&mut self.begins_run)
            && let Some(InlineRun { formats: last, content: RunContent::Text(text) }) = self.runs.last_mut()
            && (Rc::ptr_eq(last, formats) || last == formats)
        {
            text.push_str(&run);
            return;
        }
        self.runs.push(InlineRun { formats: Rc::clone(formats), content: RunContent::Text(run) });
    }

    pub(super) fn push_break(&mut self, formats: &FormatStack) {
        self.runs.push(InlineRun { formats: Rc::clone(formats), content: RunContent::Break });
    }

    pub(super) fn push_anchor(&mut self, name: String) {
        self.runs.push(InlineRun { formats: Rc::from([]), content: RunContent::Anchor(name) });
    }

    /// Begins a ruby inside `formats`.
    pub(super) fn open_ruby(&mut self, formats: &FormatStack) {
        self.begins_run = true;
        self.rubies.push(OpenRuby::new(self.runs.len(), formats.len()));
    }

    /// Ends the innermost ruby.
    pub(super) fn close_ruby(&mut self) {
        self.begins_run = true;
        self.rubies.pop();
    }

    /// Returns `true` inside a ruby.
    pub(super) fn is_in_ruby(&self) -> bool {
        !self.rubies.is_empty()
    }

    /// Begins an explicit base (`rb`).
    pub(super) fn open_ruby_base(&mut self) {
        self.begins_run = true;
        let end = self.runs.len();
        if let Some(ruby) = self.rubies.last_mut() {
            ruby.open_base(end);
        }
    }

    /// Begins another row of readings (`rtc`) over the same bases.
    pub(super) fn open_reading_row(&mut self) {
        if let Some(ruby) = self.rubies.last_mut() {
            ruby.next_base = 0;
        }
    }

    /// Adds a reading of the next base, or of all bases; an empty one passes the base. Returns `false` if there is no
    /// visible base to carry the reading.
    pub(super) fn push_reading(&mut self, reading: &str, of_all: bool) -> bool {
        let Some(ruby) = self.rubies.last_mut() else { return false };
        let later = ruby.end.and_then(|end| self.runs.get(end..));
        let begins_group = later.is_some_and(|runs| runs.iter().any(is_visible_run));
        let (range, depth) = (ruby.take_base(self.runs.len(), begins_group, of_all), ruby.depth);
        if reading.is_empty() {
            return true;
        }
        let Some(base) = self.runs.get_mut(range) else { return false };
        let is_reading = |format: &&InlineFormat| matches!(format, InlineFormat::Ruby(_));
        let has_room = base.iter().all(|run| run.formats.iter().filter(is_reading).count() < MAX_READINGS);
        if !has_room || !base.iter().any(is_visible_run) {
            return false;
        }
        let format = InlineFormat::Ruby(RubyReading::new(reading));
        for run in base {
            let (outer, inner) = run.formats.split_at(depth.min(run.formats.len()));
            run.formats = outer.iter().chain([&format]).chain(inner).cloned().collect();
        }
        self.begins_run = true;
        true
    }

    /// Begins a group of bases after a reading that was written out as text.
    pub(super) fn pass_written_reading(&mut self) {
        self.begins_run = true;
        let end = self.runs.len();
        if let Some(ruby) = self.rubies.last_mut() {
            *ruby = OpenRuby { end: Some(end), ..OpenRuby::new(end, ruby.depth) };
        }
    }

    fn last_character(&self) -> Option<char> {
        match &self.runs.last()?.content {
            RunContent::Text(text) => text.chars().next_back(),
            _ => None,
        }
    }

    /// Returns `true` if anything visible has been pushed.
    pub(super) fn is_visible(&self) -> bool {
        self.visible
    }

    /// Returns `true` if the line ends with visible text.
    pub(super) fn ends_with_text(&self) -> bool {
        let mut last = self.runs.iter().rev().filter_map(|run| match &run.content {
            RunContent::Text(text) if text.trim().is_empty() => None,
            RunContent::Text(_) => Some(true),
            RunContent::Break => Some(false),
            RunContent::Anchor(_) => None,
        });
        last.next().unwrap_or(false)
    }

    /// Ends the line and returns its paragraphs, split at two or more consecutive breaks. Anchors of a line without
    /// visible text are kept for the next line.
    pub(super) fn take_paragraphs(&mut self) -> Vec<Vec<Inline>> {
        self.rubies.iter_mut().for_each(|ruby| *ruby = OpenRuby::new(0, ruby.depth));
        if !self.visible {
            self.runs.retain(|piece| matches!(piece.content, RunContent::Anchor(_)));
            return Vec::new();
        }
        self.visible = false;
        let pieces = separate_links(collapse_white_space(std::mem::take(&mut self.runs)));
        split_paragraphs(pieces).into_iter().map(nest_runs).collect()
    }
}

/// Ruby whose bases and readings are being read, as the HTML standard pairs them.
struct OpenRuby {
    /// Index of the first run of the current group of bases.
    start: usize,
    /// Index of the first run of each explicit base of the group.
    bases: Vec<usize>,
    /// Index of the base of the next reading.
    next_base: usize,
    /// Index of the run after the bases; `None` before the first reading of the group.
    end: Option<usize>,
    /// Number of formats around the ruby.
    depth: usize,
}

impl OpenRuby {
    fn new(start: usize, depth: usize) -> OpenRuby {
        OpenRuby { start, bases: Vec::new(), next_base: 0, end: None, depth }
    }

    fn open_base(&mut self, at: usize) {
        if self.end.is_some() {
            *self = OpenRuby::new(at, self.depth);
        }
        self.bases.push(at);
    }

    /// Returns the runs of the next base. `now` is the number of runs so far; `begins_group` tells that there is text
    /// after the last reading, which is the next base.
    fn take_base(&mut self, now: usize, begins_group: bool, of_all: bool) -> Range<usize> {
        match self.end {
            Some(end) if begins_group => {
                *self = OpenRuby { end: Some(now), ..OpenRuby::new(end, self.depth) };
            }
            Some(_) => {}
            None => self.end = Some(now),
        }
        let (number, end) = (self.next_base, self.end.unwrap_or(now));
        self.next_base += 1;
        // Readings beyond the last base belong to all of them.
        match self.bases.get(number) {
            Some(&start) if !of_all => start..self.bases.get(number + 1).copied().unwrap_or(end),
            _ => self.start..end,
        }
    }
}

fn is_visible_run(run: &InlineRun) -> bool {
    matches!(&run.content, RunContent::Text(text) if !text.trim().is_empty())
}

/// Collapses each run of white space to one space, as HTML does, and removes it at line starts and ends.
///
/// A line end between two Chinese characters is removed: it only wraps the source.
fn collapse_white_space(pieces: Vec<InlineRun>) -> Vec<InlineRun> {
    let mut out: Vec<InlineRun> = Vec::with_capacity(pieces.len());
    // Last visible character; `None` at the start of a line.
    let mut before: Option<char> = None;
    let mut gap: Option<PendingSpace> = None;
    // Width of the white space since a break.
    let mut indent: Option<u32> = None;
    // `true` if the line before a break ends in Chinese or Japanese: indented lines of others are often verse.
    let mut is_cjk_text = true;
    for piece in pieces {
        let RunContent::Text(text) = piece.content else {
            if piece.content == RunContent::Break {
                is_cjk_text = before.map_or(is_cjk_text, |c| wraps_unspaced(c) || is_mark(c));
                before = None;
                gap = None;
                indent = Some(0);
            }
            out.push(piece);
            continue;
        };
        let mut run = String::with_capacity(text.len());
        for c in text.chars() {
            if c.is_whitespace() {
                indent = indent.map(|width| width + space_width(c));
                let gap =
                    gap.get_or_insert(PendingSpace { line_end: false, wide: false, run_index: out.len() });
                gap.line_end |= c == '\n';
                gap.wide |= c == '\u{3000}';
                continue;
            }
            if let (Some(gap), Some(before)) = (gap.take(), before) {
                let needless = gap.line_end && !gap.wide && wraps_unspaced(before) && wraps_unspaced(c);
                let space = if gap.wide { '\u{3000}' } else { ' ' };
                match out.get_mut(gap.run_index) {
                    _ if needless => {}
                    Some(InlineRun { content: RunContent::Text(earlier), .. }) => earlier.push(space),
                    _ => run.push(space),
                }
            }
            gap = None;
            // An indented line after a break is a paragraph of its own.
            if indent.take().is_some_and(|width| width >= MIN_INDENT)
                && (wraps_unspaced(c) || is_cjk_text && (is_mark(c) || c.is_ascii_digit()))
            {
                out.push(InlineRun { formats: Rc::from([]), content: RunContent::Break });
            }
            run.push(c);
            before = Some(c);
        }
        out.push(InlineRun { formats: piece.formats, content: RunContent::Text(run) });
    }
    out.retain(|piece| !matches!(&piece.content, RunContent::Text(text) if text.is_empty()));
    out
}

/// Width of an indent that begins a paragraph: two Chinese characters, in quarters of one.
const MIN_INDENT: u32 = 8;

/// Returns the width of preserved white space in quarters of a Chinese character.
fn space_width(c: char) -> u32 {
    match c {
        '\u{3000}' | '\u{2003}' => 4,
        '\u{a0}' | '\u{2002}' => 2,
        _ => 0,
    }
}

/// Returns `true` if `c` is punctuation that Chinese shares with Latin scripts.
fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…')
}

/// Pending white space: becomes one space, or nothing, depending on the next character.
struct PendingSpace {
    line_end: bool,
    /// An ideographic space is kept as such; it separates names, for instance.
    wide: bool,
    /// Index of the piece in which the white space started and to whose end the space belongs.
    run_index: usize,
}

/// Inserts a break between adjacent links: entries of a list, such as related articles, that a style sheet would put
/// on separate lines.
fn separate_links(pieces: Vec<InlineRun>) -> Vec<InlineRun> {
    let mut parted: Vec<InlineRun> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if let Some(before) = parted.last()
            && let (Some(one), Some(other)) = (list_entry_link(before), list_entry_link(&piece))
            && one != other
        {
            parted.push(InlineRun { formats: Rc::from([]), content: RunContent::Break });
        }
        parted.push(piece);
    }
    parted
}

/// Returns the link of a piece that is long enough for a list entry.
fn list_entry_link(piece: &InlineRun) -> Option<&Href> {
    const MIN_ENTRY_CHARS: usize = 4;
    let RunContent::Text(text) = &piece.content else { return None };
    let is_long = text.chars().filter(|c| !c.is_whitespace()).nth(MIN_ENTRY_CHARS - 1).is_some();
    let touches = !text.starts_with(char::is_whitespace) && !text.ends_with(char::is_whitespace);
    let link = piece.formats.iter().find_map(|format| match format {
        InlineFormat::Link(href) => Some(href),
        _ => None,
    });
    link.filter(|_| is_long && touches)
}

/// Splits at runs of two or more breaks; a single break is kept.
fn split_paragraphs(pieces: Vec<InlineRun>) -> Vec<Vec<InlineRun>> {
    let mut paragraphs: Vec<Vec<InlineRun>> = vec![Vec::new()];
    let mut breaks: Vec<InlineRun> = Vec::new();
    let mut anchors: Vec<InlineRun> = Vec::new();
    for piece in pieces {
        match piece.content {
            RunContent::Break => breaks.push(piece),
            RunContent::Anchor(_) => anchors.push(piece),
            RunContent::Text(_) => {
                let has_content = paragraphs.last().is_some_and(|last| !last.is_empty());
                match breaks.len() {
                    1 if has_content => {
                        paragraphs.last_mut().into_iter().for_each(|last| last.append(&mut breaks))
                    }
                    2.. if has_content => paragraphs.push(Vec::new()),
                    _ => {}
                }
                breaks.clear();
                if let Some(last) = paragraphs.last_mut() {
                    last.append(&mut anchors);
                    last.push(piece);
                }
            }
        }
    }
    if let Some(last) = paragraphs.last_mut() {
        last.append(&mut anchors);
    }
    paragraphs
}
