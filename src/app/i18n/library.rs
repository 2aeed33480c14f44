//! What the library says. `{}` stands for a number or a name.

/// The texts of the library.
pub struct LibraryTexts {
    /// While the archive opens.
    pub opening: &'static str,
    /// How much of it came.
    pub arrived: &'static str,
    /// How much of how much came.
    pub arrived_of: &'static str,
    /// There is no archive beside the page.
    pub no_archive: &'static str,
    /// The network failed.
    pub no_network: &'static str,
    /// A part of the app did not come.
    pub no_part: &'static str,
    /// It is no longer there.
    pub part_gone: &'static str,
    /// The archive is of another version.
    pub other_version: &'static str,
    /// The archive is damaged.
    pub damaged: &'static str,
    /// The button that tries again.
    pub again: &'static str,
    /// How many articles.
    pub articles: &'static str,
    /// Exactly one article.
    pub article: &'static str,
    /// How many articles match.
    pub matching: &'static str,
    /// How many match so far, and how many of how many were looked at.
    pub searching: &'static str,
    /// While the index is asked.
    pub looking: &'static str,
    /// Other sources of the same text.
    pub also: &'static str,
    /// What stands between names.
    pub comma: &'static str,
    /// Saves the result as a file.
    pub export: &'static str,
    /// What that will fetch.
    pub export_cost: &'static str,
    /// How many of how many are done.
    pub exporting: &'static str,
    /// It did not work.
    pub export_failed: &'static str,
    /// A query without one condition, and how many it has.
    pub relaxed: &'static str,
    /// Above the searches of this device.
    pub recent: &'static str,
    /// The titles that hold what is typed.
    pub titles: &'static str,
    /// What each operator means: a phrase, without, either, in the title, from a date on.
    pub operators: [&'static str; 5],
    /// How many match at most, as some postings are missing.
    pub at_most: &'static str,
    /// How many match at least, as some texts are missing.
    pub at_least: &'static str,
    /// How many cached articles were searched, and how many of them match.
    pub matching_cached: &'static str,
    /// Of so many cached articles none matches.
    pub none_cached: &'static str,
    /// How many articles were not searched.
    pub none_cached_hint: &'static str,
    /// A search failed, and why.
    pub search_failed: &'static str,
    /// What may have caused it.
    pub search_failed_hint: &'static str,
    /// Repeats a search that failed.
    pub search_again: &'static str,
    /// The code of the search could not be fetched.
    pub failed_code: &'static str,
    /// The index could not be fetched.
    pub failed_index: &'static str,
    /// A part of the index could not be fetched.
    pub failed_postings: &'static str,
    /// The texts of some articles could not be fetched.
    pub failed_texts: &'static str,
    /// The search field's label.
    pub search: &'static str,
    /// What stands in the empty search field.
    pub search_hint: &'static str,
    /// Empties the search field.
    pub clear_search: &'static str,
    /// The link past everything to the list.
    pub skip: &'static str,
    /// The name of the list.
    pub list: &'static str,
    /// The name of the histogram.
    pub timeline: &'static str,
    /// What the choice of how closely the histogram looks is called.
    pub scale: &'static str,
    /// A year, a month, a day, as what a bar stands for.
    pub units: [&'static str; 3],
    /// The way to earlier bars.
    pub earlier: &'static str,
    /// The way to later bars.
    pub later: &'static str,
    /// What the bars say: from, to.
    pub bars: &'static str,
    /// The left grip.
    pub from: &'static str,
    /// The right grip.
    pub to: &'static str,
    /// Removes a range or all filters.
    pub clear: &'static str,
    /// The order by time, newest first.
    pub newest_first: &'static str,
    /// The order by time, oldest first.
    pub oldest_first: &'static str,
    /// Orders, short: by match, newest, oldest.
    pub orders: [&'static str; 3],
    /// The name of the orders.
    pub order: &'static str,
    /// The filters.
    pub filters: &'static str,
    /// The facet of sources.
    pub source: &'static str,
    /// The facet of languages.
    pub language: &'static str,
    /// The facet of years.
    pub year: &'static str,
    /// The value for articles without a date.
    pub undated: &'static str,
    /// Shows all values of a facet.
    pub all_sources: &'static str,
    /// Shows fewer values.
    pub fewer: &'static str,
    /// Closes the sheet of filters.
    pub show: &'static str,
    /// Removes a condition.
    pub remove: &'static str,
    /// A condition: from then on.
    pub since: &'static str,
    /// A condition: before then.
    pub until: &'static str,
    /// A condition: without this.
    pub without: &'static str,
    /// How many places match.
    pub places: &'static str,
    /// Minutes to read.
    pub minutes: &'static str,
    /// Today.
    pub today: &'static str,
    /// The end of the list.
    pub end: &'static str,
    /// Nothing matches.
    pub nothing: &'static str,
    /// What to do when nothing matches.
    pub nothing_hint: &'static str,
    /// Drops the filters and keeps the words.
    pub drop_filters: &'static str,
    /// Drops everything.
    pub show_all: &'static str,
    /// A row could not be loaded.
    pub row_failed: &'static str,
    /// The archive has no articles.
    pub empty: &'static str,
    /// What to do about an archive without articles.
    pub empty_hint: &'static str,
    /// The type panel's button.
    pub type_panel: &'static str,
    /// The keys.
    pub keys: &'static str,
    /// Closes a sheet.
    pub close: &'static str,
}

pub(super) static HANS: LibraryTexts = LibraryTexts {
    opening: "正在打开",
    arrived: "已到 {}",
    arrived_of: "已到 {} / {}",
    no_archive: "这里没有文章档案：页面旁应有 archive.json。",
    no_network: "档案没有载入完。请检查网络后重试。",
    no_part: "这一部分没有载入。请检查网络后重试。",
    part_gone: "这一部分没有载入：网站可能刚刚更新，请重新载入页面。",
    other_version: "档案与这个阅读器的版本不同，请用同一版本的 Sheaf 重新生成。",
    damaged: "档案已损坏，请重新生成，或重新下载。",
    again: "重试",
    articles: "{} 篇",
    article: "1 篇",
    matching: "{} 篇符合",
    searching: "已找到 {} 篇 · 查过 {} / {}",
    looking: "正在查找",
    also: "另见 {}",
    export: "导出",
    recent: "搜过的",
    titles: "标题",
    operators: ["整句", "不含", "任一", "只查标题", "某日起"],
    export_cost: "约需读取 {}",
    exporting: "已读 {} / {} 篇",
    export_failed: "没有导出：有文章没有载入。",
    relaxed: "去掉“{}”：{} 篇",
    comma: "、",
    at_most: "至多 {} 篇符合",
    at_least: "至少 {} 篇符合",
    matching_cached: "已存的 {} 篇里有 {} 篇符合",
    none_cached: "已存的 {} 篇里没有符合的",
    none_cached_hint: "其余 {} 篇没有查，连上网再试。",
    search_failed: "没查成：{}",
    search_failed_hint: "可能是网络断了，也可能是网站上缺了文件。",
    search_again: "再试一次",
    failed_code: "查找功能没有载入",
    failed_index: "索引没取到",
    failed_postings: "索引缺了一部分",
    failed_texts: "有些文章没取到",
    search: "查找",
    search_hint: "查标题与全文",
    clear_search: "清空查找",
    skip: "跳到文章列表",
    list: "文章列表",
    timeline: "时间",
    scale: "刻度",
    units: ["年", "月", "日"],
    earlier: "更早",
    later: "更晚",
    bars: "各时期篇数，{} 至 {}",
    from: "起",
    to: "止",
    clear: "清除",
    newest_first: "最新在前",
    oldest_first: "最旧在前",
    orders: ["相关", "最新", "最旧"],
    order: "排序",
    filters: "筛选",
    source: "来源",
    language: "语言",
    year: "年份",
    undated: "无日期",
    all_sources: "全部 {} 个来源",
    fewer: "收起",
    show: "显示 {} 篇",
    remove: "去掉条件：{}",
    since: "{}起",
    until: "{}前",
    without: "不含 {}",
    places: "{} 处",
    minutes: "{} 分钟",
    today: "今天",
    end: "共 {} 篇",
    nothing: "没有符合的文章",
    nothing_hint: "换一个说法，或去掉一些条件。",
    drop_filters: "只按文字查找",
    show_all: "显示全部",
    row_failed: "这几篇没有载入。",
    empty: "档案里还没有文章",
    empty_hint: "把文章文件放进 seeds/，重新生成即可。",
    type_panel: "字体与版式",
    keys: "按键",
    close: "关闭",
};

pub(super) static HANT: LibraryTexts = LibraryTexts {
    opening: "正在開啟",
    arrived: "已到 {}",
    arrived_of: "已到 {} / {}",
    no_archive: "這裡沒有文章檔案庫：頁面旁應有 archive.json。",
    no_network: "檔案庫沒有載入完。請檢查網路後重試。",
    no_part: "這一部分沒有載入。請檢查網路後重試。",
    part_gone: "這一部分沒有載入：網站可能剛剛更新，請重新載入頁面。",
    other_version: "檔案庫與這個閱讀器的版本不同，請用同一版本的 Sheaf 重新產生。",
    damaged: "檔案庫已損壞，請重新產生，或重新下載。",
    again: "重試",
    articles: "{} 篇",
    article: "1 篇",
    matching: "{} 篇符合",
    searching: "已找到 {} 篇 · 查過 {} / {}",
    looking: "正在尋找",
    also: "另見 {}",
    export: "匯出",
    recent: "搜過的",
    titles: "標題",
    operators: ["整句", "不含", "任一", "只查標題", "某日起"],
    export_cost: "約需讀取 {}",
    exporting: "已讀 {} / {} 篇",
    export_failed: "沒有匯出：有文章沒有載入。",
    relaxed: "去掉「{}」：{} 篇",
    comma: "、",
    at_most: "至多 {} 篇符合",
    at_least: "至少 {} 篇符合",
    matching_cached: "已存的 {} 篇中有 {} 篇符合",
    none_cached: "已存的 {} 篇中沒有符合的",
    none_cached_hint: "其餘 {} 篇沒有查，連上網路再試。",
    search_failed: "沒查成：{}",
    search_failed_hint: "可能是網路斷了，也可能是網站上缺了檔案。",
    search_again: "再試一次",
    failed_code: "搜尋功能沒有載入",
    failed_index: "索引沒取到",
    failed_postings: "索引缺了一部分",
    failed_texts: "有些文章沒取到",
    search: "尋找",
    search_hint: "查標題與全文",
    clear_search: "清空尋找",
    skip: "跳到文章列表",
    list: "文章列表",
    timeline: "時間",
    scale: "刻度",
    units: ["年", "月", "日"],
    earlier: "更早",
    later: "更晚",
    bars: "各時期篇數，{} 至 {}",
    from: "起",
    to: "止",
    clear: "清除",
    newest_first: "最新在前",
    oldest_first: "最舊在前",
    orders: ["相關", "最新", "最舊"],
    order: "排序",
    filters: "篩選",
    source: "來源",
    language: "語言",
    year: "年份",
    undated: "無日期",
    all_sources: "全部 {} 個來源",
    fewer: "收起",
    show: "顯示 {} 篇",
    remove: "去掉條件：{}",
    since: "{}起",
    until: "{}前",
    without: "不含 {}",
    places: "{} 處",
    minutes: "{} 分鐘",
    today: "今天",
    end: "共 {} 篇",
    nothing: "沒有符合的文章",
    nothing_hint: "換個說法，或去掉一些條件。",
    drop_filters: "只按文字尋找",
    show_all: "顯示全部",
    row_failed: "這幾篇沒有載入。",
    empty: "檔案庫裡還沒有文章",
    empty_hint: "把文章檔案放進 seeds/，重新產生即可。",
    type_panel: "字型與版式",
    keys: "按鍵",
    close: "關閉",
};

pub(super) static EN: LibraryTexts = LibraryTexts {
    opening: "Opening",
    arrived: "{} so far",
    arrived_of: "{} of {}",
    no_archive: "There is no archive here: archive.json should lie beside this page.",
    no_network: "The archive did not arrive. Check the network and try again.",
    no_part: "This part did not load. Check the network and try again.",
    part_gone: "This part did not load: the site may just have been updated. Reload the page.",
    other_version: "The archive and this reader are of different versions: build both with the same Sheaf.",
    damaged: "The archive is damaged: build it again, or fetch it anew.",
    again: "Try again",
    articles: "{} articles",
    article: "1 article",
    matching: "{} match",
    searching: "{} found · {} of {} searched",
    looking: "Searching",
    also: "also in {}",
    export: "Export",
    recent: "Recent searches",
    titles: "Titles",
    operators: ["phrase", "without", "either", "in titles", "from then on"],
    export_cost: "fetches about {}",
    exporting: "{} of {} read",
    export_failed: "Not exported: an article did not load.",
    relaxed: "Without “{}”: {}",
    comma: ", ",
    at_most: "At most {} match",
    at_least: "At least {} match",
    matching_cached: "Of {} saved articles, {} match",
    none_cached: "None of the {} saved articles match",
    none_cached_hint: "The other {} were not searched: try again when you are online.",
    search_failed: "Search failed: {}",
    search_failed_hint: "You may be offline, or the site may lack a file.",
    search_again: "Try again",
    failed_code: "the search did not load",
    failed_index: "the index did not load",
    failed_postings: "part of the index did not load",
    failed_texts: "some articles did not load",
    search: "Search",
    search_hint: "Search titles and text",
    clear_search: "Clear the search",
    skip: "Skip to the articles",
    list: "Articles",
    timeline: "Time",
    scale: "Scale",
    units: ["Year", "Month", "Day"],
    earlier: "Earlier",
    later: "Later",
    bars: "Articles over time, {} to {}",
    from: "From",
    to: "To",
    clear: "Clear",
    newest_first: "Newest first",
    oldest_first: "Oldest first",
    orders: ["Best", "Newest", "Oldest"],
    order: "Order",
    filters: "Filters",
    source: "Source",
    language: "Language",
    year: "Year",
    undated: "Undated",
    all_sources: "All {} sources",
    fewer: "Fewer",
    show: "Show {}",
    remove: "Remove: {}",
    since: "since {}",
    until: "before {}",
    without: "without {}",
    places: "{}×",
    minutes: "{} min",
    today: "Today",
    end: "{} in all",
    nothing: "Nothing matches",
    nothing_hint: "Try other words, or fewer conditions.",
    drop_filters: "Search everywhere",
    show_all: "Show everything",
    row_failed: "These articles did not load.",
    empty: "This archive has no articles yet",
    empty_hint: "Put article files into seeds/ and build again.",
    type_panel: "Type and layout",
    keys: "Keys",
    close: "Close",
};
