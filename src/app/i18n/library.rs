//! Texts of the library. `{}` is a placeholder.

use super::{fill, format_number};
use crate::search::SortOrder;

pub struct LibraryTexts {
    pub opening: &'static str,
    received: &'static str,
    received_of_total: &'static str,
    /// No archive at the page's address.
    pub no_archive: &'static str,
    pub no_network: &'static str,
    /// A chunk of the app failed to load.
    pub chunk_failed: &'static str,
    /// A chunk of the app no longer exists on the host.
    pub chunk_missing: &'static str,
    pub other_version: &'static str,
    pub damaged: &'static str,
    pub retry: &'static str,
    articles: &'static str,
    article: &'static str,
    matching: &'static str,
    /// Hits so far, scanned articles, articles in all.
    searching: &'static str,
    pub querying_index: &'static str,
    other_sources: &'static str,
    /// Separator of names.
    pub list_separator: &'static str,
    pub export: &'static str,
    /// Estimated download size.
    export_cost: &'static str,
    exporting: &'static str,
    pub export_failed: &'static str,
    relaxed: &'static str,
    did_you_mean: &'static str,
    /// Query with `OR` and its number of results.
    any_word: &'static str,
    pub recent: &'static str,
    pub suggestions: &'static str,
    /// Filter that words of the query mean.
    date: &'static str,
    /// Meanings of the query operators.
    pub phrase_operator: &'static str,
    pub excluded_operator: &'static str,
    pub either_operator: &'static str,
    pub title_prefix: &'static str,
    pub title_operator: &'static str,
    pub after_operator: &'static str,
    /// Upper bound of the matches, if postings are missing.
    at_most: &'static str,
    /// Lower bound of the matches, if texts are missing.
    at_least: &'static str,
    /// Number of cached articles searched, and number of matches.
    matching_cached: &'static str,
    /// Number of cached articles searched, none of which matches.
    none_cached: &'static str,
    /// Number of articles not searched.
    none_cached_hint: &'static str,
    /// A search failed, and why.
    search_failed: &'static str,
    /// Possible causes.
    pub search_failed_hint: &'static str,
    /// Repeats a search that failed.
    pub search_again: &'static str,
    /// The code of the search could not be fetched.
    pub failed_code: &'static str,
    /// Authors and tags could not be fetched.
    pub failed_names: &'static str,
    /// The index could not be fetched.
    pub failed_index: &'static str,
    /// A part of the index could not be fetched.
    pub failed_postings: &'static str,
    /// The texts of some articles could not be fetched.
    pub failed_texts: &'static str,
    /// The search field's label.
    pub search: &'static str,
    pub search_hint: &'static str,
    pub clear_search: &'static str,
    pub skip: &'static str,
    pub list: &'static str,
    pub timeline: &'static str,
    pub clear: &'static str,
    pub newest_first: &'static str,
    pub oldest_first: &'static str,
    relevance: &'static str,
    newest: &'static str,
    oldest: &'static str,
    pub order: &'static str,
    pub filters: &'static str,
    pub source: &'static str,
    pub language: &'static str,
    pub year: &'static str,
    pub undated: &'static str,
    all_sources: &'static str,
    all_names: &'static str,
    pub fewer: &'static str,
    show: &'static str,
    remove: &'static str,
    since: &'static str,
    until: &'static str,
    excluded: &'static str,
    match_count: &'static str,
    minutes: &'static str,
    pub today: &'static str,
    end: &'static str,
    pub no_matches: &'static str,
    pub no_matches_hint: &'static str,
    pub drop_filters: &'static str,
    pub show_all: &'static str,
    pub row_failed: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    pub type_panel: &'static str,
    pub shortcuts: &'static str,
    pub close: &'static str,
}

impl LibraryTexts {
    pub fn received(&self, size: &str) -> String {
        fill(self.received, &[size])
    }

    pub fn received_of_total(&self, received: &str, total: &str) -> String {
        fill(self.received_of_total, &[received, total])
    }

    pub fn articles(&self, count: u64) -> String {
        match count {
            1 => self.article.to_owned(),
            count => fill(self.articles, &[&format_number(count)]),
        }
    }

    pub fn matching(&self, count: &str) -> String {
        fill(self.matching, &[count])
    }

    pub fn searching(&self, matches: u64, scanned: u64, total: u64) -> String {
        fill(self.searching, &[&format_number(matches), &format_number(scanned), &format_number(total)])
    }

