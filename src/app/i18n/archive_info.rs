//! Texts of the page about the archive. `{}` is a placeholder.

use super::{fill, format_number};

pub struct AboutTexts {
    pub name: &'static str,
    pub articles: &'static str,
    /// First to last day.
    pub range: &'static str,
    undated: &'static str,
    pub sources: &'static str,
    pub languages: &'static str,
    pub size: &'static str,
    /// Size if only the manifest's is known.
    size_entry: &'static str,
    pub zone: &'static str,
    pub format: &'static str,
    /// Content hash.
    pub build: &'static str,
    pub licence: &'static str,
    pub by_month: &'static str,
    pub by_quarter: &'static str,
    pub by_year: &'static str,
    /// Bars of several years.
    pub by_period: &'static str,
    /// Highest bar: count and date.
    maximum: &'static str,
    pub by_source: &'static str,
    /// States that every plot has its own scale.
    pub separate_scales: &'static str,
    pub as_table: &'static str,
    pub year: &'static str,
    pub count: &'static str,
    pub over_time: &'static str,
    pub whole_year: &'static str,
    pub files: &'static str,
    pub files_read: &'static str,
    pub files_articles: &'static str,
    pub files_versions: &'static str,
    pub files_skipped: &'static str,
    /// Reasons for skipping files.
    hidden: &'static str,
    extra_settings: &'static str,
    unreadable: &'static str,
    broken_link: &'static str,
    special_file: &'static str,
    too_large: &'static str,
    empty: &'static str,
    not_text: &'static str,
    other_reason: &'static str,
}

impl AboutTexts {
    pub fn undated(&self, count: u64) -> String {
        fill(self.undated, &[&format_number(count)])
    }

    pub fn size_entry(&self, size: &str) -> String {
        fill(self.size_entry, &[size])
    }

    pub fn maximum(&self, count: u64, period: &str) -> String {
        fill(self.maximum, &[&format_number(count), period])
    }

    /// Text of a reason in [`SKIP_REASONS`](crate::archive::SKIP_REASONS), or of one that this version does not know.
    pub fn skip_reason(&self, reason: &str) -> &'static str {
        match reason {
            "hidden" => self.hidden,
            "settings" => self.extra_settings,
            "unreadable" => self.unreadable,
            "link" => self.broken_link,
            "special" => self.special_file,
            "large" => self.too_large,
            "empty" => self.empty,
            "binary" => self.not_text,
            _ => self.other_reason,
        }
    }
}

pub(super) static HANS: AboutTexts = AboutTexts {
    name: "关于本文库",
    articles: "文章",
    range: "日期",
    undated: "{} 篇日期不详",
    sources: "来源",
    languages: "语言",
    size: "大小",
    size_entry: "索引 {}",
    zone: "时区",
    format: "格式版本",
    build: "内容版本",
    licence: "许可",
    by_month: "各月篇数",
    by_quarter: "各季度篇数",
    by_year: "各年篇数",
    by_period: "各时段篇数",
    maximum: "最多 {} 篇（{}）",
    by_source: "各来源篇数",
    separate_scales: "各行比例尺不同",
    as_table: "显示为表格",
    year: "年份",
    count: "篇数",
    over_time: "时间分布",
    whole_year: "全年",
    files: "文件处理情况",
    files_read: "读取的文件",
    files_articles: "收录为文章",
    files_versions: "归为旧版本",
    files_skipped: "跳过",
    hidden: "隐藏的文件或文件夹",
    extra_settings: "多余的 sheaf.toml",
    unreadable: "无法读取",
    broken_link: "链接失效或循环",
    special_file: "特殊文件",
    too_large: "超过大小限制",
    empty: "空文件",
    not_text: "不是文本文件",
    other_reason: "其他原因",
};

pub(super) static HANT: AboutTexts = AboutTexts {
    name: "關於本文庫",
    articles: "文章",
    range: "日期",
    undated: "{} 篇日期不詳",
    sources: "來源",
    languages: "語言",
    size: "大小",
    size_entry: "索引 {}",
    zone: "時區",
    format: "格式版本",
    build: "內容版本",
    licence: "授權",
    by_month: "各月篇數",
    by_quarter: "各季篇數",
    by_year: "各年篇數",
    by_period: "各時段篇數",
    maximum: "最多 {} 篇（{}）",
    by_source: "各來源篇數",
    separate_scales: "各列比例尺不同",
    as_table: "顯示為表格",
    year: "年份",
    count: "篇數",
    over_time: "時間分布",
    whole_year: "全年",
    files: "檔案處理情形",
    files_read: "讀取的檔案",
    files_articles: "收錄為文章",
    files_versions: "歸為舊版本",
    files_skipped: "略過",
    hidden: "隱藏的檔案或資料夾",
    extra_settings: "多餘的 sheaf.toml",
    unreadable: "無法讀取",
    broken_link: "連結失效或循環",
    special_file: "特殊檔案",
    too_large: "超過大小限制",
    empty: "空檔案",
    not_text: "不是文字檔",
    other_reason: "其他原因",
};

pub(super) static EN: AboutTexts = AboutTexts {
    name: "About this archive",
    articles: "Articles",
    range: "Dates",
    undated: "{} undated",
    sources: "Sources",
    languages: "Languages",
    size: "Size",
    size_entry: "index {}",
    zone: "Time zone",
    format: "Format",
    build: "Build",
    licence: "Licence",
    by_month: "Articles by month",
    by_quarter: "Articles by quarter",
    by_year: "Articles by year",
    by_period: "Articles over time",
    maximum: "Peak: {} ({})",
    by_source: "Articles by source",
    separate_scales: "Each row has its own scale",
    as_table: "Show as a table",
    year: "Year",
    count: "Articles",
    over_time: "Over time",
    whole_year: "Whole year",
    files: "Source files",
    files_read: "Files read",
    files_articles: "Added as articles",
    files_versions: "Added as earlier versions",
    files_skipped: "Skipped",
    hidden: "Hidden files and folders",
    extra_settings: "Extra sheaf.toml files",
    unreadable: "Couldn’t be read",
    broken_link: "Broken or circular links",
    special_file: "Special files",
    too_large: "Over the size limit",
    empty: "Empty files",
    not_text: "Not text files",
    other_reason: "Other reasons",
};
