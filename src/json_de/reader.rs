//! JSON grammar (RFC 8259): a cursor over the source text.

use super::JsonError;
use std::borrow::Cow;

/// Maximum nesting depth of arrays and objects.
const MAX_DEPTH: u32 = 127;

/// Pull parser over a JSON text.
pub(super) struct JsonParser<'de> {
    text: &'de str,
    at: usize,
    depth: u32,
}

impl<'de> JsonParser<'de> {
    pub(super) fn new(text: &'de str) -> JsonParser<'de> {
        JsonParser { text, at: 0, depth: 0 }
    }

    /// Adds the current position to an error.
    pub(super) fn with_position(&self, error: JsonError) -> JsonError {
        let read = self.text.as_bytes().get(..self.at).unwrap_or_default();
        let line = read.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let column = read.iter().rev().take_while(|&&byte| byte != b'\n').count() + 1;
        JsonError { line, column, ..error }
    }

    fn current_byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn slice_from(&self, start: usize) -> &'de str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Skips white space and returns the next byte without consuming it; 0, which starts no token, at the
    /// end.
    pub(super) fn peek(&mut self) -> u8 {
        loop {
            match self.current_byte() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return other.unwrap_or_default(),
            }
        }
    }

    /// Fails unless only white space is left.
    pub(super) fn expect_end(&mut self) -> Result<(), JsonError> {
        match self.peek() {
            0 if self.at == self.text.len() => Ok(()),
            _ => Err(JsonError::new("trailing characters")),
        }
    }

    /// Skips white space and consumes `sign`.
    pub(super) fn expect_byte(&mut self, sign: u8) -> Result<(), JsonError> {
        if self.peek() != sign {
            return Err(JsonError::new("invalid JSON"));
        }
        self.at += 1;
        Ok(())
    }

    /// Consumes the literal `word`: `null`, `true` or `false`.
    pub(super) fn expect_keyword(&mut self, word: &str) -> Result<(), JsonError> {
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(JsonError::new("invalid JSON"));
        }
        self.at += word.len();
        Ok(())
    }

    /// Enters an array or object.
    pub(super) fn open(&mut self, sign: u8) -> Result<(), JsonError> {
        self.expect_byte(sign)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(JsonError::new("more than 127 nested levels"));
        }
        Ok(())
    }

    /// Leaves an array or object.
    pub(super) fn close(&mut self, sign: u8) -> Result<(), JsonError> {
        self.depth -= 1;
        self.expect_byte(sign)
    }

    /// Returns true if an array or object that ends with `close` has another element. Consumes the comma
    /// before all but the `first`.
    pub(super) fn has_next(&mut self, first: &mut bool, close: u8) -> Result<bool, JsonError> {
        let is_first = std::mem::replace(first, false);
        if self.peek() == close {
            return Ok(false);
        }
        if !is_first {
            self.expect_byte(b',')?;
        }
        Ok(true)
    }

    /// Parses a string; borrows from the source if there are no escapes.
    pub(super) fn parse_string(&mut self) -> Result<Cow<'de, str>, JsonError> {
        self.expect_byte(b'"')?;
        let mut start = self.at;
        let mut unescaped: Option<String> = None;
        loop {
            match self.current_byte() {
                Some(b'"') => {
                    let rest = self.slice_from(start);
                    self.at += 1;
                    return Ok(match unescaped {
                        None => Cow::Borrowed(rest),
                        Some(before) => Cow::Owned(before + rest),
                    });
                }
                Some(b'\\') => {
                    let before = unescaped.get_or_insert_default();
                    before.push_str(self.slice_from(start));
                    self.at += 1;
                    before.push(self.parse_escape()?);
                    start = self.at;
                }
                Some(b' '..) => self.at += 1,
                _ => return Err(JsonError::new("unterminated string")),
            }
        }
    }

    /// Parses an escape after its backslash.
    fn parse_escape(&mut self) -> Result<char, JsonError> {
        let sign = self.current_byte().unwrap_or_default();
        self.at += 1;
        Ok(match sign {
            b'"' | b'\\' | b'/' => char::from(sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.parse_unicode_escape(),
            _ => return Err(JsonError::new("invalid escape")),
        })
    }

    /// Parses a `\u` escape of one or two UTF-16 units.
    fn parse_unicode_escape(&mut self) -> Result<char, JsonError> {
        let mut code = self.parse_hex4()?;
        if (0xD800..0xDC00).contains(&code) {
            self.expect_keyword("\\u")?;
            let low = self.parse_hex4()?;
            if (0xDC00..0xE000).contains(&low) {
                code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            }
        }
        char::from_u32(code).ok_or_else(|| JsonError::new("unpaired surrogate"))
    }

    fn parse_hex4(&mut self) -> Result<u32, JsonError> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.current_byte().and_then(|byte| char::from(byte).to_digit(16));
            code = code * 16 + digit.ok_or_else(|| JsonError::new("invalid escape"))?;
            self.at += 1;
        }
        Ok(code)
    }

    /// Returns the source text of a number.
    pub(super) fn parse_number(&mut self) -> Result<&'de str, JsonError> {
        let start = self.at;
        if self.current_byte() == Some(b'-') {
            self.at += 1;
        }
        match self.current_byte() {
            Some(b'0') => self.at += 1,
            _ => self.skip_digits()?,
        }
        if self.current_byte() == Some(b'.') {
            self.at += 1;
            self.skip_digits()?;
        }
        if matches!(self.current_byte(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.current_byte(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.skip_digits()?;
        }
        Ok(self.slice_from(start))
    }

    fn skip_digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while self.current_byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err(JsonError::new("invalid JSON")) } else { Ok(()) }
    }

    /// Skips a value of any type.
    pub(super) fn skip_value(&mut self) -> Result<(), JsonError> {
        match self.peek() {
            b'"' => self.parse_string().map(drop),
            b'n' => self.expect_keyword("null"),
            b't' => self.expect_keyword("true"),
            b'f' => self.expect_keyword("false"),
            b'[' => {
                let mut first = true;
                self.open(b'[')?;
                while self.has_next(&mut first, b']')? {
                    self.skip_value()?;
                }
                self.close(b']')
            }
            b'{' => self.for_each_member(&mut |_, _| {}),
            _ => self.parse_number().map(drop),
        }
    }

    /// Skips an object and calls `member` with each name and the source text of its value.
    fn for_each_member(&mut self, member: &mut dyn FnMut(Cow<'de, str>, &'de str)) -> Result<(), JsonError> {
        let mut first = true;
        self.open(b'{')?;
        while self.has_next(&mut first, b'}')? {
            self.peek();
            let name = self.parse_string()?;
            self.expect_byte(b':')?;
            self.peek();
            let start = self.at;
            self.skip_value()?;
            member(name, self.slice_from(start));
        }
        self.close(b'}')
    }

    /// Returns the members of an object that spans the whole text.
    pub(super) fn members(&mut self) -> Result<Vec<(Cow<'de, str>, &'de str)>, JsonError> {
        let mut members = Vec::new();
        self.for_each_member(&mut |name, value| members.push((name, value)))?;
        self.expect_end()?;
        Ok(members)
    }
}