    pub fn other_sources(&self, names: &str) -> String {
        fill(self.other_sources, &[names])
    }

    pub fn export_cost(&self, size: &str) -> String {
        fill(self.export_cost, &[size])
    }

    pub fn exporting(&self, done: u64, total: u64) -> String {
        fill(self.exporting, &[&format_number(done), &format_number(total)])
    }

    pub fn did_you_mean(&self, word: &str) -> String {
        fill(self.did_you_mean, &[word])
    }

    pub fn relaxed(&self, term: &str, matches: u64) -> String {
        fill(self.relaxed, &[term, &format_number(matches)])
    }

    pub fn date(&self, date: &str) -> String {
        fill(self.date, &[date])
    }

    pub fn any_word(&self, query: &str, matches: u64) -> String {
        fill(self.any_word, &[query, &format_number(matches)])
    }

    pub fn at_most(&self, count: u64) -> String {
        fill(self.at_most, &[&format_number(count)])
    }

    pub fn at_least(&self, count: u64) -> String {
        fill(self.at_least, &[&format_number(count)])
    }

    pub fn matching_cached(&self, cached: u64, matches: u64) -> String {
        fill(self.matching_cached, &[&format_number(cached), &format_number(matches)])
    }

    pub fn none_cached(&self, cached: u64) -> String {
        fill(self.none_cached, &[&format_number(cached)])
    }

    pub fn none_cached_hint(&self, others: u64) -> String {
        fill(self.none_cached_hint, &[&format_number(others)])
    }

    pub fn search_failed(&self, reason: &str) -> String {
        fill(self.search_failed, &[reason])
    }

    pub fn all_sources(&self, count: u64) -> String {
        fill(self.all_sources, &[&format_number(count)])
    }

    pub fn all_names(&self, count: u64) -> String {
        fill(self.all_names, &[&format_number(count)])
    }

    pub fn show(&self, count: u64) -> String {
        fill(self.show, &[&format_number(count)])
    }

    pub fn remove(&self, condition: &str) -> String {
        fill(self.remove, &[condition])
    }

    pub fn since(&self, period: &str) -> String {
        fill(self.since, &[period])
    }

    pub fn until(&self, period: &str) -> String {
        fill(self.until, &[period])
    }

    pub fn excluded(&self, name: &str) -> String {
        fill(self.excluded, &[name])
    }

    pub fn match_count(&self, count: u64) -> String {
        fill(self.match_count, &[&format_number(count)])
    }

    pub fn minutes(&self, count: u64) -> String {
        fill(self.minutes, &[&format_number(count)])
    }

    pub fn end(&self, count: u64) -> String {
        fill(self.end, &[&format_number(count)])
    }

    pub fn order_name(&self, order: SortOrder) -> &'static str {
        match order {
            SortOrder::Relevance => self.relevance,
            SortOrder::Newest => self.newest,
            SortOrder::Oldest => self.oldest,
        }
    }
}

