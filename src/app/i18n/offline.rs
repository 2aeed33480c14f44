//! Texts about offline use and updates. `{}` is a placeholder.

use super::{fill, format_number};

pub struct OfflineTexts {
    /// Offline: counts of available articles and of all.
    offline: &'static str,
    /// Offline, with every article available.
    pub offline_complete: &'static str,
    pub check: &'static str,
    pub article_unavailable: &'static str,
    pub row_unavailable: &'static str,
    pub rows_unavailable: &'static str,
    /// An update is available; `newer_one` and `newer_many` add the count of new articles.
    pub newer: &'static str,
    pub newer_one: &'static str,
    newer_many: &'static str,
    pub apply_update: &'static str,
    pub postpone_update: &'static str,
    pub updated_in_other_tab: &'static str,
    pub reload: &'static str,
    pub download: &'static str,
    pub download_hint: &'static str,
    /// A small archive is always cached.
    pub download_not_needed: &'static str,
    pub download_all: &'static str,
    download_progress: &'static str,
    paused: &'static str,
    pub download_complete: &'static str,
    pub pause: &'static str,
    pub resume: &'static str,
    pub remove: &'static str,
    pub retry: &'static str,
    /// No space: bytes needed and bytes available.
    no_room: &'static str,
    /// Connection lost: bytes done and bytes in all.
    no_network: &'static str,
}

impl OfflineTexts {
    pub fn offline(&self, available: u64, total: u64) -> String {
        fill(self.offline, &[&format_number(available), &format_number(total)])
    }

    pub fn newer_many(&self, count: u64) -> String {
        fill(self.newer_many, &[&format_number(count)])
    }

    pub fn download_progress(&self, done: &str, total: &str) -> String {
        fill(self.download_progress, &[done, total])
    }

    pub fn paused(&self, done: &str, total: &str) -> String {
        fill(self.paused, &[done, total])
    }

    pub fn no_room(&self, needed: &str, available: &str) -> String {
        fill(self.no_room, &[needed, available])
    }

    pub fn no_network(&self, done: &str, total: &str) -> String {
        fill(self.no_network, &[done, total])
    }
}

pub(super) const HANS: OfflineTexts = OfflineTexts {
    offline: "离线：已下载 {} / {} 篇，可以阅读和搜索。",
    offline_complete: "离线：全部文章已下载，可以照常阅读和搜索。",
    check: "重试",
    article_unavailable: "当前没有网络，这篇文章尚未下载。",
    row_unavailable: "未下载",
    rows_unavailable: "这些文章尚未下载。",
    newer: "文库有更新。",
    newer_one: "新增 1 篇文章。",
    newer_many: "新增 {} 篇文章。",
    apply_update: "更新",
    postpone_update: "稍后",
    updated_in_other_tab: "另一个标签页已载入新版本。",
    reload: "重新载入",
    download: "离线阅读",
    download_hint: "下载整个文库，没有网络也能阅读和搜索。",
    download_not_needed: "整个文库已在本机，没有网络也能打开。",
    download_all: "全部下载",
    download_progress: "已下载 {} / {}",
    paused: "已暂停：{} / {}",
    download_complete: "整个文库已下载，没有网络也能阅读和搜索。",
    pause: "暂停",
    resume: "继续",
    remove: "移除",
    retry: "重试",
    no_room: "空间不足：还需 {}，可用 {}。",
    no_network: "连接中断，已下载 {} / {}；联网后会继续。",
};

pub(super) const HANT: OfflineTexts = OfflineTexts {
    offline: "離線：已下載 {} / {} 篇，可以閱讀和搜尋。",
    offline_complete: "離線：全部文章已下載，可以照常閱讀和搜尋。",
    check: "重試",
    article_unavailable: "目前沒有網路，這篇文章尚未下載。",
    row_unavailable: "未下載",
    rows_unavailable: "這些文章尚未下載。",
    newer: "文庫有更新。",
    newer_one: "新增 1 篇文章。",
    newer_many: "新增 {} 篇文章。",
    apply_update: "更新",
    postpone_update: "稍後",
    updated_in_other_tab: "另一個分頁已載入新版本。",
    reload: "重新載入",
    download: "離線閱讀",
    download_hint: "下載整個文庫，沒有網路也能閱讀和搜尋。",
    download_not_needed: "整個文庫已在這台裝置上，沒有網路也能開啟。",
    download_all: "全部下載",
    download_progress: "已下載 {} / {}",
    paused: "已暫停：{} / {}",
    download_complete: "整個文庫已下載，沒有網路也能閱讀和搜尋。",
    pause: "暫停",
    resume: "繼續",
    remove: "移除",
    retry: "重試",
    no_room: "空間不足：還需 {}，可用 {}。",
    no_network: "連線中斷，已下載 {} / {}；連上網路後會繼續。",
};

pub(super) const EN: OfflineTexts = OfflineTexts {
    offline: "You’re offline. {} of {} articles are downloaded and can be read and searched.",
    offline_complete: "You’re offline. All articles are downloaded and can be read and searched.",
    check: "Try again",
    article_unavailable: "You’re offline, and this article isn’t downloaded.",
    row_unavailable: "not downloaded",
    rows_unavailable: "These articles aren’t downloaded.",
    newer: "This archive has been updated.",
    newer_one: "1 new article.",
    newer_many: "{} new articles.",
    apply_update: "Update",
    postpone_update: "Later",
    updated_in_other_tab: "Another tab has loaded a newer version.",
    reload: "Reload",
    download: "Offline reading",
    download_hint: "Download the whole archive to read and search it offline.",
    download_not_needed: "The whole archive is on this device and opens offline.",
    download_all: "Download all",
    download_progress: "{} of {} downloaded",
    paused: "Paused: {} of {}",
    download_complete: "The whole archive is downloaded and can be read and searched offline.",
    pause: "Pause",
    resume: "Resume",
    remove: "Remove",
    retry: "Try again",
    no_room: "Not enough space: {} needed, {} available.",
    no_network: "Connection lost at {} of {}. The download resumes when you’re online.",
};
