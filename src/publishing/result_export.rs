//! Export of search results: tables, reference managers, scripts.
//!
//! Own code, a few lines for each format: the crates for CSV do not defuse formulas, and serve one format each.

use crate::model::Article;
use crate::text::one_line;
use serde::Serialize;
use std::str::FromStr;

/// Export format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
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
pub struct ExportHeader {
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
pub struct ExportRecord {
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
    /// Authors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

impl ExportFormat {
    /// All formats, in display order.
    pub const ALL: [ExportFormat; 4] =
        [ExportFormat::Csv, ExportFormat::JsonLines, ExportFormat::Ris, ExportFormat::BibTex];

    /// Returns the name, as [`ExportFormat::from_str`] reads it.
    pub fn name(self) -> &'static str {
        match self {
            ExportFormat::Csv => "csv",
            ExportFormat::JsonLines => "jsonl",
            ExportFormat::Ris => "ris",
            ExportFormat::BibTex => "bibtex",
        }
    }

    /// Returns the name for a reader.
    pub fn label(self) -> &'static str {
        match self {
            ExportFormat::Csv => "CSV",
            ExportFormat::JsonLines => "JSON Lines",
            ExportFormat::Ris => "RIS",
            ExportFormat::BibTex => "BibTeX",
        }
    }

    /// Returns the extension of a file, without the dot.
    pub fn extension(self) -> &'static str {
        if self == ExportFormat::BibTex { "bib" } else { self.name() }
    }
}

impl FromStr for ExportFormat {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<ExportFormat, Self::Err> {
        let format = ExportFormat::ALL.into_iter().find(|format| format.name() == name);
        format.ok_or("unknown export format: use csv, jsonl, ris or bibtex")
    }
}

impl ExportRecord {
    /// Creates the record of `article` with the display name `source`. `site` is the base URL of the archive,
    /// or empty.
    pub fn from_article(article: &Article, source: &str, site: &str, snippet: String) -> ExportRecord {
        ExportRecord {
            id: article.id.to_string(),
            title: article.title.clone(),
            source: source.to_owned(),
            date: article.time.map(|time| time.date().to_string()).unwrap_or_default(),
            url: article.url.as_ref().map(ToString::to_string).unwrap_or_default(),
            permalink: format!("{site}#/a/{}", article.id),
            snippet,
            authors: article.details.authors.clone(),
            tags: article.details.tags.clone(),
        }
    }
}

impl ExportFormat {
    /// Formats the header.
    pub fn header(self, origin: &ExportHeader) -> String {
        let ExportHeader { query, archive, build, total } = origin;
        match self {
            // The byte order mark makes Excel decode UTF-8; without a mark Chinese text is garbled.
            ExportFormat::Csv => {
                "\u{FEFF}title,source,date,url,permalink,snippet,query,archive,build,authors,tags\r\n"
                    .to_owned()
            }
            ExportFormat::JsonLines => json_line(serde_json::to_string(origin)),
            ExportFormat::Ris => String::new(),
            ExportFormat::BibTex => {
                let summary = format!("{total} found in {archive} (build {build}) for: {query}");
                format!("@comment{{{}}}\n\n", summary.replace(['{', '}', '@'], " "))
            }
        }
    }

    /// Formats one record.
    pub fn record(self, entry: &ExportRecord, origin: &ExportHeader) -> String {
        let ExportRecord { id, title, source, date, url, permalink, snippet, authors, tags } = entry;
        let (query, archive, build) = (&origin.query, &origin.archive, &origin.build);
        match self {
            ExportFormat::Csv => {
                let (authors, tags) = (&authors.join("; "), &tags.join("; "));
                let cells =
                    [title, source, date, url, permalink, snippet, query, archive, build, authors, tags];
                cells.map(|cell| csv_cell(cell)).join(",") + "\r\n"
            }
            ExportFormat::JsonLines => json_line(serde_json::to_string(entry)),
            ExportFormat::Ris => {
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
                let people = authors.iter().map(|author| ("AU", author.as_str()));
                let keywords = tags.iter().map(|tag| ("KW", tag.as_str()));
                let fields: Vec<(&str, &str)> = fields.into_iter().chain(people).chain(keywords).collect();
                let lines = fields.iter().filter(|(_, value)| !value.is_empty());
                let lines: String =
                    lines.map(|(name, value)| format!("{name}  - {}\r\n", one_line(value))).collect();
                lines + "ER  - \r\n\r\n"
            }
            ExportFormat::BibTex => {
                let (authors, tags) = (&authors.join(" and "), &tags.join(", "));
                let fields = [
                    ("author", authors),
                    ("title", title),
                    ("journal", source),
                    ("date", date),
                    ("url", url),
                    ("abstract", snippet),
                    ("note", permalink),
                    ("keywords", tags),
                ];
                let fields = fields.iter().filter(|(_, value)| !value.is_empty());
                let fields: String =
                    fields.map(|(name, value)| format!("  {name} = {{{}}},\n", escape_tex(value))).collect();
                format!("@article{{{id},\n{fields}}}\n\n")
            }
        }
    }
}

