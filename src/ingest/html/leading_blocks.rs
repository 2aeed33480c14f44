//! Start of a body: repeated title or date lines, and the lead.

use crate::ingest::diagnostics::Diagnostics;
use crate::model::{Block, Inline, MONTH_NAMES};

/// Metadata in the lines removed from the start of a body.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Opening {
    /// Date line.
    pub(super) dateline: Option<String>,
    /// Author.
    pub(super) author: Option<String>,
}

/// Removes first lines that repeat title or date or are a byline of a template, and moves the lead to the front.
pub(super) fn tidy_opening(blocks: &mut Vec<Block>, title: &str, found: &mut Diagnostics) -> Opening {
    trim_rules(blocks, found);
    let mut opening = Opening::default();
    // Title and date occur in either order.
    for _ in 0..2 {
        let Some(at) = blocks.iter().position(|block| !is_picture(block)) else { break };
        let (Block::Paragraph(inlines) | Block::Heading(_, inlines)) = &blocks[at] else { break };
        let text = Inline::join_text(inlines);
        // A single line is the text itself.
        if blocks.len() == 1 {
            break;
        }
        if opening.dateline.is_none() && is_date(&text) && !is_entry(blocks, at) {
            found.count_removed_text("repeated-date", &text);
            opening.dateline = Some(text);
        } else if let Some(byline) = template_byline(&text).filter(|_| opening == Opening::default()) {
            found.count_removed_text("template-byline", &text);
            opening = byline;
        } else if is_same_text(&text, title) {
            found.count_removed_text("repeated-title", &text);
        } else {
            break;
        }
        blocks.remove(at);
    }
    trim_rules(blocks, found);
    mark_lead(blocks);
    opening
}

/// Reads a line that a template made of an author and a machine's time, such as `null Lin Zhou 2020-08-05T08:24:52.719Z`.
/// A missing part stands there as `null`.
fn template_byline(line: &str) -> Option<Opening> {
    const MAX_AUTHOR_CHARS: usize = 60;
    const MISSING: [&str; 4] = ["null", "undefined", "NaN", "None"];
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let is_time = |word: &&str| word.contains('T') && word.contains(':') && is_date(word);
    let time = match (words.first().copied().filter(is_time), words.last().copied().filter(is_time)) {
        (_, Some(time)) => {
            words.pop();
            time
        }
        (Some(time), None) => {
            words.remove(0);
            time
        }
        (None, None) => return None,
    };
    words.retain(|word| !MISSING.contains(word));
    let author = words.join(" ");
    let author = author.trim_matches(|c: char| c.is_whitespace() || "|·•,，/-–—".contains(c));
    // A sentence or a second time is text.
    let is_text = author.chars().count() > MAX_AUTHOR_CHARS
        || author.contains(['。', '！', '？', '!', '?', '；'])
        || author.ends_with(['.', '：', ':'])
        || author.chars().any(|c| c.is_ascii_digit());
    let author = Some(author).filter(|author| author.contains(char::is_alphabetic)).map(str::to_owned);
    (!is_text).then(|| Opening { dateline: Some(time.to_owned()), author })
}

/// Removes rules that separate nothing: first, last and consecutive ones.
fn trim_rules(blocks: &mut Vec<Block>, found: &mut Diagnostics) {
    let before = blocks.len();
    while let Some(Block::Rule(())) = blocks.last() {
        blocks.pop();
    }
    let mut after_rule = true;
    blocks.retain(|block| {
        let is_rule = matches!(block, Block::Rule(()));
        let keep = !(is_rule && after_rule);
        after_rule = is_rule;
        keep
    });
    found.count_removed("stray-rule", u32::try_from(before - blocks.len()).unwrap_or(u32::MAX));
}

fn is_picture(block: &Block) -> bool {
    matches!(block, Block::Figure(_) | Block::Embed(_))
}

/// Returns true if the date at `at` heads an entry of a chronicle or diary, as later dates do.
fn is_entry(blocks: &[Block], at: usize) -> bool {
    if matches!(blocks[at], Block::Heading(..)) {
        return true;
    }
    // A table or a timeline further down has dates in another form.
    let form = std::mem::discriminant::<Inline>;
    let first = |block: &Block| match block {
        Block::Paragraph(inlines) if is_date(&Inline::join_text(inlines)) => inlines.first().map(form),
        _ => None,
    };
    let is_alike = |block: &Block| first(block).is_some() && first(block) == first(&blocks[at]);
    blocks[at + 1..].iter().skip_while(|block| is_alike(block)).any(is_alike)
}

