//! TeX as text.

use super::scripts::{accented, grouped, subscript, superscript};
use super::tex_symbols::SYMBOLS;

/// Returns the text of a formula in TeX; the TeX itself if it has commands that text cannot express.
pub(in crate::ingest::html) fn plain_text(tex: &str) -> String {
    let tex = without_delimiters(tex);
    let mut parser = Parser { rest: tex, depth: 0 };
    let text = parser.row(false).filter(|_| parser.rest.is_empty());
    text.as_deref().unwrap_or(tex).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Removes the delimiters and the style around a formula.
fn without_delimiters(tex: &str) -> &str {
    const PAIRS: [(&str, &str); 7] = [
        ("$$", "$$"),
        ("$latex", "$"),
        ("$", "$"),
        ("\\(", "\\)"),
        ("\\[", "\\]"),
        ("{\\displaystyle", "}"),
        ("{\\textstyle", "}"),
    ];
    let mut tex = tex.trim();
    while let Some(inner) =
        PAIRS.iter().find_map(|(open, close)| tex.strip_prefix(open)?.strip_suffix(close)).map(str::trim)
        && !inner.is_empty()
    {
        tex = inner;
    }
    tex
}

/// Deepest nesting of groups.
const MAX_DEPTH: usize = 40;

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    /// Reads up to the end, or to the brace that ends a group.
    fn row(&mut self, in_group: bool) -> Option<String> {
        let mut text = String::new();
        let mut ends_with_word = false;
        loop {
            let Some(c) = self.rest.chars().next() else { return (!in_group).then_some(text) };
            match c {
                '}' => {
                    if in_group {
                        self.skip(c);
                        return Some(text);
                    }
                    return None;
                }
                '^' | '_' => {
                    self.skip(c);
                    let script = self.argument()?;
                    let is_atom = script.chars().count() == 1 || script.chars().all(|c| c.is_ascii_digit());
                    text = text.trim_end().to_owned();
                    text +=
                        &if c == '^' { superscript(&script, is_atom) } else { subscript(&script, is_atom) };
                }
                '&' | '~' => {
                    self.skip(c);
                    text.push(' ');
                }
                '%' => return None,
                _ => {
                    let word = self.argument()?;
                    let joins =
                        text.ends_with(char::is_alphanumeric) && word.starts_with(char::is_alphanumeric);
                    let is_word = word.chars().count() > 1;
                    if joins && (is_word || ends_with_word) {
                        text.push(' ');
                    }
                    ends_with_word = is_word;
                    text.push_str(&word);
                }
            }
        }
    }

    fn skip(&mut self, c: char) {
        self.rest = &self.rest[c.len_utf8()..];
    }

    /// Reads a character, command or group.
    fn argument(&mut self) -> Option<String> {
        let c = self.rest.chars().next()?;
        self.skip(c);
        match c {
            '{' => self.nested(|parser| parser.row(true)),
            '\\' => self.command(),
            c if c.is_whitespace() => Some(" ".to_owned()),
            '\'' => Some("′".to_owned()),
            '-' => Some("−".to_owned()),
            c => Some(c.to_string()),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Option<String>) -> Option<String> {
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let text = read(self);
        self.depth -= 1;
        text
    }

    fn required(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        Some(self.nested(Parser::argument)?.trim().to_owned())
    }

    fn command(&mut self) -> Option<String> {
        let length = self.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.rest.len());
        if length == 0 {
            let c = self.rest.chars().next()?;
            self.skip(c);
            return match c {
                ',' | ';' | ':' | ' ' | '>' => Some(" ".to_owned()),
                '!' => Some(String::new()),
                '\\' => Some("; ".to_owned()),
                '{' | '}' | '%' | '$' | '#' | '&' | '_' => Some(c.to_string()),
                '|' => Some("‖".to_owned()),
                _ => None,
            };
        }
        let (name, rest) = self.rest.split_at(length);
        self.rest = rest.trim_start();
        if let Ok(at) = SYMBOLS.binary_search_by_key(&name, |(name, _)| name) {
            return Some(SYMBOLS[at].1.to_owned());
        }
        match name {
            "frac" | "dfrac" | "tfrac" | "cfrac" => {
                let (above, below) = (self.required()?, self.required()?);
                Some(format!("{}/{}", operand(&above), operand(&below)))
            }
            "binom" => Some(format!("({}¦{})", self.required()?, self.required()?)),
            "sqrt" if self.rest.starts_with('[') => {
                let (index, rest) = self.rest[1..].split_once(']')?;
                self.rest = rest;
                let index = superscript(index, true);
                Some(format!("{index}√{}", operand(&self.required()?)))
            }
            "sqrt" => Some(format!("√{}", operand(&self.required()?))),
            "text" | "mathrm" | "mathbf" | "mathit" | "mathsf" | "mathtt" | "mathbb" | "mathcal"
            | "boldsymbol" | "textbf" | "textit" | "textrm" | "operatorname" | "mbox" | "mathfrak"
            | "mathscr" | "bm" => self.nested(Parser::argument),
            "overline" | "bar" => Some(accented(&self.required()?, "\u{305}")),
            "hat" | "widehat" => Some(accented(&self.required()?, "\u{302}")),
            "tilde" | "widetilde" => Some(accented(&self.required()?, "\u{303}")),
            "vec" | "overrightarrow" => Some(accented(&self.required()?, "\u{20d7}")),
            "dot" => Some(accented(&self.required()?, "\u{307}")),
            "ddot" => Some(accented(&self.required()?, "\u{308}")),
            "left" | "right" => {
                self.rest = self.rest.strip_prefix('.').unwrap_or(self.rest);
                Some(String::new())
            }
            "displaystyle" | "textstyle" | "scriptstyle" | "limits" | "nolimits" | "big" | "Big" | "bigg"
            | "Bigg" | "bigl" | "bigr" | "Bigl" | "Bigr" => Some(String::new()),
            _ => None,
        }
    }
}

/// Returns an operand of a fraction or root, in brackets if it is more than a number or word.
fn operand(text: &str) -> String {
    if text.chars().all(char::is_alphanumeric)
        && (text.chars().all(char::is_numeric) || text.chars().count() == 1)
    {
        return text.to_owned();
    }
    grouped(text)
}
