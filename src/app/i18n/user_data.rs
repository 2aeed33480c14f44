//! Texts about flags, saved searches and other user data. `{}` is a placeholder.

use super::{fill, format_number};
use crate::search::Status;
use crate::user_data::{ImportError, RecordKind, UserDataEdit, count_kind};

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
    pub menu: &'static str,
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
    labels: &'static str,
    unreadable: &'static str,
    pub export: &'static str,
    pub import: &'static str,
    imported: &'static str,
    /// States came along with the archive.
    came_along: &'static str,
    states: StateTexts,
    pub take_over: &'static str,
    pub no_thanks: &'static str,
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

/// Nouns after a count: of one, and of more.
struct StateTexts {
    star: &'static str,
    stars: &'static str,
    read_mark: &'static str,
    read_marks: &'static str,
    position: &'static str,
    positions: &'static str,
    annotation: &'static str,
    annotations: &'static str,
    label: &'static str,
    labels: &'static str,
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

    /// Asks whether the records of `edits` are to be taken over.
    pub fn states_offer(&self, edits: &[UserDataEdit], separator: &str) -> String {
        let nouns = &self.states;
        let kinds = [
            (RecordKind::Stars, [nouns.star, nouns.stars]),
            (RecordKind::Reads, [nouns.read_mark, nouns.read_marks]),
            (RecordKind::Positions, [nouns.position, nouns.positions]),
            (RecordKind::Annotations, [nouns.annotation, nouns.annotations]),
            (RecordKind::Labels, [nouns.label, nouns.labels]),
        ];
        let counts = kinds.into_iter().map(|(kind, nouns)| (count_kind(edits, kind), nouns));
        let counts = counts.filter(|(count, _)| *count > 0).map(|(count, nouns)| counted(count, nouns));
        let counts = counts.collect::<Vec<_>>().join(separator);
        fill(self.came_along, &[&counts])
    }

