//! Texts about flags, saved searches and other user data. `{}` is a placeholder.

use super::{fill, format_number};
use crate::search::Status;
use crate::user_data::{ImportError, RecordKind};

pub struct UserDataTexts {
    pub read: &'static str,
    pub unread: &'static str,
    pub starred: &'static str,
    /// Progress in per cent.
    read_so_far: &'static str,
    pub continue_reading: &'static str,
    pub status: &'static str,
    pub all_statuses: &'static str,
    starred_status: &'static str,
    annotated: &'static str,
    pub more: &'static str,
    this_list: &'static str,
    /// Actions on the whole list.
    pub all_read: BulkActionTexts,
    pub all_unread: BulkActionTexts,
    pub all_starred: BulkActionTexts,
    pub all_unstarred: BulkActionTexts,
    pub save: &'static str,
    pub unsave: &'static str,
    pub saved_toast: &'static str,
    pub unsaved_toast: &'static str,
    unseen: &'static str,
    pub data: &'static str,
    pub stored_on_device: &'static str,
    pub stored_in_memory: &'static str,
    stars: &'static str,
    read_marks: &'static str,
    positions: &'static str,
    searches: &'static str,
    pub annotations: &'static str,
    unreadable: &'static str,
    pub export: &'static str,
    pub import: &'static str,
    imported: &'static str,
    /// Counts of imported and of skipped records.
    imported_partly: &'static str,
    not_json: &'static str,
    not_user_data: &'static str,
    newer_file: &'static str,
    pub keep_nothing: &'static str,
    pub keep_nothing_hint: &'static str,
    pub erase: &'static str,
    pub erase_confirm: &'static str,
    pub cancel: &'static str,
    pub erased_toast: &'static str,
    pub star: &'static str,
    pub unstar: &'static str,
    pub mark_read: &'static str,
    pub mark_unread: &'static str,
    pub starred_toast: &'static str,
    pub unstarred_toast: &'static str,
    pub read_toast: &'static str,
    pub unread_toast: &'static str,
    pub undo: &'static str,
    pub dismiss: &'static str,
    /// Storage errors, each with its consequence.
    pub no_storage: &'static str,
    pub newer_storage: &'static str,
    pub damaged_storage: &'static str,
    pub full_storage: &'static str,
}

/// Texts of an action on the whole list.
pub struct BulkActionTexts {
    pub label: &'static str,
    toast: &'static str,
}

impl UserDataTexts {
    pub fn read_so_far(&self, percent: u64) -> String {
        fill(self.read_so_far, &[&format_number(percent)])
    }

    pub fn this_list(&self, count: u64) -> String {
        fill(self.this_list, &[&format_number(count)])
    }

    pub fn unseen(&self, count: u64) -> String {
        fill(self.unseen, &[&format_number(count)])
    }

    pub fn unreadable(&self, count: u64) -> String {
        fill(self.unreadable, &[&format_number(count)])
    }

    pub fn imported(&self, count: u64) -> String {
        fill(self.imported, &[&format_number(count)])
    }

    pub fn imported_partly(&self, imported: u64, skipped: u64) -> String {
        fill(self.imported_partly, &[&format_number(imported), &format_number(skipped)])
    }

    pub fn status_name(&self, status: Status) -> &'static str {
        match status {
            Status::Unread => self.unread,
            Status::Read => self.read,
            Status::Starred => self.starred_status,
            Status::Annotated => self.annotated,
        }
    }

    pub fn record_kind(&self, kind: RecordKind) -> &'static str {
        match kind {
            RecordKind::Stars => self.stars,
            RecordKind::Reads => self.read_marks,
            RecordKind::Positions => self.positions,
            RecordKind::Searches => self.searches,
            RecordKind::Annotations => self.annotations,
        }
    }

    pub fn import_error(&self, error: ImportError) -> &'static str {
        match error {
            ImportError::NotJson => self.not_json,
            ImportError::NotUserData => self.not_user_data,
            ImportError::NewerVersion => self.newer_file,
        }
    }
}

impl BulkActionTexts {
    pub fn toast(&self, count: u64) -> String {
        fill(self.toast, &[&format_number(count)])
    }
}

