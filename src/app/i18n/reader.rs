//! What the reader and the type panel say. `{}` is filled in.

/// The texts of the reader.
pub struct ReaderTexts {
    /// The button back to the list.
    pub library: &'static str,
    /// What the tools around the article are.
    pub tools: &'static str,
    /// The button that gives the article the whole window.
    pub expand: &'static str,
    /// The button that opens the type panel.
    pub type_panel: &'static str,
    /// The link to the original page.
    pub original: &'static str,
    /// How long reading takes.
    pub minutes: &'static str,
    /// Of an article without date.
    pub undated: &'static str,
    /// The number of the match shown and how many there are.
    pub matches: &'static str,
    /// The button to the match before.
    pub match_up: &'static str,
    /// The button to the next match.
    pub match_down: &'static str,
    /// The neighbours in the list.
    pub neighbours: &'static str,
    /// The article before in the list.
    pub previous: &'static str,
    /// The next article in the list.
    pub next: &'static str,
    /// The region of a table that may scroll sideways.
    pub table: &'static str,
    /// A link to an embedded page, with its site's name.
    pub embed: &'static str,
    /// What is known of the article besides its text.
    pub details: &'static str,
    /// Before the original's address.
    pub address: &'static str,
    /// Before the date line that the body began with.
    pub dateline: &'static str,
    /// Before the time zone.
    pub zone: &'static str,
    /// Before the list of related articles.
    pub related: &'static str,
    /// Before the list of earlier versions.
    pub earlier: &'static str,
    /// Above an earlier version; its date is filled in.
    pub old_version: &'static str,
    /// Above an earlier version without date.
    pub old_undated: &'static str,
    /// The button back to the newest version.
    pub newest: &'static str,
    /// The text of an article did not come.
    pub failed: &'static str,
    /// Since the network failed.
    pub failed_network: &'static str,
    /// Since the archive was replaced.
    pub failed_gone: &'static str,
    /// Since its file is broken.
    pub failed_damaged: &'static str,
    /// What still stands, when title and excerpt are shown.
    pub failed_row: &'static str,
    /// The archive has no such article.
    pub missing: &'static str,
    /// Why that may be.
    pub missing_text: &'static str,
    /// The button that leaves it for the list.
    pub leave: &'static str,
    /// The button that tries again.
    pub retry: &'static str,
    /// The same while it is trying.
    pub retrying: &'static str,
    /// About pictures.
    pub picture: PictureTexts,
    /// About the type panel.
    pub panel: PanelTexts,
}

/// The texts around pictures.
pub struct PictureTexts {
    /// Where a picture without caption comes from.
    pub credit: &'static str,
    /// A picture did not come.
    pub failed: &'static str,
    /// A picture is loaded when it is asked for.
    pub waiting: &'static str,
    /// The same, since its host answered badly.
    pub distrusted: &'static str,
    /// Pictures are switched off.
    pub off: &'static str,
    /// The button that loads a picture.
    pub load: &'static str,
    /// The button that tries again.
    pub retry: &'static str,
    /// The link to the picture itself.
    pub open: &'static str,
}