fn json_line(json: serde_json::Result<String>) -> String {
    // Serializing strings and numbers cannot fail.
    json.unwrap_or_default() + "\n"
}

/// Quotes a CSV cell. Text that a spreadsheet would evaluate as a formula is prefixed with an apostrophe.
fn csv_cell(cell: &str) -> String {
    let line = one_line(cell);
    let apostrophe = if line.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{apostrophe}{}\"", line.replace('"', "\"\""))
}

/// Escapes TeX syntax for text between braces.
fn escape_tex(text: &str) -> String {
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

    fn sample() -> (ExportRecord, ExportHeader) {
        let entry = ExportRecord {
            id: "0123456789ab".into(),
            title: "=潮 \"汐\"\n50% & {x}".into(),
            source: "纸鸢".into(),
            date: "2023-10-16".into(),
            url: "https://a.example/%E6%BD%AE".into(),
            permalink: "#/a/0123456789ab".into(),
            snippet: "…江水".into(),
            authors: vec!["林舟".into(), "阿潮".into()],
            tags: vec!["水".into()],
        };
        let origin = ExportHeader {
            query: "潮 @{1}".into(),
            archive: "潮汐集".into(),
            build: "abcdefgh".into(),
            total: 1,
        };
        (entry, origin)
    }

    #[test]
    fn formulas_are_escaped_after_white_space() {
        for cell in ["=1+1", "\n=1+1", " \t@cmd", "-2"] {
            assert!(csv_cell(cell).starts_with("\"'"), "{cell:?}: {}", csv_cell(cell));
        }
        assert_eq!(csv_cell(" 潮 = 汐"), "\"潮 = 汐\"");
    }

    #[test]
    fn csv_cells_are_quoted_and_formulas_escaped() {
        let (entry, origin) = sample();
        let row = ExportFormat::Csv.record(&entry, &origin);
        assert!(row.starts_with("\"'=潮 \"\"汐\"\" 50% & {x}\",\"纸鸢\",\"2023-10-16\","), "{row}");
        assert_eq!(ExportFormat::Csv.header(&origin).matches(',').count(), row.matches("\",\"").count());
    }

    #[test]
    fn json_lines_start_with_the_header() {
        let (entry, origin) = sample();
        let text = ExportFormat::JsonLines.header(&origin) + &ExportFormat::JsonLines.record(&entry, &origin);
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((&lines[0]["query"], &lines[0]["build"]), (&"潮 @{1}".into(), &"abcdefgh".into()));
        assert_eq!(lines[1]["title"], entry.title);
    }

    #[test]
    fn ris_and_bibtex_records_are_complete() {
        let (entry, origin) = sample();
        let ris = ExportFormat::Ris.record(&entry, &origin);
        assert!(
            ris.starts_with("TY  - NEWS\r\nTI  - =潮 \"汐\" 50% & {x}\r\n")
                && ris.ends_with("ER  - \r\n\r\n")
        );
        assert!(ris.contains("DA  - 2023/10/16\r\n") && ris.contains("潮汐集 (build abcdefgh): 潮 @{1}"));
        assert!(ris.contains("AU  - 林舟\r\nAU  - 阿潮\r\nKW  - 水\r\n"), "{ris}");
        let bib = ExportFormat::BibTex.record(&entry, &origin);
        assert!(bib.contains("author = {林舟 and 阿潮}") && bib.contains("keywords = {水}"), "{bib}");
        assert!(bib.contains("title = {=潮 \"汐\" 50\\% \\& \\{x\\}}"), "{bib}");
        assert!(!ExportFormat::BibTex.header(&origin)[9..].contains('@'));
    }
}