pub(super) static HANS: LibraryTexts = LibraryTexts {
    opening: "正在打开",
    received: "已接收 {}",
    received_of_total: "已接收 {} / {}",
    no_archive: "没有找到文库：页面旁应有 archive.json。",
    no_network: "文库未能载入完整，请检查网络后重试。",
    chunk_failed: "这部分功能未能载入，请检查网络后重试。",
    chunk_missing: "这部分功能未能载入：网站可能刚刚更新，请重新载入页面。",
    other_version: "文库与阅读器的版本不一致，请用同一版本的 Sheaf 重新生成。",
    damaged: "文库已损坏，请重新生成，或重新下载。",
    retry: "重试",
    articles: "{} 篇",
    article: "1 篇",
    matching: "{} 篇符合",
    searching: "已找到 {} 篇 · 已搜索 {} / {}",
    querying_index: "正在搜索",
    other_sources: "另见 {}",
    export: "导出",
    recent: "最近搜索",
    suggestions: "建议",
    date: "日期：{}",
    phrase_operator: "完整短语",
    excluded_operator: "不含",
    either_operator: "任一",
    title_prefix: "标题：",
    title_operator: "仅标题",
    after_operator: "某日之后",
    export_cost: "约需下载 {}",
    exporting: "已读取 {} / {} 篇",
    export_failed: "导出失败：有文章未能载入。",
    relaxed: "去掉“{}”：{} 篇",
    did_you_mean: "是不是要找“{}”？",
    any_word: "{}：{} 篇",
    list_separator: "、",
    at_most: "至多 {} 篇符合",
    at_least: "至少 {} 篇符合",
    matching_cached: "已下载的 {} 篇中有 {} 篇符合",
    none_cached: "已下载的 {} 篇中没有符合的",
    none_cached_hint: "其余 {} 篇尚未搜索，请联网后再试。",
    search_failed: "搜索未完成：{}",
    search_failed_hint: "可能是网络中断，也可能是网站缺少文件。",
    search_again: "重试",
    failed_code: "搜索功能未能载入",
    failed_names: "作者和标签未能载入",
    failed_index: "索引未能载入",
    failed_postings: "部分索引未能载入",
    failed_texts: "部分文章未能载入",
    search: "搜索",
    search_hint: "搜索标题和正文",
    clear_search: "清空搜索",
    skip: "跳到文章列表",
    list: "文章列表",
    timeline: "时间",
    clear: "清除",
    newest_first: "最新在前",
    oldest_first: "最旧在前",
    relevance: "相关",
    newest: "最新",
    oldest: "最旧",
    order: "排序",
    filters: "筛选",
    source: "来源",
    language: "语言",
    year: "年份",
    undated: "无日期",
    all_sources: "全部 {} 个来源",
    all_names: "全部 {} 个",
    fewer: "收起",
    show: "显示 {} 篇",
    remove: "去掉条件：{}",
    since: "{}起",
    until: "{}前",
    excluded: "不含 {}",
    match_count: "{} 处",
    minutes: "{} 分钟",
    today: "今天",
    end: "共 {} 篇",
    no_matches: "没有符合的文章",
    no_matches_hint: "换个说法，或减少一些条件。",
    drop_filters: "去掉筛选条件",
    show_all: "显示全部",
    row_failed: "这几篇未能载入。",
    empty: "文库里还没有文章",
    empty_hint: "把文章文件放进 seeds/，重新生成即可。",
    type_panel: "字体与版式",
    shortcuts: "快捷键",
    close: "关闭",
};

pub(super) static HANT: LibraryTexts = LibraryTexts {
    opening: "正在開啟",
    received: "已接收 {}",
    received_of_total: "已接收 {} / {}",
    no_archive: "找不到文庫：頁面旁應有 archive.json。",
    no_network: "文庫未能完整載入，請檢查網路後重試。",
    chunk_failed: "這部分功能未能載入，請檢查網路後重試。",
    chunk_missing: "這部分功能未能載入：網站可能剛剛更新，請重新載入頁面。",
    other_version: "文庫與閱讀器的版本不一致，請用同一版本的 Sheaf 重新建置。",
    damaged: "文庫已損壞，請重新建置，或重新下載。",
    retry: "重試",
    articles: "{} 篇",
    article: "1 篇",
    matching: "{} 篇符合",
    searching: "已找到 {} 篇 · 已搜尋 {} / {}",
    querying_index: "正在搜尋",
    other_sources: "另見 {}",
    export: "匯出",
    recent: "最近搜尋",
    suggestions: "建議",
    date: "日期：{}",
    phrase_operator: "完整詞組",
    excluded_operator: "不含",
    either_operator: "任一",
    title_prefix: "標題：",
    title_operator: "僅標題",
    after_operator: "某日之後",
    export_cost: "約需下載 {}",
    exporting: "已讀取 {} / {} 篇",
    export_failed: "匯出失敗：有文章未能載入。",
    relaxed: "去掉「{}」：{} 篇",
    did_you_mean: "是不是要找「{}」？",
    any_word: "{}：{} 篇",
    list_separator: "、",
    at_most: "至多 {} 篇符合",
    at_least: "至少 {} 篇符合",
    matching_cached: "已下載的 {} 篇中有 {} 篇符合",
    none_cached: "已下載的 {} 篇中沒有符合的",
    none_cached_hint: "其餘 {} 篇尚未搜尋，請連上網路後再試。",
    search_failed: "搜尋未完成：{}",
    search_failed_hint: "可能是網路中斷，也可能是網站缺少檔案。",
    search_again: "重試",
    failed_code: "搜尋功能未能載入",
    failed_names: "作者和標籤未能載入",
    failed_index: "索引未能載入",
    failed_postings: "部分索引未能載入",
    failed_texts: "部分文章未能載入",
    search: "搜尋",
    search_hint: "搜尋標題與內文",
    clear_search: "清空搜尋",
    skip: "跳到文章列表",
    list: "文章列表",
    timeline: "時間",
    clear: "清除",
    newest_first: "最新在前",
    oldest_first: "最舊在前",
    relevance: "相關",
    newest: "最新",
    oldest: "最舊",
    order: "排序",
    filters: "篩選",
    source: "來源",
    language: "語言",
    year: "年份",
    undated: "無日期",
    all_sources: "全部 {} 個來源",
    all_names: "全部 {} 個",
    fewer: "收起",
    show: "顯示 {} 篇",
    remove: "去掉條件：{}",
    since: "{}起",
    until: "{}前",
    excluded: "不含 {}",
    match_count: "{} 處",
    minutes: "{} 分鐘",
    today: "今天",
    end: "共 {} 篇",
    no_matches: "沒有符合的文章",
    no_matches_hint: "換個說法，或減少一些條件。",
    drop_filters: "移除篩選條件",
    show_all: "顯示全部",
    row_failed: "這幾篇未能載入。",
    empty: "文庫裡還沒有文章",
    empty_hint: "把文章檔案放進 seeds/，重新建置即可。",
    type_panel: "字型與版式",
    shortcuts: "快速鍵",
    close: "關閉",
};

