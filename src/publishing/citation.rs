//! Citations of articles, and text fragment links into the original.

use super::{ExportFormat, ExportHeader, ExportRecord};
use crate::model::Date;
use crate::text::{escape_markdown, one_line, sentences};
use percent_encoding::{NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// Citation style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationStyle {
    /// Chinese national standard GB/T 7714-2015: newspaper article online.
    Gbt7714,
    /// Publication Manual of the American Psychological Association, seventh edition. Without a known
    /// author, the title takes the author's place.
    Apa,
    /// BibTeX entry.
    BibTex,
    /// Markdown link, for notes and wikis.
    Markdown,
}

impl CitationStyle {
    /// All styles, in display order.
    pub const ALL: [CitationStyle; 4] =
        [CitationStyle::Gbt7714, CitationStyle::Apa, CitationStyle::BibTex, CitationStyle::Markdown];

    /// Returns the name of the style, which is the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            CitationStyle::Gbt7714 => "GB/T 7714",
            CitationStyle::Apa => "APA",
            CitationStyle::BibTex => "BibTeX",
            CitationStyle::Markdown => "Markdown",
        }
    }

    /// Cites the article of `entry`, published on `day` and accessed on `today`. Without a URL of the
    /// original the permalink is cited.
    ///
    /// ```
    /// use sheaf::{model::Date, publishing::{CitationStyle, ExportRecord}};
    /// let entry = ExportRecord { title: "江水退了".into(), source: "潮声报".into(), url: "https://a.example/1".into(), ..ExportRecord::default() };
    /// let (day, today) = (Date { year: 2023, month: 10, day: 16 }, Date { year: 2024, month: 1, day: 2 });
    /// assert_eq!(CitationStyle::Gbt7714.cite(&entry, Some(day), today), "江水退了[N/OL]. 潮声报, 2023-10-16[2024-01-02]. https://a.example/1");
    /// ```
    pub fn cite(self, entry: &ExportRecord, day: Option<Date>, today: Date) -> String {
        let ExportRecord { title, source, url, permalink, authors, .. } = entry;
        let authors = authors.join(", ");
        let url = if url.is_empty() { permalink } else { url };
        match self {
            CitationStyle::Gbt7714 => {
                let day = day.map(|day| format!(", {day}")).unwrap_or_default();
                let authors = if authors.is_empty() { authors } else { authors + ". " };
                format!("{authors}{title}[N/OL]. {source}{day}[{today}]. {url}")
            }
            CitationStyle::Apa => {
                // No full stop after a title that ends with punctuation.
                let ended = title.ends_with(['.', '?', '!', '。', '？', '！', '…']);
                let stop = if ended { "" } else { "." };
                let day = day.map_or("n.d.".to_owned(), |day| {
                    let month = MONTHS.get(usize::from(day.month) - 1).copied().unwrap_or_default();
                    format!("{}, {month} {}", day.year, day.day)
                });
                if authors.is_empty() {
                    format!("{title}{stop} ({day}). {source}. {url}")
                } else {
                    format!("{authors} ({day}). {title}{stop} {source}. {url}")
                }
            }
            CitationStyle::BibTex => {
                let origin = ExportHeader::default();
                ExportFormat::BibTex.record(entry, &origin).trim_end().to_owned()
            }
            CitationStyle::Markdown => {
                let day = day.map(|day| format!(", {day}")).unwrap_or_default();
                format!(
                    "[{}]({}) ({}{day})",
                    escape_markdown(title),
                    url.replace('(', "%28").replace(')', "%29"),
                    escape_markdown(source)
                )
            }
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Characters of each end of a text fragment; a longer quote is identified by both ends.
const FRAGMENT_CHARS: usize = 24;

/// Returns a link that scrolls the page at `url` to `quote` and highlights the quote (URL fragment text
/// directives, WICG). Browsers without support open the top of the page. `None` if the quote is blank.
///
/// ```
/// assert_eq!(
///     sheaf::publishing::text_fragment_link("https://a.example/1#top", " an  ebb, a flood "),
///     Some("https://a.example/1#top:~:text=an%20ebb%2C%20a%20flood".to_owned())
/// );
/// ```
pub fn text_fragment_link(url: &str, quote: &str) -> Option<String> {
    // Browsers match each end within one block, so the ends come from the first and the last line.
    let mut lines = quote.lines().map(one_line).filter(|line| !line.is_empty());
    let first = lines.next()?;
    let last = lines.next_back();
    let text = match last {
        Some(last) => {
            format!("{},{}", percent_encode(fragment_start(&first)), percent_encode(fragment_end(&last)))
        }
        None if first.chars().count() > 3 * FRAGMENT_CHARS => {
            format!("{},{}", percent_encode(fragment_start(&first)), percent_encode(fragment_end(&first)))
        }
        None => percent_encode(&first).to_string(),
    };
    let hash = if url.contains('#') { "" } else { "#" };
    Some(format!("{url}{hash}:~:text={text}"))
}

/// Returns the first words of a line. Browsers match whole words only, so the text ends at a word boundary.
fn fragment_start(line: &str) -> &str {
    let far = line.char_indices().nth(FRAGMENT_CHARS).map_or(line.len(), |(at, _)| at);
    let cut = line.get(..far).filter(|_| far < line.len()).and_then(|head| head.rfind(is_boundary));
    line.get(..cut.filter(|&at| at > 0).unwrap_or(far)).unwrap_or(line)
}

/// Returns the last words of a line.
fn fragment_end(line: &str) -> &str {
    let far = line.char_indices().rev().nth(FRAGMENT_CHARS - 1).map_or(0, |(at, _)| at);
    let tail = line.get(far..).unwrap_or(line);
    let cut = tail.char_indices().find(|&(_, c)| is_boundary(c)).map(|(at, c)| at + c.len_utf8());
    tail.get(cut.filter(|&at| far > 0 && at < tail.len()).unwrap_or(0)..).unwrap_or(tail)
}

fn is_boundary(c: char) -> bool {
    c == ' ' || matches!(c, '，' | '。' | '、' | '；' | '：' | '？' | '！' | '”' | '“' | '」' | '「')
}

/// Percent-encodes all bytes except ASCII letters and digits: `-`, `,` and `&` are syntax in a text fragment.
fn percent_encode(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, NON_ALPHANUMERIC)
}

/// Returns the whole sentences of `line` that overlap the bytes `from..to`.
pub fn enclosing_sentences(line: &str, from: usize, to: usize) -> &str {
    let Some(part) = line.get(from..to) else { return line.trim() };
    let from = from + (part.len() - part.trim_start().len());
    let to = from + part.trim().len();
    let sentences = sentences(line);
    let start = sentences.iter().rev().find(|range| range.start <= from).map_or(0, |range| range.start);
    let end = sentences.iter().find(|range| range.end >= to && range.end > from);
    line.get(start..end.map_or(line.len(), |range| range.end)).unwrap_or(line).trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY: Date = Date { year: 2023, month: 10, day: 6 };
    const TODAY: Date = Date { year: 2024, month: 1, day: 2 };

    fn entry(title: &str, source: &str, url: &str) -> ExportRecord {
        ExportRecord {
            id: "0123456789ab".into(),
            title: title.into(),
            source: source.into(),
            date: DAY.to_string(),
            url: url.into(),
            permalink: "https://b.example/#/a/0123456789ab".into(),
            ..ExportRecord::default()
        }
    }

    #[test]
    fn traditional_and_english_articles_are_cited_in_each_style() {
        let hant = entry("渡輪停駛？", "潮聲報", "https://a.example/(1)");
        let cited = CitationStyle::ALL.map(|style| style.cite(&hant, Some(DAY), TODAY));
        let bibtex = "@article{0123456789ab,\n  title = {渡輪停駛？},\n  journal = {潮聲報},\n  date = {2023-10-06},\n  url = {https://a.example/(1)},\n  note = {https://b.example/\\#/a/0123456789ab},\n}";
        assert_eq!(
            cited,
            [
                "渡輪停駛？[N/OL]. 潮聲報, 2023-10-06[2024-01-02]. https://a.example/(1)",
                "渡輪停駛？ (2023, October 6). 潮聲報. https://a.example/(1)",
                bibtex,
                "[渡輪停駛？](https://a.example/%281%29) (潮聲報, 2023-10-06)",
            ]
        );
        let en = entry("The [last] ferry", "Tide_water", "https://a.example/2");
        assert_eq!(
            CitationStyle::Apa.cite(&en, Some(DAY), TODAY),
            "The [last] ferry. (2023, October 6). Tide_water. https://a.example/2"
        );
        assert_eq!(
            CitationStyle::Markdown.cite(&en, Some(DAY), TODAY),
            "[The \\[last\\] ferry](https://a.example/2) (Tide\\_water, 2023-10-06)"
        );
    }

    #[test]
    fn citation_without_date_and_url_omits_them_and_uses_the_permalink() {
        let lost = ExportRecord { date: String::new(), ..entry("无名的信", "纸鸢", "") };
        let cited = CitationStyle::ALL.map(|style| style.cite(&lost, None, TODAY));
        assert_eq!(cited[0], "无名的信[N/OL]. 纸鸢[2024-01-02]. https://b.example/#/a/0123456789ab");
        assert_eq!(cited[1], "无名的信. (n.d.). 纸鸢. https://b.example/#/a/0123456789ab");
        assert!(!cited[2].contains("date") && !cited[2].contains("url ="), "{}", cited[2]);
        assert_eq!(cited[3], "[无名的信](https://b.example/#/a/0123456789ab) (纸鸢)");
    }

    #[test]
    fn long_quotes_are_identified_by_both_ends() {
        let decoded = |quote: &str| {
            let link = text_fragment_link("https://a.example/", quote)?;
            let text = link.strip_prefix("https://a.example/#:~:text=")?.to_owned();
            let mut bytes = Vec::new();
            let mut rest = text.as_bytes();
            while let Some((&first, after)) = rest.split_first() {
                if first == b'%' {
                    bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
                    rest = &after[2..];
                } else {
                    bytes.push(if first == b',' { b'|' } else { first });
                    rest = after;
                }
            }
            String::from_utf8(bytes).ok()
        };
        assert_eq!(decoded("江水退了。").as_deref(), Some("江水退了。"));
        assert_eq!(decoded(" \n "), None);
        assert_eq!(
            decoded("江水退了，船也停了。\n\n人还没有走。").as_deref(),
            Some("江水退了，船也停了。|人还没有走。")
        );
        let long = format!(
            "立秋前后，盐田收工，晒盐的人都回来了，{}，直到最后一班船离开渡口。",
            "一天又一天".repeat(20)
        );
        assert_eq!(
            decoded(&long).as_deref(),
            Some("立秋前后，盐田收工，晒盐的人都回来了|直到最后一班船离开渡口。")
        );
        let english = format!(
            "The ferry had stopped running by then, {} and nobody came to ask why.",
            "day after day".repeat(9)
        );
        assert_eq!(decoded(&english).as_deref(), Some("The ferry had stopped|nobody came to ask why."));
    }

    #[test]
    fn text_fragments_encode_every_byte_but_letters_and_digits() {
        for byte in 0..=255 {
            let c = char::from(byte);
            let codes: String = c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
            let expected = if c.is_ascii_alphanumeric() { c.to_string() } else { codes };
            assert_eq!(percent_encode(&c.to_string()).to_string(), expected);
        }
    }

    #[test]
    fn selection_expands_to_whole_sentences() {
        let line = "潮退了。“船呢？”他问。没有人答！价是3.5元。";
        let touched = |part: &str| {
            let from = line.find(part).unwrap();
            enclosing_sentences(line, from, from + part.len())
        };
        assert_eq!(touched("退"), "潮退了。");
        assert_eq!(touched("船"), "“船呢？”");
        assert_eq!(touched("问。没"), "他问。没有人答！");
        assert_eq!(touched("元"), "价是3.5元。");
        assert_eq!(enclosing_sentences("It ebbs. 3.5 m. Then not", 10, 12), "3.5 m.");
    }

    proptest! {
        #[test]
        fn sentences_contain_the_selection(line in "[a潮。？”. ]{0,30}", a in 0usize..90, b in 0usize..90) {
            let (from, to) = (a.min(b), a.max(b));
            if let Some(part) = line.get(from..to) {
                prop_assert!(enclosing_sentences(&line, from, to).contains(part.trim()));
            }
        }

        #[test]
        fn any_quote_gives_a_percent_encoded_link(quote in "(?s).*") {
            if let Some(link) = text_fragment_link("https://a.example/", &quote) {
                let text = link.strip_prefix("https://a.example/#:~:text=").unwrap();
                prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'%' || b == b','));
                prop_assert!(text.matches(',').count() <= 1);
            }
        }
    }
}
