//! Interface texts, parsed from their source: all languages have the same texts with the same placeholders.
//!
//! The compiler rejects missing texts but neither empty ones nor a lost `{}`.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sheaf::archive::SKIP_REASONS;
use std::collections::BTreeMap;
use std::fs;
use std::iter::Peekable;
use std::path::Path;
use std::str::Chars;

/// Texts of a table by path, such as `.panel.theme`.
type Texts = BTreeMap<String, String>;

/// Parser of a Rust constant: structs and strings.
struct TableParser<'a> {
    rest: Peekable<Chars<'a>>,
    texts: Texts,
}

impl TableParser<'_> {
    fn skip(&mut self) {
        while self.rest.next_if(|c| c.is_whitespace() || matches!(c, ',' | '&')).is_some() {}
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(c) = self.rest.next_if(|&c| c.is_alphanumeric() || matches!(c, '_' | '.' | '(' | ')'))
        {
            word.push(c);
        }
        word
    }

    fn string(&mut self) -> String {
        let mut text = String::new();
        while let Some(c) = self.rest.next() {
            match c {
                '"' => return text,
                '\\' => match self.rest.next().unwrap() {
                    'n' => text.push('\n'),
                    other => text.push(other),
                },
                c => text.push(c),
            }
        }
        panic!("unterminated string: {text}")
    }

    fn value(&mut self, path: &str) {
        self.skip();
        match self.rest.peek() {
            Some('"') => {
                self.rest.next();
                let text = self.string();
                self.texts.insert(path.to_owned(), text);
            }
            _ => {
                self.word();
                self.skip();
                if self.rest.next_if_eq(&'{').is_some() {
                    self.fields(path);
                }
            }
        }
    }

    fn fields(&mut self, path: &str) {
        loop {
            self.skip();
            if self.rest.next_if_eq(&'}').is_some() {
                return;
            }
            let name = self.word();
            assert!(!name.is_empty(), "a field is expected in {path}, not {:?}", self.rest.peek());
            self.skip();
            assert_eq!(self.rest.next(), Some(':'), "{path}.{name}");
            self.value(&format!("{path}.{name}"));
        }
    }
}

/// Names and sources of the files with texts, without comments.
fn sources() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app/i18n");
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        // Methods of the texts may stand in files of a submodule.
        let parts = fs::read_dir(path.with_extension("")).into_iter().flatten();
        let parts = parts.map(|part| part.unwrap().path()).chain([path.clone()]);
        let source: String = parts.map(|part| fs::read_to_string(part).unwrap()).collect();
        let source: String = source
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| [line, "\n"])
            .collect();
        if source.contains(" HANS: ") {
            sources.push((path.file_stem().unwrap().to_string_lossy().into_owned(), source));
        }
    }
    assert!(sources.len() >= 4, "only {} files hold texts", sources.len());
    sources
}

/// Parses the three tables of every file: Simplified, Traditional, English.
fn text_tables() -> Vec<(String, [Texts; 3])> {
    let mut tables = Vec::new();
    for (name, source) in sources() {
        let read = |table: &str| {
            let start =
                source.find(&format!(" {table}: ")).unwrap_or_else(|| panic!("{name} has no {table}"));
            let start = start + source[start..].find('=').unwrap() + 1;
            let mut reader = TableParser { rest: source[start..].chars().peekable(), texts: Texts::new() };
            reader.value("");
            reader.texts
        };
        tables.push((name.clone(), ["HANS", "HANT", "EN"].map(read)));
    }
    tables
}

#[test]
fn languages_have_the_same_texts_and_placeholders() {
    for (file, [hans, hant, en]) in text_tables() {
        assert!(!hans.is_empty(), "{file}: nothing was read");
        let names = |texts: &Texts| texts.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&hans), names(&hant), "{file}");
        assert_eq!(names(&hans), names(&en), "{file}");
        for (name, text) in &hans {
            for other in [text, &hant[name], &en[name]] {
                assert!(!other.trim().is_empty(), "{file}{name} is empty");
                let gaps = |text: &str| text.matches("{}").count();
                assert_eq!(gaps(other), gaps(text), "{file}{name}: “{text}” and “{other}”");
                assert_eq!(other.matches(['{', '}']).count(), gaps(other) * 2, "{file}{name}: {other}");
            }
        }
    }
}

#[test]
fn placeholders_are_filled_by_as_many_arguments() {
    let tables = text_tables();
    let mut filled = 0;
    for ((file, source), (_, [hans, ..])) in sources().iter().zip(&tables) {
        // The structs have fields of different names where one of them has placeholders.
        let gaps: BTreeMap<&str, usize> = hans
            .iter()
            .filter(|(_, text)| text.contains("{}"))
            .map(|(path, text)| (path.rsplit('.').next().unwrap(), text.matches("{}").count()))
            .collect();
        let mut arguments = BTreeMap::new();
        for call in source.split("fill(self.").skip(1) {
            let (name, rest) = call.split_once(", &[").unwrap();
            let values = rest.split_once("])").unwrap().0;
            arguments.insert(name, values.split(", ").count());
        }
        assert_eq!(gaps, arguments, "{file}: texts with placeholders, and the methods that fill them");
        filled += gaps.len();
    }
    assert!(filled > 40, "only {filled} texts have placeholders");
}

#[test]
fn reasons_for_skipping_files_have_texts() {
    let (_, source) = sources().into_iter().find(|(name, _)| name == "archive_info").unwrap();
    for reason in SKIP_REASONS {
        assert!(source.contains(&format!("\"{reason}\" => self.")), "{reason}");
    }
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

#[test]
fn texts_use_the_script_and_punctuation_of_their_language() {
    // Characters of interface texts that exist in only one of the two scripts.
    let simplified = "这个们为与开关来时说见过还进选择类标题语载错误档网页读闭隐设图处显没应该写将转换线续载";
    let traditional =
        "這個們為與開關來時說見過還進選擇類標題語載錯誤檔網頁讀閉隱設圖處顯沒應該寫將轉換線續載";
    let pairs = || simplified.chars().zip(traditional.chars()).filter(|(one, other)| one != other);
    for (file, [hans, hant, en]) in text_tables() {
        for (name, text) in &hans {
            let wrong = text.chars().find(|c| pairs().any(|(_, other)| other == *c));
            assert_eq!(wrong, None, "{file}{name} in Simplified: {text}");
        }
        for (name, text) in &hant {
            let wrong = text.chars().find(|c| pairs().any(|(one, _)| one == *c));
            assert_eq!(wrong, None, "{file}{name} in Traditional: {text}");
        }
        for text in hans.values().chain(hant.values()) {
            let chars: Vec<char> = text.chars().collect();
            let wrong =
                chars.windows(2).find(|pair| is_han(pair[0]) && matches!(pair[1], ',' | '!' | '?' | ';'));
            assert_eq!(wrong, None, "{file}: half-width punctuation in “{text}”");
            assert!(!text.contains("..."), "{file}: {text}");
        }
        for (name, text) in &en {
            let wrong =
                text.chars().find(|&c| is_han(c) || ('\u{ff01}'..='\u{ff5e}').contains(&c) || c == '。');
            assert_eq!(wrong, None, "{file}{name} in English: {text}");
            assert!(!text.contains("..."), "{file}{name}: {text}");
        }
    }
}
