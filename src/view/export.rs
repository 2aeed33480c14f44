//! Export of search results: tables, reference managers, scripts.

use crate::model::Article;
use serde::Serialize;
use std::str::FromStr;

/// Export format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CSV, one article per line (RFC 4180).
    Csv,
    /// JSON Lines; the first object describes the query and the archive.
    JsonLines,
    /// RIS, for reference managers: Zotero, EndNote, NoteExpress.
    Ris,
    /// BibTeX, for LaTeX.
    BibTex,
}

/// Header: origin of the exported result.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Origin {
    /// Query with all filters.
    pub query: String,
    /// Name of the archive.
    pub archive: String,
    /// Content hash of the archive, different for every build.
    pub build: String,
    /// Number of hits.
    pub total: usize,
}

/// Exported article.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entry {
    /// Id in the archive.
    pub id: String,
    /// Title.
    pub title: String,
    /// Display name of the source.
    pub source: String,
    /// Date, as `2023-10-16`; empty for an undated article.
    pub date: String,
    /// URL of the original; empty if unknown.
    pub url: String,
    /// URL in the archive.
    pub permalink: String,
    /// Snippet around the matches.
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
            _ => Err("unknown export format: use csv, jsonl, ris or bibtex"),
        }
    }
}

impl Entry {
    /// Creates the record of `article` with the display name `source`. `site` is the base URL of the archive,
    /// or empty.
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
    /// Formats the header.
    pub fn begin(self, origin: &Origin) -> String {
        let Origin { query, archive, build, total } = origin;
        match self {
            // The byte order mark makes Excel decode UTF-8; without a mark Chinese text is garbled.
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

    /// Formats one record.
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
    // Serializing strings and numbers cannot fail.
    json.unwrap_or_default() + "\n"
}

/// Quotes a CSV cell. Text that a spreadsheet would evaluate as a formula is prefixed with an apostrophe.
fn csv(cell: &str) -> String {
    let formula = if cell.starts_with(['=', '+', '-', '@', '\t']) { "'" } else { "" };
    format!("\"{formula}{}\"", one_line(cell).replace('"', "\"\""))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Escapes TeX syntax for text between braces.
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
    fn csv_cells_are_quoted_and_formulas_escaped() {
        let (entry, origin) = sample();
        let row = Format::Csv.entry(&entry, &origin);
        assert!(row.starts_with("\"'=潮 \"\"汐\"\" 50% & {x}\",\"纸鸢\",\"2023-10-16\","), "{row}");
        assert_eq!(Format::Csv.begin(&origin).matches(',').count(), row.matches("\",\"").count());
    }

    #[test]
    fn json_lines_start_with_the_header() {
        let (entry, origin) = sample();
        let text = Format::JsonLines.begin(&origin) + &Format::JsonLines.entry(&entry, &origin);
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((&lines[0]["query"], &lines[0]["build"]), (&"潮 @{1}".into(), &"abcdefgh".into()));
        assert_eq!(lines[1]["title"], entry.title);
    }

    #[test]
    fn ris_and_bibtex_records_are_complete() {
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
