//! What is said of stars, read marks and all else that the reader keeps. `{}` stands for a number or a name.

/// The texts of what the reader keeps.
pub struct KeepTexts {
    /// The state of an article that was read.
    pub read: &'static str,
    /// The state of one that was not.
    pub unread: &'static str,
    /// The state of one with a star.
    pub starred: &'static str,
    /// How much was read, in hundredths.
    pub read_so_far: &'static str,
    /// Goes on with what was begun last.
    pub go_on: &'static str,
    /// The facet of what is marked.
    pub status: &'static str,
    /// Whatever it is marked with.
    pub everything: &'static str,
    /// Unread, read, starred, noted.
    pub statuses: [&'static str; 4],
    /// Opens what can be done with the list.
    pub more: &'static str,
    /// The list, with how many articles it has.
    pub this_list: &'static str,
    /// For all of them: read, unread, star, no star.
    pub all: [&'static str; 4],
    /// How many were marked so.
    pub did_all: [&'static str; 4],
    /// Saves the search.
    pub save: &'static str,
    /// Lets go of a saved search.
    pub unsave: &'static str,
    /// It is saved now.
    pub did_save: &'static str,
    /// It is not saved any more.
    pub did_unsave: &'static str,
    /// How many articles of a saved search are new.
    pub fresh: &'static str,
    /// The sheet of the reader's data.
    pub data: &'static str,
    /// It lies on the device.
    pub on_device: &'static str,
    /// It lies nowhere.
    pub in_memory: &'static str,
    /// Stars, read marks, positions, searches, passages.
    pub kinds: [&'static str; 5],
    /// How many records could not be read.
    pub unreadable: &'static str,
    /// Saves all as a file.
    pub export: &'static str,
    /// Takes a file in.
    pub import: &'static str,
    /// How many records came.
    pub imported: &'static str,
    /// How many came, and how many were left out.
    pub imported_but: &'static str,
    /// Why a file was not taken: broken, something else, newer.
    pub not_imported: [&'static str; 3],
    /// The setting that keeps nothing.
    pub keep_nothing: &'static str,
    /// What it does.
    pub keep_nothing_hint: &'static str,
    /// Asks whether to erase all.
    pub erase: &'static str,
    /// Erases all.
    pub erase_sure: &'static str,
    /// Does not.
    pub cancel: &'static str,
    /// All is erased.
    pub erased: &'static str,
    /// The button of the star.
    pub star: &'static str,
    /// What takes the star away.
    pub unstar: &'static str,
    /// The button that marks as read.
    pub mark_read: &'static str,
    /// The button that marks as unread.
    pub mark_unread: &'static str,
    /// It has a star now.
    pub did_star: &'static str,
    /// It has none any more.
    pub did_unstar: &'static str,
    /// It is marked as read now.
    pub did_read: &'static str,
    /// It is marked as unread now.
    pub did_unread: &'static str,
    /// Undoes that.
    pub undo: &'static str,
    /// Closes a notice.
    pub dismiss: &'static str,
    /// Why the device keeps nothing: it refuses, a newer app wrote it, it is damaged, it is full; each with what
    /// still works.
    pub troubles: [&'static str; 4],
}

pub(super) static HANS: KeepTexts = KeepTexts {
    read: "已读",
    unread: "未读",
    starred: "已收藏",
    read_so_far: "读到 {}%",
    go_on: "继续读",
    status: "状态",
    everything: "全部",
    statuses: ["未读", "已读", "收藏", "有批注"],
    more: "更多",
    this_list: "列表中的 {} 篇",
    all: ["全部标为已读", "全部标为未读", "全部收藏", "全部取消收藏"],
    did_all: ["{} 篇已标为已读", "{} 篇已标为未读", "{} 篇已收藏", "{} 篇已取消收藏"],
    save: "保存这个查找",
    unsave: "不再保存这个查找",
    did_save: "已保存，有新文章时会在筛选栏里显示",
    did_unsave: "已不再保存",
    fresh: "新 {}",
    data: "我的数据",
    on_device: "都存在这台设备的浏览器里，不会传到别处。",
    in_memory: "现在什么都不存：关闭此页后就没有了。",
    kinds: ["收藏", "已读", "读到的位置", "保存的查找", "批注"],
    unreadable: "有 {} 条记录读不出来，仍留在本机。",
    export: "导出为文件",
    import: "从文件导入",
    imported: "导入了 {} 条",
    imported_but: "导入了 {} 条；{} 条看不懂，没有导入",
    not_imported: [
        "没有导入：文件不完整，或不是 JSON。",
        "没有导入：文件里没有收藏、已读与批注。",
        "没有导入：文件由较新的版本写成。",
    ],
    keep_nothing: "不在本机保存任何内容",
    keep_nothing_hint: "打开后会清除本机已存的内容，包括版式与最近的查找；只记住这一项。",
    erase: "清除全部",
    erase_sure: "确定清除，无法恢复",
    cancel: "取消",
    erased: "本机已没有任何记录",
    star: "收藏",
    unstar: "取消收藏",
    mark_read: "标为已读",
    mark_unread: "标为未读",
    did_star: "已收藏",
    did_unstar: "已取消收藏",
    did_read: "已标为已读",
    did_unread: "已标为未读",
    undo: "撤销",
    dismiss: "关闭",
    troubles: [
        "浏览器不让本站保存：收藏与已读只记到关闭此页为止。",
        "本机的记录由较新的版本写成：请重新载入。收藏与已读暂时只记到关闭此页为止。",
        "本机的记录读不出来：收藏与已读只记到关闭此页为止。",
        "本机没有空间了：新的收藏与已读只记到关闭此页为止。",
    ],
};

pub(super) static HANT: KeepTexts = KeepTexts {
    read: "已讀",
    unread: "未讀",
    starred: "已收藏",
    read_so_far: "讀到 {}%",
    go_on: "繼續讀",
    status: "狀態",
    everything: "全部",
    statuses: ["未讀", "已讀", "收藏", "有批註"],
    more: "更多",
    this_list: "列表中的 {} 篇",
    all: ["全部標為已讀", "全部標為未讀", "全部收藏", "全部取消收藏"],
    did_all: ["{} 篇已標為已讀", "{} 篇已標為未讀", "{} 篇已收藏", "{} 篇已取消收藏"],
    save: "儲存這個尋找",
    unsave: "不再儲存這個尋找",
    did_save: "已儲存，有新文章時會在篩選欄裡顯示",
    did_unsave: "已不再儲存",
    fresh: "新 {}",
    data: "我的資料",
    on_device: "都存在這台裝置的瀏覽器裡，不會傳到別處。",
    in_memory: "現在什麼都不存：關閉此頁後就沒有了。",
    kinds: ["收藏", "已讀", "讀到的位置", "儲存的尋找", "批註"],
    unreadable: "有 {} 筆紀錄讀不出來，仍留在本機。",
    export: "匯出為檔案",
    import: "從檔案匯入",
    imported: "匯入了 {} 筆",
    imported_but: "匯入了 {} 筆；{} 筆看不懂，沒有匯入",
    not_imported: [
        "沒有匯入：檔案不完整，或不是 JSON。",
        "沒有匯入：檔案裡沒有收藏、已讀與批註。",
        "沒有匯入：檔案由較新的版本寫成。",
    ],
    keep_nothing: "不在本機儲存任何內容",
    keep_nothing_hint: "開啟後會清除本機已存的內容，包括版式與最近的尋找；只記住這一項。",
    erase: "清除全部",
    erase_sure: "確定清除，無法復原",
    cancel: "取消",
    erased: "本機已沒有任何紀錄",
    star: "收藏",
    unstar: "取消收藏",
    mark_read: "標為已讀",
    mark_unread: "標為未讀",
    did_star: "已收藏",
    did_unstar: "已取消收藏",
    did_read: "已標為已讀",
    did_unread: "已標為未讀",
    undo: "復原",
    dismiss: "關閉",
    troubles: [
        "瀏覽器不讓本站儲存：收藏與已讀只記到關閉此頁為止。",
        "本機的紀錄由較新的版本寫成：請重新載入。收藏與已讀暫時只記到關閉此頁為止。",
        "本機的紀錄讀不出來：收藏與已讀只記到關閉此頁為止。",
        "本機沒有空間了：新的收藏與已讀只記到關閉此頁為止。",
    ],
};

pub(super) static EN: KeepTexts = KeepTexts {
    read: "Read",
    unread: "Unread",
    starred: "Starred",
    read_so_far: "{}% read",
    go_on: "Continue",
    status: "Status",
    everything: "All",
    statuses: ["Unread", "Read", "Starred", "With notes"],
    more: "More",
    this_list: "{} articles in the list",
    all: ["Mark all as read", "Mark all as unread", "Star all", "Remove all stars"],
    did_all: ["{} marked as read", "{} marked as unread", "{} starred", "{} stars removed"],
    save: "Save this search",
    unsave: "Stop saving this search",
    did_save: "Saved: the filters show when it finds something new",
    did_unsave: "No longer saved",
    fresh: "{} new",
    data: "Your data",
    on_device: "All of it lies in this device's browser and goes nowhere else.",
    in_memory: "Nothing is kept now: it is gone when this page is closed.",
    kinds: ["Stars", "Read", "Places left", "Saved searches", "Notes"],
    unreadable: "{} records cannot be read; they stay on the device.",
    export: "Export as a file",
    import: "Import a file",
    imported: "{} records imported",
    imported_but: "{} records imported; {} were not understood and left out",
    not_imported: [
        "Not imported: the file is not whole, or not JSON.",
        "Not imported: the file holds no stars, marks and notes.",
        "Not imported: a newer version has written the file.",
    ],
    keep_nothing: "Keep nothing on this device",
    keep_nothing_hint: "Erases what is kept, also the type settings and recent searches; only this choice is remembered.",
    erase: "Erase everything",
    erase_sure: "Erase it for good",
    cancel: "Cancel",
    erased: "Nothing is kept on this device any more",
    star: "Star",
    unstar: "Remove star",
    mark_read: "Mark as read",
    mark_unread: "Mark as unread",
    did_star: "Starred",
    did_unstar: "Star removed",
    did_read: "Marked as read",
    did_unread: "Marked as unread",
    undo: "Undo",
    dismiss: "Close",
    troubles: [
        "The browser lets this site store nothing: stars and read marks last until this page is closed.",
        "A newer version has written what this device keeps: reload. Until then marks last until this page is closed.",
        "What this device keeps cannot be read: stars and read marks last until this page is closed.",
        "This device has no room left: new stars and read marks last until this page is closed.",
    ],
};
