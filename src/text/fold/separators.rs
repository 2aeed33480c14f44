//! Separators between folded characters: white space, and the signs whose meaning their neighbours decide.

use super::compose::FoldedChar;
use crate::model::BLOCK_SEPARATOR;
use crate::text::is_cjk;
use std::ops::Range;

/// Last step of the folding.
pub(super) struct Separators<F> {
    push: F,
    /// Last character passed on.
    last: char,
    /// Source of the white space before the next character.
    space: Option<Range<usize>>,
    /// Zeros whose meaning the next character decides.
    undecided: Vec<FoldedChar>,
}

impl<F: FnMut(char, Range<usize>)> Separators<F> {
    pub(super) fn new(push: F) -> Separators<F> {
        Separators { push, last: BLOCK_SEPARATOR, space: None, undecided: Vec::new() }
    }

    pub(super) fn push(&mut self, piece: FoldedChar) {
        if is_zero(piece.c) && (is_han_digit(self.last) && self.space.is_none() || !self.undecided.is_empty())
        {
            return self.undecided.push(piece);
        }
        self.resolve(Some(piece.c));
        self.emit(piece);
    }

    pub(super) fn white_space(&mut self, source: Range<usize>) {
        self.resolve(None);
        if let Some(space) = &mut self.space {
            space.end = source.end;
        } else if self.last != BLOCK_SEPARATOR {
            self.space = Some(source);
        }
    }

    pub(super) fn end_line(&mut self, source: Range<usize>) {
        self.resolve(None);
        self.space = None;
        self.last = BLOCK_SEPARATOR;
        (self.push)(BLOCK_SEPARATOR, source);
    }

    /// Passes on the white space before the next character, whatever that is.
    pub(super) fn keep_space(&mut self) {
        if let Some(space) = self.space.take() {
            self.last = ' ';
            (self.push)(' ', space);
        }
    }

    /// Passes on the undecided characters before `next`. Letters O and zeros between Han digits are digits as well.
    pub(super) fn resolve(&mut self, next: Option<char>) {
        if self.undecided.is_empty() {
            return;
        }
        let is_letter = self.undecided.iter().all(|piece| piece.c == 'o');
        let is_number = next.is_some_and(|next| is_han_digit(next) || is_letter && is_unit(next));
        for piece in std::mem::take(&mut self.undecided) {
            self.emit(FoldedChar { c: if is_number { '〇' } else { piece.c }, ..piece });
        }
    }

    fn emit(&mut self, piece: FoldedChar) {
        if let Some(space) = self.space.take()
            && !is_spaceless(self.last)
            && !is_spaceless(piece.c)
        {
            (self.push)(' ', space);
        }
        self.last = piece.c;
        (self.push)(piece.c, piece.start..piece.end);
    }
}

/// Returns true for the letter O and the digit 0, which stand for the Han digit 〇.
fn is_zero(c: char) -> bool {
    matches!(c, 'o' | '0')
}

fn is_han_digit(c: char) -> bool {
    matches!(c, '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九')
}

/// Returns true for units after a number in Han digits, as folded.
fn is_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号')
}

/// Returns true for characters next to which white space is a matter of style.
fn is_spaceless(c: char) -> bool {
    is_cjk(c) || matches!(c, '\u{3000}'..='\u{303F}')
}
