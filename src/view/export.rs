//! A result as a file for other programs: tables, reference managers, scripts.

use crate::model::Article;
use serde::Serialize;
use std::str::FromStr;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table, one article a line (RFC 4180).
    Csv,
    /// One JSON object a line; the first says what was asked of which archive.
    JsonLines,
    /// Reference managers: Zotero, EndNote, NoteExpress.
    Ris,
    /// LaTeX.
    BibTex,
}

/// What a result is of.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Origin {
    /// The query with all its filters.
    pub query: String,
    /// What the archive is called.
    pub archive: String,
    /// The name of its content; another build has another one.
    pub build: String,
    /// How many articles were found.
    pub total: usize,
}

/// An article of the result.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entry {
    /// Its id in the archive.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its source, by name.
    pub source: String,
    /// Its day, as `2023-10-16`; empty without one.
    pub date: String,
    /// The original's address; empty without one.
    pub url: String,
    /// Its address in the archive.
    pub permalink: String,
    /// Where it matches.
    pub snippet: String,
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Format, Self::Err> {
        match name {
            "csv" => Ok(Format::Csv),
            "jsonl" => Ok(Format::JsonLines),
            "ris" => Ok(Format::Ris),
            "bibtex" => Ok(Format::BibTex),
            _ => Err("expected csv, jsonl, ris or bibtex"),
        }
    }
}

impl Entry {
    /// The entry of `article`, whose source is called `source`; `site` is where the archive is read, or nothing.
    pub fn of(article: &Article, source: &str, site: &str, snippet: String) -> Entry {
        Entry {
            id: article.id.to_string(),
            title: article.title.clone(),
            source: source.to_owned(),
            date: article.time.map(|time| time.date().to_string()).unwrap_or_default(),
            url: article.url.as_ref().map(ToString::to_string).unwrap_or_default(),
            permalink: format!("{site}#/a/{}", article.id),
            snippet,
        }
    }
}

impl Format {
    /// What comes before the entries.
    pub fn begin(self, origin: &Origin) -> String {
        let Origin { query, archive, build, total } = origin;
        match self {
            // A mark that tells Excel the encoding; without it Chinese comes out broken there.
            Format::Csv => {
                "\u{FEFF}title,source,date,url,permalink,snippet,query,archive,build\r\n".to_owned()
            }
            Format::JsonLines => line(serde_json::to_string(origin)),
            Format::Ris => String::new(),
            Format::BibTex => {
                let said = format!("{total} found in {archive} (build {build}) for: {query}");
                format!("@comment{{{}}}\n\n", said.replace(['{', '}', '@'], " "))
            }
        }
    }

    /// An entry.
    pub fn entry(self, entry: &Entry, origin: &Origin) -> String {
        let Entry { id, title, source, date, url, permalink, snippet } = entry;
        let (query, archive, build) = (&origin.query, &origin.archive, &origin.build);
        match self {
            Format::Csv => {
                let cells = [title, source, date, url, permalink, snippet, query, archive, build];
                cells.map(|cell| csv(cell)).join(",") + "\r\n"
            }
            Format::JsonLines => line(serde_json::to_string(entry)),
            Format::Ris => {
                let day = date.replace('-', "/");
                let note = format!("{archive} (build {build}): {query}");
                let fields = [
                    ("TY", "NEWS"),
                    ("TI", title),
                    ("T2", source),
                    ("DA", &day),
                    ("PY", date.get(..4).unwrap_or_default()),
                    ("UR", url),
                    ("L2", permalink),
                    ("AB", snippet),
                    ("N1", &note),
                ];
                let lines = fields.iter().filter(|(_, value)| !value.is_empty());
                let lines: String =
                    lines.map(|(name, value)| format!("{name}  - {}\r\n", one_line(value))).collect();
                lines + "ER  - \r\n\r\n"
            }
            Format::BibTex => {
                let fields = [
                    ("title", title),
                    ("journal", source),
                    ("date", date),
                    ("url", url),
                    ("abstract", snippet),
                    ("note", permalink),
                ];
                let fields = fields.iter().filter(|(_, value)| !value.is_empty());
                let fields: String =
                    fields.map(|(name, value)| format!("  {name} = {{{}}},\n", tex(value))).collect();
                format!("@article{{{id},\n{fields}}}\n\n")
            }
        }
    }
}

fn line(json: serde_json::Result<String>) -> String {
    // Strings and numbers can always be written.
    json.unwrap_or_default() + "\n"
}

/// A cell, quoted. One that a spreadsheet would take for a formula begins with an apostrophe.
fn csv(cell: &str) -> String {
    let formula = if cell.starts_with(['=', '+', '-', '@', '\t']) { "'" } else { "" };
    format!("\"{formula}{}\"", one_line(cell).replace('"', "\"\""))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text between braces: what TeX would act on is escaped.
fn tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' | '}' | '#' | '$' | '%' | '&' | '_' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Entry, Origin) {
        let entry = Entry {
            id: "0123456789ab".into(),
            title: "=潮 \"汐\"\n50% & {x}".into(),
            source: "纸鸢".into(),
            date: "2023-10-16".into(),
            url: "https://a.example/%E6%BD%AE".into(),
            permalink: "#/a/0123456789ab".into(),
            snippet: "…江水".into(),
        };
        let origin =
            Origin {
                query: "潮 @{1}".into(), archive: "潮汐集".into(), build: "abcdefgh".into(), total: 1
            };
        (entry, origin)
    }

    #[test]
    fn tables_are_quoted_and_hold_no_formulas() {
        let (entry, origin) = sample();
        let row = Format::Csv.entry(&entry, &origin);
        assert!(row.starts_with("\"'=潮 \"\"汐\"\" 50% & {x}\",\"纸鸢\",\"2023-10-16\","), "{row}");
        assert_eq!(Format::Csv.begin(&origin).matches(',').count(), row.matches("\",\"").count());
    }

    #[test]
    fn json_lines_begin_with_what_was_asked() {
        let (entry, origin) = sample();
        let text = Format::JsonLines.begin(&origin) + &Format::JsonLines.entry(&entry, &origin);
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((&lines[0]["query"], &lines[0]["build"]), (&"潮 @{1}".into(), &"abcdefgh".into()));
        assert_eq!(lines[1]["title"], entry.title);
    }

    #[test]
    fn reference_managers_get_whole_entries() {
        let (entry, origin) = sample();
        let ris = Format::Ris.entry(&entry, &origin);
        assert!(
            ris.starts_with("TY  - NEWS\r\nTI  - =潮 \"汐\" 50% & {x}\r\n")
                && ris.ends_with("ER  - \r\n\r\n")
        );
        assert!(ris.contains("DA  - 2023/10/16\r\n") && ris.contains("潮汐集 (build abcdefgh): 潮 @{1}"));
        let bib = Format::BibTex.entry(&entry, &origin);
        assert!(bib.contains("title = {=潮 \"汐\" 50\\% \\& \\{x\\}}"), "{bib}");
        assert!(!Format::BibTex.begin(&origin)[9..].contains('@'));
    }
}
