//! JSON grammar (RFC 8259): a cursor over the source text.

use super::JsonError;
use std::borrow::Cow;

/// Maximum nesting depth of arrays and objects.
const DEPTH: u32 = 127;

/// Pull parser over a JSON text.
pub(super) struct Reader<'de> {
    text: &'de str,
    at: usize,
    depth: u32,
}

impl<'de> Reader<'de> {
    pub(super) fn new(text: &'de str) -> Reader<'de> {
        Reader { text, at: 0, depth: 0 }
    }

    /// Adds the current position to an error.
    pub(super) fn place(&self, error: JsonError) -> JsonError {
        let read = self.text.as_bytes().get(..self.at).unwrap_or_default();
        let line = read.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let column = read.iter().rev().take_while(|&&byte| byte != b'\n').count() + 1;
        JsonError { line, column, ..error }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn since(&self, start: usize) -> &'de str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Skips white space and returns the next byte without consuming it; 0, which starts no token, at the
    /// end.
    pub(super) fn peek(&mut self) -> u8 {
        loop {
            match self.byte() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return other.unwrap_or_default(),
            }
        }
    }

    /// Fails unless only white space is left.
    pub(super) fn end(&mut self) -> Result<(), JsonError> {
        match self.peek() {
            0 if self.at == self.text.len() => Ok(()),
            _ => Err(JsonError::new("trailing characters")),
        }
    }

    /// Skips white space and consumes `sign`.
    pub(super) fn take(&mut self, sign: u8) -> Result<(), JsonError> {
        if self.peek() != sign {
            return Err(JsonError::new("invalid JSON"));
        }
        self.at += 1;
        Ok(())
    }

    /// Consumes the literal `word`: `null`, `true` or `false`.
    pub(super) fn word(&mut self, word: &str) -> Result<(), JsonError> {
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(JsonError::new("invalid JSON"));
        }
        self.at += word.len();
        Ok(())
    }

    /// Enters an array or object.
    pub(super) fn open(&mut self, sign: u8) -> Result<(), JsonError> {
        self.take(sign)?;
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(JsonError::new("more than 127 nested levels"));
        }
        Ok(())
    }

    /// Leaves an array or object.
    pub(super) fn close(&mut self, sign: u8) -> Result<(), JsonError> {
        self.depth -= 1;
        self.take(sign)
    }

    /// Returns true if an array or object that ends with `close` has another element. Consumes the comma
    /// before all but the `first`.
    pub(super) fn goes_on(&mut self, first: &mut bool, close: u8) -> Result<bool, JsonError> {
        let is_first = std::mem::replace(first, false);
        if self.peek() == close {
            return Ok(false);
        }
        if !is_first {
            self.take(b',')?;
        }
        Ok(true)
    }

    /// Parses a string; borrows from the source if there are no escapes.
    pub(super) fn string(&mut self) -> Result<Cow<'de, str>, JsonError> {
        self.take(b'"')?;
        let mut start = self.at;
        let mut unescaped: Option<String> = None;
        loop {
            match self.byte() {
                Some(b'"') => {
                    let rest = self.since(start);
                    self.at += 1;
                    return Ok(match unescaped {
                        None => Cow::Borrowed(rest),
                        Some(before) => Cow::Owned(before + rest),
                    });
                }
                Some(b'\\') => {
                    let before = unescaped.get_or_insert_default();
                    before.push_str(self.since(start));
                    self.at += 1;
                    before.push(self.escape()?);
                    start = self.at;
                }
                Some(b' '..) => self.at += 1,
                _ => return Err(JsonError::new("unterminated string")),
            }
        }
    }

    /// Parses an escape after its backslash.
    fn escape(&mut self) -> Result<char, JsonError> {
        let sign = self.byte().unwrap_or_default();
        self.at += 1;
        Ok(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.escaped_unit(),
            _ => return Err(JsonError::new("invalid escape")),
        })
    }

    /// Parses a `\u` escape of one or two UTF-16 units.
    fn escaped_unit(&mut self) -> Result<char, JsonError> {
        let mut code = self.hex()?;
        if (0xD800..0xDC00).contains(&code) {
            self.word("\\u")?;
            let low = self.hex()?;
            if (0xDC00..0xE000).contains(&low) {
                code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            }
        }
        char::from_u32(code).ok_or_else(|| JsonError::new("unpaired surrogate"))
    }

    fn hex(&mut self) -> Result<u32, JsonError> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            code = code * 16 + digit.ok_or_else(|| JsonError::new("invalid escape"))?;
            self.at += 1;
        }
        Ok(code)
    }

    /// Returns the source text of a number.
    pub(super) fn number(&mut self) -> Result<&'de str, JsonError> {
        let start = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        match self.byte() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.since(start))
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err(JsonError::new("invalid JSON")) } else { Ok(()) }
    }

    /// Skips a value of any type.
    pub(super) fn skip(&mut self) -> Result<(), JsonError> {
        match self.peek() {
            b'"' => self.string().map(drop),
            b'n' => self.word("null"),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'[' => {
                let mut first = true;
                self.open(b'[')?;
                while self.goes_on(&mut first, b']')? {
                    self.skip()?;
                }
                self.close(b']')
            }
            b'{' => self.object(&mut |_, _| {}),
            _ => self.number().map(drop),
        }
    }

    /// Skips an object and calls `member` with each name and the source text of its value.
    fn object(&mut self, member: &mut dyn FnMut(Cow<'de, str>, &'de str)) -> Result<(), JsonError> {
        let mut first = true;
        self.open(b'{')?;
        while self.goes_on(&mut first, b'}')? {
            self.peek();
            let name = self.string()?;
            self.take(b':')?;
            self.peek();
            let start = self.at;
            self.skip()?;
            member(name, self.since(start));
        }
        self.close(b'}')
    }

    /// Returns the members of an object that spans the whole text.
    pub(super) fn members(&mut self) -> Result<Vec<(Cow<'de, str>, &'de str)>, JsonError> {
        let mut members = Vec::new();
        self.object(&mut |name, value| members.push((name, value)))?;
        self.end()?;
        Ok(members)
    }
}