/// The texts of the type panel.
pub struct PanelTexts {
    /// The themes as a group.
    pub theme: &'static str,
    /// Automatic, paper, tea, night, ink.
    pub themes: [&'static str; 5],
    /// The character that shows a theme.
    pub sample: &'static str,
    /// The faces as a group.
    pub face: &'static str,
    /// Serif and sans.
    pub faces: [&'static str; 2],
    /// The size of the text.
    pub size: &'static str,
    /// One size down.
    pub smaller: &'static str,
    /// One size up.
    pub larger: &'static str,
    /// How far lines stand apart.
    pub leading: &'static str,
    /// Close, usual, wide.
    pub leadings: [&'static str; 3],
    /// Characters a line.
    pub measure: &'static str,
    /// First-line indents.
    pub indent: &'static str,
    /// Justified lines.
    pub justify: &'static str,
    /// What to do with pictures.
    pub pictures: &'static str,
    /// Load them, load one when tapped, load none.
    pub picture_choices: [&'static str; 3],
    /// The language of the interface.
    pub language: &'static str,
    /// Back to what was at first.
    pub reset: &'static str,
    /// The button that closes the panel.
    pub close: &'static str,
}

pub(super) static HANS: ReaderTexts = ReaderTexts {
    library: "书库",
    tools: "文章",
    expand: "整页阅读",
    type_panel: "字体与版式",
    original: "看原文",
    minutes: "{} 分钟",
    undated: "日期不详",
    matches: "{} / {}",
    match_up: "上一处",
    match_down: "下一处",
    neighbours: "前后文章",
    previous: "前一篇",
    next: "后一篇",
    table: "表格，可左右滚动",
    embed: "嵌入的内容，在 {} 上打开",
    details: "文章信息",
    address: "原文",
    dateline: "原文日期",
    zone: "时区",
    related: "相关文章",
    earlier: "旧版本",
    old_version: "这是 {} 的旧版本。",
    old_undated: "这是一个旧版本。",
    newest: "回到最新版本",
    failed: "正文没有取到。",
    failed_network: "连接不通，已自动试过三次。",
    failed_gone: "文件已不在原处，档案可能刚更新过；再试会重新载入页面。",
    failed_damaged: "文件已损坏，读不出来；其他文章照常可读。",
    failed_row: "标题和摘要来自目录，不受影响。",
    missing: "这里没有这篇文章。",
    missing_text: "链接可能写错了，或者文章不在这个档案里。",
    leave: "回到书库",
    retry: "再试一次",
    retrying: "正在取……",
    picture: PictureTexts {
        credit: "图片来自 {}",
        failed: "图片取不到",
        waiting: "图片未载入",
        distrusted: "这个网站的图片取不到，暂未载入",
        off: "图片已关闭",
        load: "载入",
        retry: "再试一次",
        open: "看原图",
    },
    panel: PanelTexts {
        theme: "底色",
        themes: ["自动", "纸", "茶", "夜", "墨"],
        sample: "文",
        face: "字体",
        faces: ["宋体", "黑体"],
        size: "字号",
        smaller: "小一号",
        larger: "大一号",
        leading: "行距",
        leadings: ["紧", "中", "松"],
        measure: "每行字数",
        indent: "首行缩进两字",
        justify: "两端对齐",
        pictures: "图片",
        picture_choices: ["显示", "点按", "关闭"],
        language: "界面语言",
        reset: "恢复默认",
        close: "关闭",
    },
};

pub(super) static HANT: ReaderTexts = ReaderTexts {
    library: "書庫",
    tools: "文章",
    expand: "整頁閱讀",
    type_panel: "字體與版式",
    original: "看原文",
    minutes: "{} 分鐘",
    undated: "日期不詳",
    matches: "{} / {}",
    match_up: "上一處",
    match_down: "下一處",
    neighbours: "前後文章",
    previous: "前一篇",
    next: "後一篇",
    table: "表格，可左右捲動",
    embed: "嵌入的內容，在 {} 上開啟",
    details: "文章資訊",
    address: "原文",
    dateline: "原文日期",
    zone: "時區",
    related: "相關文章",
    earlier: "舊版本",
    old_version: "這是 {} 的舊版本。",
    old_undated: "這是一個舊版本。",
    newest: "回到最新版本",
    failed: "內文沒有取到。",
    failed_network: "連線不通，已自動試過三次。",
    failed_gone: "檔案已不在原處，檔案庫可能剛更新過；再試會重新載入頁面。",
    failed_damaged: "檔案已損壞，讀不出來；其他文章照常可讀。",
    failed_row: "標題和摘要來自目錄，不受影響。",
    missing: "這裡沒有這篇文章。",
    missing_text: "連結可能寫錯了，或者文章不在這個檔案庫裡。",
    leave: "回到書庫",
    retry: "再試一次",
    retrying: "正在取……",
    picture: PictureTexts {
        credit: "圖片來自 {}",
        failed: "圖片取不到",
        waiting: "圖片未載入",
        distrusted: "這個網站的圖片取不到，暫未載入",
        off: "圖片已關閉",
        load: "載入",
        retry: "再試一次",
        open: "看原圖",
    },
    panel: PanelTexts {
        theme: "底色",
        themes: ["自動", "紙", "茶", "夜", "墨"],
        sample: "文",
        face: "字體",
        faces: ["宋體", "黑體"],
        size: "字號",
        smaller: "小一號",
        larger: "大一號",
        leading: "行距",
        leadings: ["緊", "中", "鬆"],
        measure: "每行字數",
        indent: "首行縮排兩字",
        justify: "兩端對齊",
        pictures: "圖片",
        picture_choices: ["顯示", "點按", "關閉"],
        language: "介面語言",
        reset: "恢復預設",
        close: "關閉",
    },
};

pub(super) static EN: ReaderTexts = ReaderTexts {
    library: "Library",
    tools: "Article",
    expand: "Read in the whole window",
    type_panel: "Type and layout",
    original: "Original page",
    minutes: "{} min",
    undated: "Undated",
    matches: "{} of {}",
    match_up: "Previous match",
    match_down: "Next match",
    neighbours: "Neighbouring articles",
    previous: "Previous",
    next: "Next",
    table: "Table, scrolls sideways",
    embed: "Embedded content, open on {}",
    details: "About this article",
    address: "Original",
    dateline: "Date line",
    zone: "Time zone",
    related: "Related articles",
    earlier: "Earlier versions",
    old_version: "This is the version of {}.",
    old_undated: "This is an earlier version.",
    newest: "Back to the newest version",
    failed: "The text did not arrive.",
    failed_network: "The connection failed; it was tried three times. ",
    failed_gone: "The file is no longer there: the archive may just have been updated. Trying again reloads the page. ",
    failed_damaged: "Its file is damaged; other articles can be read as before. ",
    failed_row: "Title and excerpt come from the catalogue.",
    missing: "There is no such article here.",
    missing_text: "The link may be mistyped, or the article is not part of this archive.",
    leave: "Back to the library",
    retry: "Try again",
    retrying: "Trying…",
    picture: PictureTexts {
        credit: "Picture from {}",
        failed: "The picture did not arrive",
        waiting: "Picture not loaded",
        distrusted: "Not loaded: other pictures of this site did not arrive",
        off: "Pictures are off",
        load: "Load",
        retry: "Try again",
        open: "Open picture",
    },
    panel: PanelTexts {
        theme: "Theme",
        themes: ["Auto", "Paper", "Tea", "Night", "Ink"],
        sample: "A",
        face: "Typeface",
        faces: ["Serif", "Sans"],
        size: "Size",
        smaller: "Smaller",
        larger: "Larger",
        leading: "Line spacing",
        leadings: ["Close", "Usual", "Wide"],
        measure: "Line length",
        indent: "Indent paragraphs",
        justify: "Justify lines",
        pictures: "Pictures",
        picture_choices: ["Show", "On tap", "Off"],
        language: "Language",
        reset: "Reset",
        close: "Close",
    },
};
