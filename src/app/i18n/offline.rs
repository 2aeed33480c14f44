//! What is said about the device and the network. `{}` stands for a number or a size.

/// The texts.
pub struct OfflineTexts {
    /// No network: how many articles are here, and how many are not.
    pub away: &'static str,
    /// No network, and all are here.
    pub away_whole: &'static str,
    /// Looks for the network.
    pub check: &'static str,
    /// An article that is not here.
    pub not_kept: &'static str,
    /// The mark of a row whose article is not here.
    pub row_not_kept: &'static str,
    /// A row that is not here.
    pub rows_not_kept: &'static str,
    /// There is a newer site, with one more article, with many.
    pub newer: &'static str,
    /// See `newer`.
    pub newer_one: &'static str,
    /// See `newer`.
    pub newer_many: &'static str,
    /// Goes on with it.
    pub take: &'static str,
    /// Not now.
    pub later: &'static str,
    /// Another tab has it.
    pub elsewhere: &'static str,
    /// Loads the page anew.
    pub reload: &'static str,
    /// The name of keeping the whole archive.
    pub keep: &'static str,
    /// What it is good for.
    pub keep_hint: &'static str,
    /// A small archive is kept anyway.
    pub keep_small: &'static str,
    /// Begins.
    pub keep_all: &'static str,
    /// How much of how much is here.
    pub kept_so_far: &'static str,
    /// The same, and it is paused.
    pub paused: &'static str,
    /// All is here.
    pub whole: &'static str,
    /// Pauses.
    pub pause: &'static str,
    /// Goes on.
    pub resume: &'static str,
    /// Removes what is kept.
    pub remove: &'static str,
    /// Tries again.
    pub retry: &'static str,
    /// What is still needed, and how much room there is.
    pub no_room: &'static str,
    /// How much of how much is here, and the network is gone.
    pub no_network: &'static str,
}

pub(super) const HANS: OfflineTexts = OfflineTexts {
    away: "离线。{} 篇已存，照常可读可查；其余 {} 篇要联网。",
    away_whole: "离线。所有文章都在这台设备上，照常可读可查。",
    check: "重试",
    not_kept: "现在没有网络，这一篇也没有存在这台设备上。",
    row_not_kept: "未存",
    rows_not_kept: "这里的条目没有存在这台设备上。",
    newer: "本站有新版本。",
    newer_one: "档案新增 1 篇。",
    newer_many: "档案新增 {} 篇。",
    take: "载入",
    later: "稍后",
    elsewhere: "另一个标签页已换到新版。",
    reload: "重新载入",
    keep: "存在这台设备上",
    keep_hint: "存下整个档案，没有网络也能读、能查。",
    keep_small: "整个档案已在这台设备上，没有网络也能打开。",
    keep_all: "存下全部",
    kept_so_far: "已存 {} / {}",
    paused: "已暂停：{} / {}",
    whole: "整个档案都在这台设备上，没有网络也能读、能查。",
    pause: "暂停",
    resume: "继续",
    remove: "移除",
    retry: "再试一次",
    no_room: "空间不够：还需要 {}，浏览器只给 {}。",
    no_network: "连接断了，已存 {} / {}；联网后会接着存。",
};

pub(super) const HANT: OfflineTexts = OfflineTexts {
    away: "離線。{} 篇已存，照常可讀可查；其餘 {} 篇要連網。",
    away_whole: "離線。所有文章都在這臺裝置上，照常可讀可查。",
    check: "重試",
    not_kept: "現在沒有網路，這一篇也沒有存在這臺裝置上。",
    row_not_kept: "未存",
    rows_not_kept: "這裡的條目沒有存在這臺裝置上。",
    newer: "本站有新版本。",
    newer_one: "檔案新增 1 篇。",
    newer_many: "檔案新增 {} 篇。",
    take: "載入",
    later: "稍後",
    elsewhere: "另一個分頁已換到新版。",
    reload: "重新載入",
    keep: "存在這臺裝置上",
    keep_hint: "存下整個檔案庫，沒有網路也能讀、能查。",
    keep_small: "整個檔案庫已在這臺裝置上，沒有網路也能開啟。",
    keep_all: "存下全部",
    kept_so_far: "已存 {} / {}",
    paused: "已暫停：{} / {}",
    whole: "整個檔案庫都在這臺裝置上，沒有網路也能讀、能查。",
    pause: "暫停",
    resume: "繼續",
    remove: "移除",
    retry: "再試一次",
    no_room: "空間不夠：還需要 {}，瀏覽器只給 {}。",
    no_network: "連線斷了，已存 {} / {}；連網後會接著存。",
};

pub(super) const EN: OfflineTexts = OfflineTexts {
    away: "Offline. {} articles are here to read and search; {} need a network.",
    away_whole: "Offline. Every article is here to read and search.",
    check: "Try again",
    not_kept: "There is no network now, and this article is not on this device.",
    row_not_kept: "not kept",
    rows_not_kept: "What stands here is not on this device.",
    newer: "There is a new version of this site.",
    newer_one: "1 new article.",
    newer_many: "{} new articles.",
    take: "Load",
    later: "Later",
    elsewhere: "Another tab has moved on to a new version.",
    reload: "Reload",
    keep: "On this device",
    keep_hint: "Keep the whole archive, to read and search it without a network.",
    keep_small: "The whole archive is on this device and opens without a network.",
    keep_all: "Keep all of it",
    kept_so_far: "{} of {}",
    paused: "Paused: {} of {}",
    whole: "The whole archive is on this device, to read and search without a network.",
    pause: "Pause",
    resume: "Go on",
    remove: "Remove",
    retry: "Try again",
    no_room: "Too little room: {} still needed, the browser gives {}.",
    no_network: "The connection is lost at {} of {}; it goes on with the network.",
};