/// Returns true if two lines say the same, apart from white space, case and punctuation that changes no meaning.
fn is_same_text(line: &str, title: &str) -> bool {
    let title = essence(title);
    title.contains(char::is_alphanumeric) && title == essence(line)
}

/// The letters, digits and signs of `text` in one case and one width.
fn essence(text: &str) -> String {
    const SIGNS: &str = "#$%&+=?@";
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    };
    let is_essential = |c: &char| c.is_alphanumeric() || SIGNS.contains(*c);
    text.chars().map(narrow).filter(is_essential).flat_map(char::to_lowercase).collect()
}

const MAX_DATE_CHARS: usize = 60;

/// Words of lines with a date beside [`MONTH_NAMES`], which precede them; longer ones precede their prefixes.
const DATE_WORDS: [&str; 75] = [
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "published",
    "updated",
    "posted",
    "gmt",
    "utc",
    "cst",
    "est",
    "edt",
    "am",
    "pm",
    "at",
    "on",
    "of",
    "st",
    "nd",
    "rd",
    "th",
    "t",
    "z",
    "最后更新",
    "最後更新",
    "更新时间",
    "更新時間",
    "发布时间",
    "發布時間",
    "更新",
    "发布",
    "發布",
    "发表",
    "發表",
    "时间",
    "時間",
    "日期",
    "星期",
    "週",
    "周",
    "上午",
    "下午",
    "年",
    "月",
    "日",
    "号",
    "號",
    "时",
    "時",
    "分",
    "秒",
    "于",
    "於",
];

/// Returns `true` if a line is only a date: with a year, or relative.
fn is_date(line: &str) -> bool {
    const CHANGED: [&str; 2] = ["updated", "更新"];
    if line.chars().count() > MAX_DATE_CHARS {
        return false;
    }
    let line = line.to_lowercase();
    if is_relative_date(&line) {
        return true;
    }
    let mut rest = line.as_str();
    let mut numbers: Vec<u32> = Vec::new();
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            numbers.push(rest[..end].parse().unwrap_or(u32::MAX));
            rest = &rest[end..];
        } else if let Some(after) =
            MONTH_NAMES.iter().chain(&DATE_WORDS).find_map(|word| rest.strip_prefix(word))
        {
            rest = after;
        } else if !first.is_alphanumeric() || "一二三四五六日".contains(first) {
            rest = &rest[first.len_utf8()..];
        } else {
            return false;
        }
    }
    let years = numbers.iter().filter(|number| (1900..2100).contains(*number)).count();
    // Two years are a span of time, unless the second is that of a change.
    let most = if CHANGED.iter().any(|word| line.contains(word)) { 2 } else { 1 };
    (2..=9).contains(&numbers.len()) && (1..=most).contains(&years)
}

/// Returns `true` if a line is a relative date, such as "19 分钟前" or "2 hours ago".
fn is_relative_date(line: &str) -> bool {
    const UNITS: [&str; 17] = [
        "分钟前",
        "分鐘前",
        "小时前",
        "小時前",
        "天前",
        "日前",
        "周前",
        "週前",
        "个月前",
        "個月前",
        "minutesago",
        "minuteago",
        "hoursago",
        "hourago",
        "daysago",
        "dayago",
        "weeksago",
    ];
    let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let unit = line.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < line.len() && UNITS.contains(&unit)
}