pub(super) static HANS: UserDataTexts = UserDataTexts {
    read: "已读",
    unread: "未读",
    starred: "已收藏",
    read_so_far: "读到 {}%",
    continue_reading: "继续读",
    status: "状态",
    all_statuses: "全部",
    starred_status: "收藏",
    annotated: "有批注",
    more: "更多",
    this_list: "列表中的 {} 篇",
    all_read: BulkActionTexts { label: "全部标为已读", toast: "{} 篇已标为已读" },
    all_unread: BulkActionTexts { label: "全部标为未读", toast: "{} 篇已标为未读" },
    all_starred: BulkActionTexts { label: "全部收藏", toast: "{} 篇已收藏" },
    all_unstarred: BulkActionTexts { label: "全部取消收藏", toast: "{} 篇已取消收藏" },
    save: "保存这个查找",
    unsave: "不再保存这个查找",
    saved_toast: "已保存，有新文章时会在筛选栏里显示",
    unsaved_toast: "已不再保存",
    unseen: "新 {}",
    data: "我的数据",
    stored_on_device: "都存在这台设备的浏览器里，不会传到别处。",
    stored_in_memory: "现在什么都不存：关闭此页后就没有了。",
    stars: "收藏",
    read_marks: "已读",
    positions: "读到的位置",
    searches: "保存的查找",
    annotations: "批注",
    unreadable: "有 {} 条记录读不出来，仍留在本机。",
    export: "导出为文件",
    import: "从文件导入",
    imported: "导入了 {} 条",
    imported_partly: "导入了 {} 条；{} 条看不懂，没有导入",
    not_json: "没有导入：文件不完整，或不是 JSON。",
    not_user_data: "没有导入：文件里没有收藏、已读与批注。",
    newer_file: "没有导入：文件由较新的版本写成。",
    keep_nothing: "不在本机保存任何内容",
    keep_nothing_hint: "打开后会清除本机已存的内容，包括版式与最近的查找；只记住这一项。",
    erase: "清除全部",
    erase_confirm: "确定清除，无法恢复",
    cancel: "取消",
    erased_toast: "本机已没有任何记录",
    star: "收藏",
    unstar: "取消收藏",
    mark_read: "标为已读",
    mark_unread: "标为未读",
    starred_toast: "已收藏",
    unstarred_toast: "已取消收藏",
    read_toast: "已标为已读",
    unread_toast: "已标为未读",
    undo: "撤销",
    dismiss: "关闭",
    no_storage: "浏览器不让本站保存：收藏与已读只记到关闭此页为止。",
    newer_storage: "本机的记录由较新的版本写成：请重新载入。收藏与已读暂时只记到关闭此页为止。",
    damaged_storage: "本机的记录读不出来：收藏与已读只记到关闭此页为止。",
    full_storage: "本机没有空间了：新的收藏与已读只记到关闭此页为止。",
};

