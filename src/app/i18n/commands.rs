//! What the commands are called, in the sheet that lists them and wherever else they are named.

/// The texts of the commands.
pub struct CommandTexts {
    /// The groups of the sheet: finding, reading, the page.
    pub groups: [&'static str; 3],
    /// To the search field.
    pub search: &'static str,
    /// To the filters.
    pub filters: &'static str,
    /// The next article.
    pub next: &'static str,
    /// The article before.
    pub previous: &'static str,
    /// The article in the whole window.
    pub open: &'static str,
    /// The front page of the article's day.
    pub front: &'static str,
    /// One step out.
    pub back: &'static str,
    /// The next match.
    pub match_down: &'static str,
    /// The match before.
    pub match_up: &'static str,
    /// The table of contents.
    pub contents: &'static str,
    /// Sharing and citing.
    pub share: &'static str,
    /// Gives the article a star.
    pub star: &'static str,
    /// Marks it as read or unread.
    pub mark_read: &'static str,
    /// Marks the selected words.
    pub highlight: &'static str,
    /// Writes a note beside them.
    pub note: &'static str,
    /// All passages and notes.
    pub passages: &'static str,
    /// Undoes what was done last.
    pub undo: &'static str,
    /// The original page.
    pub original: &'static str,
    /// The player.
    pub listen: &'static str,
    /// The type panel.
    pub type_panel: &'static str,
    /// A compact list, or a roomy one.
    pub density: &'static str,
    /// What the archive holds.
    pub about: &'static str,
    /// The sheet of all keys.
    pub keys: &'static str,
    /// The switch that turns keys of one letter off.
    pub single: &'static str,
    /// What still works without them.
    pub single_hint: &'static str,
    /// Above what fingers do.
    pub touch: &'static str,
    /// What fingers do, and what comes of it.
    pub gestures: [(&'static str, &'static str); 2],
    /// On the edge of an article that is drawn aside: let go for the next, the one before.
    pub let_go: [&'static str; 2],
    /// Above an article that is drawn down: let go to leave it.
    pub let_go_close: &'static str,
}

pub(super) static HANS: CommandTexts = CommandTexts {
    groups: ["查找", "阅读", "页面"],
    search: "查找",
    filters: "筛选",
    next: "下一篇",
    previous: "上一篇",
    open: "整页阅读",
    front: "当天日报",
    back: "退一步",
    match_down: "下一处",
    match_up: "上一处",
    contents: "目录",
    share: "分享与引用",
    star: "收藏",
    mark_read: "标为已读、未读",
    highlight: "划选中的文字",
    note: "为它写批注",
    passages: "划线与批注",
    undo: "撤销",
    original: "看原文",
    listen: "朗读",
    type_panel: "字体与版式",
    density: "列表疏密",
    about: "关于本档案",
    keys: "全部按键",
    single: "单键快捷键",
    single_hint: "关掉后，回车、Esc、Tab 和方向键照常可用。",
    touch: "手势",
    gestures: [("左右滑", "下一篇、上一篇"), ("在顶端下拉", "回到列表")],
    let_go: ["后一篇", "前一篇"],
    let_go_close: "松开，回到列表",
};

pub(super) static HANT: CommandTexts = CommandTexts {
    groups: ["查找", "閱讀", "頁面"],
    search: "查找",
    filters: "篩選",
    next: "下一篇",
    previous: "上一篇",
    open: "整頁閱讀",
    front: "當天日報",
    back: "退一步",
    match_down: "下一處",
    match_up: "上一處",
    contents: "目錄",
    share: "分享與引用",
    star: "收藏",
    mark_read: "標為已讀、未讀",
    highlight: "劃選取的文字",
    note: "為它寫批註",
    passages: "劃線與批註",
    undo: "復原",
    original: "看原文",
    listen: "朗讀",
    type_panel: "字體與版式",
    density: "列表疏密",
    about: "關於本檔案庫",
    keys: "全部按鍵",
    single: "單鍵快速鍵",
    single_hint: "關掉後，Enter、Esc、Tab 和方向鍵照常可用。",
    touch: "手勢",
    gestures: [("左右滑", "下一篇、上一篇"), ("在頂端下拉", "回到列表")],
    let_go: ["後一篇", "前一篇"],
    let_go_close: "放開，回到列表",
};

pub(super) static EN: CommandTexts = CommandTexts {
    groups: ["Finding", "Reading", "The page"],
    search: "Search",
    filters: "Filters",
    next: "Next article",
    previous: "Previous article",
    open: "Whole window",
    front: "Front page of its day",
    back: "One step back",
    match_down: "Next match",
    match_up: "Previous match",
    contents: "Contents",
    share: "Share and cite",
    star: "Star",
    mark_read: "Read, unread",
    highlight: "Highlight the selection",
    note: "Write a note on it",
    passages: "Highlights and notes",
    undo: "Undo",
    original: "Original page",
    listen: "Listen",
    type_panel: "Type and layout",
    density: "Compact or roomy list",
    about: "About this archive",
    keys: "All keys",
    single: "Single-key shortcuts",
    single_hint: "Without them Enter, Esc, Tab and the arrow keys still work.",
    touch: "Gestures",
    gestures: [("Swipe sideways", "Next, previous article"), ("Pull down at the top", "Back to the list")],
    let_go: ["Next", "Previous"],
    let_go_close: "Let go to return to the list",
};