/// Marks the first paragraph as the lead if wholly strong and followed by other paragraphs.
fn mark_lead(blocks: &mut Vec<Block>) {
    const MIN_LEAD_CHARS: usize = 15;
    const MIN_PARAGRAPHS_AFTER: usize = 2;
    let Some(at) = blocks.iter().position(|block| !is_picture(block)) else { return };
    let after = blocks[at + 1..].iter().filter(|block| matches!(block, Block::Paragraph(_))).count();
    let Block::Paragraph(inlines) = &mut blocks[at] else { return };
    let [Inline::Strong(inner)] = inlines.as_mut_slice() else { return };
    if after >= MIN_PARAGRAPHS_AFTER && Inline::join_text(inner).chars().count() >= MIN_LEAD_CHARS {
        let lead = Block::Lead(std::mem::take(inner));
        blocks.remove(at);
        blocks.insert(0, lead);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_lines_are_distinguished_from_text() {
        for date in [
            "16/10/2023 - 17:26",
            "2020-07-14T03:11:51Z",
            "2020-07-14T03:11:51.000Z",
            "2020-11-05 05:23:28",
            "Fri, 10 Jul 2020 11:22:33 GMT",
            "Nov 24th 2020",
            "Oct 5th 2020",
            "2020年 7月 14日",
            "2020年7月14日 星期二",
            "发布时间：2020年7月14日 上午 10:11",
            "19 分钟前",
            "2 hours ago",
            "发布：2020-12-31 更新：2021-01-02",
        ] {
            assert!(is_date(date), "{date}");
        }
        for text in [
            "",
            "2020",
            "2020年",
            "10月16日",
            "12:30",
            "【大纪元2020年10月16日讯】",
            "9",
            "2020年7月14日，北京",
            "3天后",
            "1958—1962",
            "1958.3 - 1962.11",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn titles_are_compared_by_letters_only() {
        assert!(is_same_text("江水 退了!", "江水退了！"));
        assert!(!is_same_text("江水退了，人们回家", "江水退了"));
        assert!(!is_same_text("", ""));
        assert!(!is_same_text("——", "……"));
        assert!(!is_same_text("??", "??"));
    }

    #[test]
    fn signs_that_change_the_meaning_are_compared() {
        assert!(!is_same_text("C++", "C#"));
        assert!(!is_same_text("C", "C#"));
        assert!(!is_same_text("江水退了？", "江水退了"));
        assert!(is_same_text("江水退了？", "江水退了?"));
        assert!(is_same_text("Ｃ＋＋", "C++"));
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(vec![Inline::Text(text.to_owned())])
    }

    fn heading(text: &str) -> Block {
        Block::Heading(3, vec![Inline::Text(text.to_owned())])
    }

    #[test]
    fn date_line_before_the_text_goes() {
        let text = || paragraph("江水退了。");
        for dates in [vec!["2020-07-14"], vec!["2020-07-14", "更新：2020-07-15"]] {
            let mut blocks: Vec<_> =
                dates.iter().map(|date| paragraph(date)).chain([text(), text()]).collect();
            let opening = tidy_opening(&mut blocks, "题目", &mut Diagnostics::default());
            assert_eq!(opening.dateline.as_deref(), Some("2020-07-14"));
            assert_eq!(blocks.len(), dates.len() + 1);
        }
    }

    #[test]
    fn date_that_heads_an_entry_stays() {
        let (first, second) = ("1937年12月13日", "1949年4月23日");
        for entry in [heading, paragraph] {
            let mut blocks =
                vec![entry(first), paragraph("渡口关闭。"), entry(second), paragraph("渡口重开。")];
            let before = blocks.clone();
            assert_eq!(tidy_opening(&mut blocks, "大事记", &mut Diagnostics::default()), Opening::default());
            assert_eq!(blocks, before);
        }
        let emphasis = Block::Paragraph(vec![Inline::Emphasis(vec![Inline::Text(first.to_owned())])]);
        let mut blocks = vec![emphasis, paragraph("渡口关闭。"), paragraph(second)];
        let opening = tidy_opening(&mut blocks, "大事记", &mut Diagnostics::default());
        assert_eq!(opening.dateline.as_deref(), Some(first));
        let mut blocks = vec![heading(first), paragraph("渡口关闭。")];
        assert_eq!(tidy_opening(&mut blocks, "大事记", &mut Diagnostics::default()), Opening::default());
    }

    #[test]
    fn byline_of_a_template_becomes_author_and_date() {
        const TIME: &str = "2020-08-05T08:24:52.719Z";
        for (line, author) in [
            (format!("null 林舟 {TIME}"), Some("林舟")),
            (format!("  林舟（综合报道）  {TIME}"), Some("林舟（综合报道）")),
            (format!("Lin  Zhou {TIME}"), Some("Lin Zhou")),
            (format!("{TIME} | Lin Zhou"), Some("Lin Zhou")),
            (format!("undefined {TIME}"), None),
        ] {
            let mut blocks = vec![paragraph(&line), paragraph("江水退了。"), paragraph("江水又涨了。")];
            let opening = tidy_opening(&mut blocks, "题目", &mut Diagnostics::default());
            assert_eq!(
                (opening.dateline.as_deref(), opening.author.as_deref()),
                (Some(TIME), author),
                "{line}"
            );
            assert_eq!(blocks.len(), 2, "{line}");
        }
        let time_of_two = format!("2020-08-04T08:24:52Z {TIME}");
        for line in [
            "null 林舟",
            "江水在 2020-08-05 退了。",
            "江水退了。 2020-08-05T08:24:52Z",
            &*time_of_two,
            "null",
        ] {
            let mut blocks = vec![paragraph(line), paragraph("江水退了。")];
            let opening = tidy_opening(&mut blocks, "题目", &mut Diagnostics::default());
            assert_eq!((opening, blocks.len()), (Opening::default(), 2), "{line}");
        }
        let mut only = vec![paragraph(&format!("林舟 {TIME}"))];
        assert_eq!(tidy_opening(&mut only, "题目", &mut Diagnostics::default()), Opening::default());
    }
}