pub(super) static HANT: UserDataTexts = UserDataTexts {
    read: "已讀",
    unread: "未讀",
    starred: "已收藏",
    read_so_far: "讀到 {}%",
    continue_reading: "繼續讀",
    status: "狀態",
    all_statuses: "全部",
    starred_status: "收藏",
    annotated: "有批註",
    more: "更多",
    this_list: "列表中的 {} 篇",
    all_read: BulkActionTexts { label: "全部標為已讀", toast: "{} 篇已標為已讀" },
    all_unread: BulkActionTexts { label: "全部標為未讀", toast: "{} 篇已標為未讀" },
    all_starred: BulkActionTexts { label: "全部收藏", toast: "{} 篇已收藏" },
    all_unstarred: BulkActionTexts { label: "全部取消收藏", toast: "{} 篇已取消收藏" },
    save: "儲存這個尋找",
    unsave: "不再儲存這個尋找",
    saved_toast: "已儲存，有新文章時會在篩選欄裡顯示",
    unsaved_toast: "已不再儲存",
    unseen: "新 {}",
    data: "我的資料",
    stored_on_device: "都存在這台裝置的瀏覽器裡，不會傳到別處。",
    stored_in_memory: "現在什麼都不存：關閉此頁後就沒有了。",
    stars: "收藏",
    read_marks: "已讀",
    positions: "讀到的位置",
    searches: "儲存的尋找",
    annotations: "批註",
    unreadable: "有 {} 筆紀錄讀不出來，仍留在本機。",
    export: "匯出為檔案",
    import: "從檔案匯入",
    imported: "匯入了 {} 筆",
    imported_partly: "匯入了 {} 筆；{} 筆看不懂，沒有匯入",
    not_json: "沒有匯入：檔案不完整，或不是 JSON。",
    not_user_data: "沒有匯入：檔案裡沒有收藏、已讀與批註。",
    newer_file: "沒有匯入：檔案由較新的版本寫成。",
    keep_nothing: "不在本機儲存任何內容",
    keep_nothing_hint: "開啟後會清除本機已存的內容，包括版式與最近的尋找；只記住這一項。",
    erase: "清除全部",
    erase_confirm: "確定清除，無法復原",
    cancel: "取消",
    erased_toast: "本機已沒有任何紀錄",
    star: "收藏",
    unstar: "取消收藏",
    mark_read: "標為已讀",
    mark_unread: "標為未讀",
    starred_toast: "已收藏",
    unstarred_toast: "已取消收藏",
    read_toast: "已標為已讀",
    unread_toast: "已標為未讀",
    undo: "復原",
    dismiss: "關閉",
    no_storage: "瀏覽器不讓本站儲存：收藏與已讀只記到關閉此頁為止。",
    newer_storage: "本機的紀錄由較新的版本寫成：請重新載入。收藏與已讀暫時只記到關閉此頁為止。",
    damaged_storage: "本機的紀錄讀不出來：收藏與已讀只記到關閉此頁為止。",
    full_storage: "本機沒有空間了：新的收藏與已讀只記到關閉此頁為止。",
};

pub(super) static EN: UserDataTexts = UserDataTexts {
    read: "Read",
    unread: "Unread",
    starred: "Starred",
    read_so_far: "{}% read",
    continue_reading: "Continue",
    status: "Status",
    all_statuses: "All",
    starred_status: "Starred",
    annotated: "With notes",
    more: "More",
    this_list: "{} articles in the list",
    all_read: BulkActionTexts { label: "Mark all as read", toast: "{} marked as read" },
    all_unread: BulkActionTexts { label: "Mark all as unread", toast: "{} marked as unread" },
    all_starred: BulkActionTexts { label: "Star all", toast: "{} starred" },
    all_unstarred: BulkActionTexts { label: "Remove all stars", toast: "{} stars removed" },
    save: "Save this search",
    unsave: "Stop saving this search",
    saved_toast: "Saved: the filters show when it finds something new",
    unsaved_toast: "No longer saved",
    unseen: "{} new",
    data: "Your data",
    stored_on_device: "All of it lies in this device's browser and goes nowhere else.",
    stored_in_memory: "Nothing is kept now: it is gone when this page is closed.",
    stars: "Stars",
    read_marks: "Read",
    positions: "Places left",
    searches: "Saved searches",
    annotations: "Notes",
    unreadable: "{} records cannot be read; they stay on the device.",
    export: "Export as a file",
    import: "Import a file",
    imported: "{} records imported",
    imported_partly: "{} records imported; {} were not understood and left out",
    not_json: "Not imported: the file is not whole, or not JSON.",
    not_user_data: "Not imported: the file holds no stars, marks and notes.",
    newer_file: "Not imported: a newer version has written the file.",
    keep_nothing: "Keep nothing on this device",
    keep_nothing_hint: "Erases what is kept, also the type settings and recent searches; only this choice is remembered.",
    erase: "Erase everything",
    erase_confirm: "Erase it for good",
    cancel: "Cancel",
    erased_toast: "Nothing is kept on this device any more",
    star: "Star",
    unstar: "Remove star",
    mark_read: "Mark as read",
    mark_unread: "Mark as unread",
    starred_toast: "Starred",
    unstarred_toast: "Star removed",
    read_toast: "Marked as read",
    unread_toast: "Marked as unread",
    undo: "Undo",
    dismiss: "Close",
    no_storage: "The browser lets this site store nothing: stars and read marks last until this page is closed.",
    newer_storage: "A newer version has written what this device keeps: reload. Until then marks last until this page is closed.",
    damaged_storage: "What this device keeps cannot be read: stars and read marks last until this page is closed.",
    full_storage: "This device has no room left: new stars and read marks last until this page is closed.",
};