pub(super) static EN: LibraryTexts = LibraryTexts {
    opening: "Opening",
    received: "{} received",
    received_of_total: "{} of {}",
    no_archive: "No archive here: archive.json should be next to this page.",
    no_network: "The archive couldn’t be loaded. Check your connection and try again.",
    chunk_failed: "This part couldn’t be loaded. Check your connection and try again.",
    chunk_missing: "This part couldn’t be loaded: the site may just have been updated. Reload the page.",
    other_version: "The archive and this reader have different versions: build both with the same Sheaf.",
    damaged: "The archive is damaged: build it again, or download it again.",
    retry: "Try again",
    articles: "{} articles",
    article: "1 article",
    matching: "{} match",
    searching: "{} found · {} of {} searched",
    querying_index: "Searching",
    other_sources: "also in {}",
    export: "Export",
    recent: "Recent searches",
    suggestions: "Suggestions",
    date: "Date: {}",
    phrase_operator: "exact phrase",
    excluded_operator: "excluding",
    either_operator: "either",
    title_prefix: "title:",
    title_operator: "in titles",
    after_operator: "from a date",
    export_cost: "downloads about {}",
    exporting: "{} of {} read",
    export_failed: "Export failed: an article couldn’t be loaded.",
    relaxed: "Without “{}”: {}",
    did_you_mean: "Did you mean “{}”?",
    any_word: "{}: {}",
    list_separator: ", ",
    at_most: "At most {} match",
    at_least: "At least {} match",
    matching_cached: "Of {} downloaded articles, {} match",
    none_cached: "None of the {} downloaded articles match",
    none_cached_hint: "The other {} were not searched: try again when you’re online.",
    search_failed: "Search failed: {}",
    search_failed_hint: "You may be offline, or a file may be missing from the site.",
    search_again: "Try again",
    failed_code: "the search couldn’t be loaded",
    failed_names: "authors and tags couldn’t be loaded",
    failed_index: "the index couldn’t be loaded",
    failed_postings: "part of the index couldn’t be loaded",
    failed_texts: "some articles couldn’t be loaded",
    search: "Search",
    search_hint: "Search titles and text",
    clear_search: "Clear search",
    skip: "Skip to articles",
    list: "Articles",
    timeline: "Time",
    clear: "Clear",
    newest_first: "Newest first",
    oldest_first: "Oldest first",
    relevance: "Relevance",
    newest: "Newest",
    oldest: "Oldest",
    order: "Order",
    filters: "Filters",
    source: "Source",
    language: "Language",
    year: "Year",
    undated: "Undated",
    all_sources: "All {} sources",
    all_names: "All {}",
    fewer: "Show fewer",
    show: "Show {}",
    remove: "Remove: {}",
    since: "since {}",
    until: "before {}",
    excluded: "without {}",
    match_count: "{} matches",
    minutes: "{} min",
    today: "Today",
    end: "{} in total",
    no_matches: "No matches",
    no_matches_hint: "Try other words or fewer conditions.",
    drop_filters: "Remove filters",
    show_all: "Show all",
    row_failed: "These articles couldn’t be loaded.",
    empty: "This archive has no articles yet",
    empty_hint: "Put article files into seeds/ and build again.",
    type_panel: "Type and layout",
    shortcuts: "Keyboard shortcuts",
    close: "Close",
};
