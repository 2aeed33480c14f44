//! What the page about the archive says. `{}` is filled in.

/// The texts about the archive.
pub struct AboutTexts {
    /// What the page is called.
    pub name: &'static str,
    /// How many articles.
    pub articles: &'static str,
    /// From the first day to the last.
    pub range: &'static str,
    /// Articles without a date.
    pub undated: &'static str,
    /// Where articles come from.
    pub sources: &'static str,
    /// The languages.
    pub languages: &'static str,
    /// What the archive weighs.
    pub size: &'static str,
    /// What it weighs, when only the first file is known.
    pub size_entry: &'static str,
    /// The time zone.
    pub zone: &'static str,
    /// The version of the format.
    pub format: &'static str,
    /// The name of the content.
    pub build: &'static str,
    /// Under which terms it may be used.
    pub licence: &'static str,
    /// Above the plot of months.
    pub by_month: &'static str,
    /// The most articles a bar has, and which bar that is.
    pub most: &'static str,
    /// Above the plots of sources.
    pub by_source: &'static str,
    /// How those plots are drawn.
    pub own_scale: &'static str,
    /// The button that shows a plot as a table.
    pub as_table: &'static str,
    /// The head of a column of years.
    pub year: &'static str,
    /// The head of a column of counts.
    pub count: &'static str,
    /// The head of the column of plots.
    pub over_time: &'static str,
    /// The sum of a year.
    pub whole_year: &'static str,
    /// Above what became of the files.
    pub files: &'static str,
    /// How many files were read.
    pub files_read: &'static str,
    /// How many became articles.
    pub files_articles: &'static str,
    /// How many are other versions of an article.
    pub files_versions: &'static str,
    /// How many were skipped.
    pub files_skipped: &'static str,
    /// Why files were skipped: hidden, settings, unreadable, a link, no file, too large, empty, no text.
    pub reasons: [&'static str; 8],
    /// A reason that this version does not know.
    pub other_reason: &'static str,
}

pub(super) static HANS: AboutTexts = AboutTexts {
    name: "关于本档案",
    articles: "文章",
    range: "日期",
    undated: "{} 篇无日期",
    sources: "来源",
    languages: "语言",
    size: "大小",
    size_entry: "目录 {}",
    zone: "时区",
    format: "格式版本",
    build: "内容编号",
    licence: "许可",
    by_month: "各月篇数",
    most: "最多 {} 篇：{}",
    by_source: "各来源",
    own_scale: "每行按自己的最高值画",
    as_table: "显示为表格",
    year: "年份",
    count: "篇数",
    over_time: "随时间",
    whole_year: "全年",
    files: "建库时的文件",
    files_read: "读到的文件",
    files_articles: "成为文章",
    files_versions: "同一文章的其他版本",
    files_skipped: "跳过",
    reasons: [
        "隐藏的文件或文件夹",
        "多余的 sheaf.toml",
        "读不出来",
        "链接无效或绕回上层",
        "不是普通文件",
        "超过大小限制",
        "空文件",
        "不是文本",
    ],
    other_reason: "其他原因",
};

pub(super) static HANT: AboutTexts = AboutTexts {
    name: "關於本檔案庫",
    articles: "文章",
    range: "日期",
    undated: "{} 篇無日期",
    sources: "來源",
    languages: "語言",
    size: "大小",
    size_entry: "目錄 {}",
    zone: "時區",
    format: "格式版本",
    build: "內容編號",
    licence: "授權",
    by_month: "各月篇數",
    most: "最多 {} 篇：{}",
    by_source: "各來源",
    own_scale: "每列按自己的最高值畫",
    as_table: "顯示為表格",
    year: "年份",
    count: "篇數",
    over_time: "隨時間",
    whole_year: "全年",
    files: "建庫時的檔案",
    files_read: "讀到的檔案",
    files_articles: "成為文章",
    files_versions: "同一文章的其他版本",
    files_skipped: "略過",
    reasons: [
        "隱藏的檔案或資料夾",
        "多餘的 sheaf.toml",
        "讀不出來",
        "連結無效或繞回上層",
        "不是普通檔案",
        "超過大小限制",
        "空檔案",
        "不是文字",
    ],
    other_reason: "其他原因",
};

pub(super) static EN: AboutTexts = AboutTexts {
    name: "About this archive",
    articles: "Articles",
    range: "Dates",
    undated: "{} without a date",
    sources: "Sources",
    languages: "Languages",
    size: "Size",
    size_entry: "catalogue {}",
    zone: "Time zone",
    format: "Format version",
    build: "Content",
    licence: "Licence",
    by_month: "Articles by month",
    most: "At most {}: {}",
    by_source: "By source",
    own_scale: "Each line is drawn to its own height",
    as_table: "Show as a table",
    year: "Year",
    count: "Articles",
    over_time: "Over time",
    whole_year: "Whole year",
    files: "Files at build time",
    files_read: "Files read",
    files_articles: "Became articles",
    files_versions: "Other versions of an article",
    files_skipped: "Skipped",
    reasons: [
        "Hidden files and folders",
        "Another sheaf.toml",
        "Could not be read",
        "Links that lead nowhere or in a circle",
        "Not a regular file",
        "Larger than allowed",
        "Empty",
        "Not text",
    ],
    other_reason: "Other reasons",
};
