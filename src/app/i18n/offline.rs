//! Texts about offline use and updates. `{}` is a placeholder.

use super::{fill, format_number};

pub struct OfflineTexts {
    /// Offline: counts of available and of unavailable articles.
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
    pub fn offline(&self, available: u64, unavailable: u64) -> String {
        fill(self.offline, &[&format_number(available), &format_number(unavailable)])
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
    offline: "离线。{} 篇已存，照常可读可查；其余 {} 篇要联网。",
    offline_complete: "离线。所有文章都在这台设备上，照常可读可查。",
    check: "重试",
    article_unavailable: "现在没有网络，这一篇也没有存在这台设备上。",
    row_unavailable: "未存",
    rows_unavailable: "这里的条目没有存在这台设备上。",
    newer: "本站有新版本。",
    newer_one: "档案新增 1 篇。",
    newer_many: "档案新增 {} 篇。",
    apply_update: "载入",
    postpone_update: "稍后",
    updated_in_other_tab: "另一个标签页已换到新版。",
    reload: "重新载入",
    download: "存在这台设备上",
    download_hint: "存下整个档案，没有网络也能读、能查。",
    download_not_needed: "整个档案已在这台设备上，没有网络也能打开。",
    download_all: "存下全部",
    download_progress: "已存 {} / {}",
    paused: "已暂停：{} / {}",
    download_complete: "整个档案都在这台设备上，没有网络也能读、能查。",
    pause: "暂停",
    resume: "继续",
    remove: "移除",
    retry: "再试一次",
    no_room: "空间不够：还需要 {}，浏览器只给 {}。",
    no_network: "连接断了，已存 {} / {}；联网后会接着存。",
};

pub(super) const HANT: OfflineTexts = OfflineTexts {
    offline: "離線。{} 篇已存，照常可讀可查；其餘 {} 篇要連網。",
    offline_complete: "離線。所有文章都在這臺裝置上，照常可讀可查。",
    check: "重試",
    article_unavailable: "現在沒有網路，這一篇也沒有存在這臺裝置上。",
    row_unavailable: "未存",
    rows_unavailable: "這裡的條目沒有存在這臺裝置上。",
    newer: "本站有新版本。",
    newer_one: "檔案新增 1 篇。",
    newer_many: "檔案新增 {} 篇。",
    apply_update: "載入",
    postpone_update: "稍後",
    updated_in_other_tab: "另一個分頁已換到新版。",
    reload: "重新載入",
    download: "存在這臺裝置上",
    download_hint: "存下整個檔案庫，沒有網路也能讀、能查。",
    download_not_needed: "整個檔案庫已在這臺裝置上，沒有網路也能開啟。",
    download_all: "存下全部",
    download_progress: "已存 {} / {}",
    paused: "已暫停：{} / {}",
    download_complete: "整個檔案庫都在這臺裝置上，沒有網路也能讀、能查。",
    pause: "暫停",
    resume: "繼續",
    remove: "移除",
    retry: "再試一次",
    no_room: "空間不夠：還需要 {}，瀏覽器只給 {}。",
    no_network: "連線斷了，已存 {} / {}；連網後會接著存。",
};

pub(super) const EN: OfflineTexts = OfflineTexts {
    offline: "Offline. {} articles are here to read and search; {} need a network.",
    offline_complete: "Offline. Every article is here to read and search.",
    check: "Try again",
    article_unavailable: "There is no network now, and this article is not on this device.",
    row_unavailable: "not kept",
    rows_unavailable: "What stands here is not on this device.",
    newer: "There is a new version of this site.",
    newer_one: "1 new article.",
    newer_many: "{} new articles.",
    apply_update: "Load",
    postpone_update: "Later",
    updated_in_other_tab: "Another tab has moved on to a new version.",
    reload: "Reload",
    download: "On this device",
    download_hint: "Keep the whole archive, to read and search it without a network.",
    download_not_needed: "The whole archive is on this device and opens without a network.",
    download_all: "Keep all of it",
    download_progress: "{} of {}",
    paused: "Paused: {} of {}",
    download_complete: "The whole archive is on this device, to read and search without a network.",
    pause: "Pause",
    resume: "Go on",
    remove: "Remove",
    retry: "Try again",
    no_room: "Too little room: {} still needed, the browser gives {}.",
    no_network: "The connection is lost at {} of {}; it goes on with the network.",
};