    pub fn annotation_count(&self, count: u64) -> String {
        counted(count, [self.states.annotation, self.states.annotations])
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
            RecordKind::Labels => self.labels,
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

/// Writes a count before its noun, of one or of more.
fn counted(count: u64, [one, more]: [&str; 2]) -> String {
    [&*format_number(count), " ", if count == 1 { one } else { more }].concat()
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
    continue_reading: "继续阅读",
    status: "状态",
    all_statuses: "全部",
    starred_status: "收藏",
    annotated: "划线",
    menu: "菜单",
    this_list: "列表中的 {} 篇",
    all_read: BulkActionTexts { label: "全部标为已读", toast: "{} 篇已标为已读" },
    all_unread: BulkActionTexts { label: "全部标为未读", toast: "{} 篇已标为未读" },
    all_starred: BulkActionTexts { label: "全部收藏", toast: "{} 篇已收藏" },
    all_unstarred: BulkActionTexts { label: "全部取消收藏", toast: "{} 篇已取消收藏" },
    save: "保存这次搜索",
    unsave: "不再保存这次搜索",
    saved_toast: "已保存，有新文章时会显示数量",
    unsaved_toast: "已取消保存",
    unseen: "新 {}",
    data: "我的数据",
    stored_on_device: "只保存在本机的浏览器里，不会上传。",
    stored_in_memory: "目前不保存任何内容，关闭页面后记录即消失。",
    stars: "收藏",
    read_marks: "已读",
    positions: "阅读位置",
    searches: "保存的搜索",
    annotations: "划线与批注",
    labels: "标签",
    unreadable: "有 {} 条记录无法读取，仍保留在本机。",
    export: "导出为文件",
    import: "从文件导入",
    imported: "已导入 {} 条",
    came_along: "这个文库带有你以前的记录：{}。要导入吗？",
    states: StateTexts {
        star: "篇收藏",
        stars: "篇收藏",
        read_mark: "篇已读",
        read_marks: "篇已读",
        position: "处阅读位置",
        positions: "处阅读位置",
        annotation: "处划线",
        annotations: "处划线",
        label: "个标签",
        labels: "个标签",
    },
    take_over: "导入",
    no_thanks: "不用了",
    imported_partly: "已导入 {} 条；{} 条无法识别，未导入",
    not_json: "导入失败：文件不完整，或不是 JSON。",
    not_user_data: "导入失败：文件中没有可导入的记录。",
    newer_file: "导入失败：文件由较新版本生成。",
    keep_nothing: "不在本机保存任何内容",
    keep_nothing_hint: "开启后会清除本机已保存的内容，包括阅读设置和最近搜索；只记住这一项设置。",
    erase: "清除全部",
    erase_confirm: "确认清除，无法恢复",
    cancel: "取消",
    erased_toast: "本机的记录已全部清除",
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
    no_storage: "浏览器不允许本站保存数据：收藏和已读在关闭页面后会丢失。",
    newer_storage: "本机的记录由较新版本写入，请重新载入；否则收藏和已读在关闭页面后会丢失。",
    damaged_storage: "本机的记录无法读取：收藏和已读在关闭页面后会丢失。",
    full_storage: "本机空间不足：新的收藏和已读在关闭页面后会丢失。",
};

pub(super) static HANT: UserDataTexts = UserDataTexts {
    read: "已讀",
    unread: "未讀",
    starred: "已收藏",
    read_so_far: "讀到 {}%",
    continue_reading: "繼續閱讀",
    status: "狀態",
    all_statuses: "全部",
    starred_status: "收藏",
    annotated: "畫線",
    menu: "選單",
    this_list: "清單中的 {} 篇",
    all_read: BulkActionTexts { label: "全部標為已讀", toast: "{} 篇已標為已讀" },
    all_unread: BulkActionTexts { label: "全部標為未讀", toast: "{} 篇已標為未讀" },
    all_starred: BulkActionTexts { label: "全部收藏", toast: "{} 篇已收藏" },
    all_unstarred: BulkActionTexts { label: "全部取消收藏", toast: "{} 篇已取消收藏" },
    save: "儲存這次搜尋",
    unsave: "不再儲存這次搜尋",
    saved_toast: "已儲存，有新文章時會顯示數量",
    unsaved_toast: "已取消儲存",
    unseen: "新 {}",
    data: "我的資料",
    stored_on_device: "只儲存在這台裝置的瀏覽器裡，不會上傳。",
    stored_in_memory: "目前不儲存任何內容，關閉頁面後紀錄即消失。",
    stars: "收藏",
    read_marks: "已讀",
    positions: "閱讀位置",
    searches: "儲存的搜尋",
    annotations: "畫線與筆記",
    labels: "標籤",
    unreadable: "有 {} 筆紀錄無法讀取，仍保留在這台裝置。",
    export: "匯出為檔案",
    import: "從檔案匯入",
    imported: "已匯入 {} 筆",
    came_along: "這個文庫附有你先前的紀錄：{}。要匯入嗎？",
    states: StateTexts {
        star: "篇收藏",
        stars: "篇收藏",
        read_mark: "篇已讀",
        read_marks: "篇已讀",
        position: "個閱讀位置",
        positions: "個閱讀位置",
        annotation: "處畫線",
        annotations: "處畫線",
        label: "個標籤",
        labels: "個標籤",
    },
    take_over: "匯入",
    no_thanks: "不用了",
    imported_partly: "已匯入 {} 筆；{} 筆無法辨識，未匯入",
    not_json: "匯入失敗：檔案不完整，或不是 JSON。",
    not_user_data: "匯入失敗：檔案中沒有可匯入的紀錄。",
    newer_file: "匯入失敗：檔案由較新版本產生。",
    keep_nothing: "不在這台裝置儲存任何內容",
    keep_nothing_hint: "開啟後會清除這台裝置已儲存的內容，包括閱讀設定與最近搜尋；只記住這一項設定。",
    erase: "清除全部",
    erase_confirm: "確認清除，無法復原",
    cancel: "取消",
    erased_toast: "這台裝置的紀錄已全部清除",
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
    no_storage: "瀏覽器不允許本站儲存資料：收藏和已讀在關閉頁面後會遺失。",
    newer_storage: "這台裝置的紀錄由較新版本寫入，請重新載入；否則收藏和已讀在關閉頁面後會遺失。",
    damaged_storage: "這台裝置的紀錄無法讀取：收藏和已讀在關閉頁面後會遺失。",
    full_storage: "這台裝置空間不足：新的收藏和已讀在關閉頁面後會遺失。",
};

pub(super) static EN: UserDataTexts = UserDataTexts {
    read: "Read",
    unread: "Unread",
    starred: "Starred",
    read_so_far: "{}% read",
    continue_reading: "Continue reading",
    status: "Status",
    all_statuses: "All",
    starred_status: "Starred",
    annotated: "Highlights",
    menu: "Menu",
    this_list: "Articles in this list: {}",
    all_read: BulkActionTexts { label: "Mark all as read", toast: "{} marked as read" },
    all_unread: BulkActionTexts { label: "Mark all as unread", toast: "{} marked as unread" },
    all_starred: BulkActionTexts { label: "Star all", toast: "{} starred" },
    all_unstarred: BulkActionTexts { label: "Remove all stars", toast: "{} unstarred" },
    save: "Save this search",
    unsave: "Remove saved search",
    saved_toast: "Search saved. New results will be counted.",
    unsaved_toast: "Saved search removed",
    unseen: "{} new",
    data: "Your data",
    stored_on_device: "Stored only in this browser, never uploaded.",
    stored_in_memory: "Nothing is being saved. Everything is lost when you close this page.",
    stars: "Starred",
    read_marks: "Read",
    positions: "Reading positions",
    searches: "Saved searches",
    annotations: "Highlights and notes",
    labels: "Labels",
    unreadable: "Records that can’t be read: {}. They stay on this device.",
    export: "Export to a file",
    import: "Import from a file",
    imported: "Records imported: {}",
    came_along: "This archive includes your earlier data: {}. Import it?",
    states: StateTexts {
        star: "star",
        stars: "stars",
        read_mark: "read mark",
        read_marks: "read marks",
        position: "reading position",
        positions: "reading positions",
        annotation: "highlight",
        annotations: "highlights",
        label: "label",
        labels: "labels",
    },
    take_over: "Import",
    no_thanks: "No thanks",
    imported_partly: "Records imported: {}. Skipped as unreadable: {}.",
    not_json: "Import failed: the file is incomplete or not JSON.",
    not_user_data: "Import failed: this file contains nothing to import.",
    newer_file: "Import failed: the file was saved by a newer version.",
    keep_nothing: "Store nothing on this device",
    keep_nothing_hint: "Erases everything stored, including display settings and recent searches. Only this setting is remembered.",
    erase: "Erase everything",
    erase_confirm: "Erase permanently",
    cancel: "Cancel",
    erased_toast: "All data on this device was erased",
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
    no_storage: "This browser doesn’t let the site store data. Stars and read marks are lost when you close this page.",
    newer_storage: "The data on this device was saved by a newer version. Reload, or stars and read marks are lost when you close this page.",
    damaged_storage: "The data on this device can’t be read. Stars and read marks are lost when you close this page.",
    full_storage: "This device is out of space. New stars and read marks are lost when you close this page.",
};
