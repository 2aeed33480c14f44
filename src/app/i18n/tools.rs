//! Texts of the article's tools: contents, sharing, lightbox, changes, printing. `{}` is a placeholder.

use super::{fill, format_number};

pub struct ToolTexts {
    pub contents: &'static str,
    pub share: &'static str,
    pub send: &'static str,
    pub copy_link: &'static str,
    /// Copies a link to the selected sentence on the original page.
    pub copy_quote: &'static str,
    pub cite: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_failed: &'static str,
    pub print: &'static str,
    /// Images are loading before printing.
    pub print_loading: &'static str,
    pub epub: &'static str,
    pub epub_with_notes: &'static str,
    pub epub_failed: &'static str,
    pub lightbox: LightboxTexts,
    pub diff: DiffTexts,
    pub print_list: PrintTexts,
}

pub struct LightboxTexts {
    open: &'static str,
    pub open_untitled: &'static str,
    pub label: &'static str,
    pub larger: &'static str,
    pub smaller: &'static str,
    pub close: &'static str,
}

pub struct DiffTexts {
    earlier: &'static str,
    pub one_earlier: &'static str,
    pub show: &'static str,
    pub hide: &'static str,
    /// Number of the current change, and of changes.
    position: &'static str,
    pub none: &'static str,
    /// Meanings of the signs.
    pub removed: &'static str,
    pub added: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
}

pub struct PrintTexts {
    pub offer: &'static str,
    first_n: &'static str,
    all_n: &'static str,
    /// Loaded articles and articles in all.
    loading: &'static str,
    ready: &'static str,
    failed: &'static str,
    pub print: &'static str,
    pub close: &'static str,
}

impl LightboxTexts {
    pub fn open(&self, description: &str) -> String {
        fill(self.open, &[description])
    }
}

impl DiffTexts {
    pub fn earlier(&self, count: u64) -> String {
        fill(self.earlier, &[&format_number(count)])
    }

    pub fn position(&self, current: u64, count: u64) -> String {
        fill(self.position, &[&format_number(current), &format_number(count)])
    }
}

impl PrintTexts {
    pub fn first_n(&self, count: u64) -> String {
        fill(self.first_n, &[&format_number(count)])
    }

    pub fn all_n(&self, count: u64) -> String {
        fill(self.all_n, &[&format_number(count)])
    }

    pub fn loading(&self, done: u64, total: u64) -> String {
        fill(self.loading, &[&format_number(done), &format_number(total)])
    }

    pub fn ready(&self, count: u64) -> String {
        fill(self.ready, &[&format_number(count)])
    }

    pub fn failed(&self, count: u64) -> String {
        fill(self.failed, &[&format_number(count)])
    }
}

pub(super) static HANS: ToolTexts = ToolTexts {
    contents: "目录",
    share: "分享与引用",
    send: "发送到其他应用",
    copy_link: "复制链接",
    copy_quote: "复制所选句子的原文链接",
    cite: "引用",
    copy: "复制",
    copied: "已复制",
    copy_failed: "复制失败，请手动复制",
    print: "打印或存为 PDF",
    print_loading: "正在载入图片……",
    epub: "电子书（EPUB）",
    epub_with_notes: "电子书，附划线与批注",
    epub_failed: "电子书未能保存。",
    lightbox: LightboxTexts {
        open: "放大图片：{}",
        open_untitled: "放大图片",
        label: "图片",
        larger: "放大",
        smaller: "缩小",
        close: "关闭",
    },
    diff: DiffTexts {
        earlier: "{} 个旧版本",
        one_earlier: "1 个旧版本",
        show: "查看后来的改动",
        hide: "查看旧版全文",
        position: "改动 {} / {}",
        none: "文字没有改动。",
        removed: "删除",
        added: "新增",
        previous: "上一处改动",
        next: "下一处改动",
    },
    print_list: PrintTexts {
        offer: "打印",
        first_n: "前 {} 篇",
        all_n: "全部 {} 篇",
        loading: "正在准备：{} / {}",
        ready: "{} 篇，可以打印了。",
        failed: "有 {} 篇未能载入。",
        print: "打印或存为 PDF",
        close: "回到列表",
    },
};

pub(super) static HANT: ToolTexts = ToolTexts {
    contents: "目錄",
    share: "分享與引用",
    send: "傳送到其他 App",
    copy_link: "複製連結",
    copy_quote: "複製所選句子的原文連結",
    cite: "引用",
    copy: "複製",
    copied: "已複製",
    copy_failed: "複製失敗，請手動複製",
    print: "列印或存為 PDF",
    print_loading: "正在載入圖片……",
    epub: "電子書（EPUB）",
    epub_with_notes: "電子書，附畫線與筆記",
    epub_failed: "電子書未能儲存。",
    lightbox: LightboxTexts {
        open: "放大圖片：{}",
        open_untitled: "放大圖片",
        label: "圖片",
        larger: "放大",
        smaller: "縮小",
        close: "關閉",
    },
    diff: DiffTexts {
        earlier: "{} 個舊版本",
        one_earlier: "1 個舊版本",
        show: "查看後來的改動",
        hide: "查看舊版全文",
        position: "改動 {} / {}",
        none: "文字沒有改動。",
        removed: "刪除",
        added: "新增",
        previous: "上一處改動",
        next: "下一處改動",
    },
    print_list: PrintTexts {
        offer: "列印",
        first_n: "前 {} 篇",
        all_n: "全部 {} 篇",
        loading: "正在準備：{} / {}",
        ready: "{} 篇，可以列印了。",
        failed: "有 {} 篇未能載入。",
        print: "列印或存為 PDF",
        close: "回到清單",
    },
};

pub(super) static EN: ToolTexts = ToolTexts {
    contents: "Contents",
    share: "Share and cite",
    send: "Share via…",
    copy_link: "Copy link",
    copy_quote: "Copy link to the selection in the original",
    cite: "Cite",
    copy: "Copy",
    copied: "Copied",
    copy_failed: "Couldn’t copy. Select the text and copy it yourself.",
    print: "Print or save as PDF",
    print_loading: "Loading pictures…",
    epub: "E-book (EPUB)",
    epub_with_notes: "E-book with highlights and notes",
    epub_failed: "The e-book couldn’t be saved.",
    lightbox: LightboxTexts {
        open: "Enlarge picture: {}",
        open_untitled: "Enlarge picture",
        label: "Picture",
        larger: "Larger",
        smaller: "Smaller",
        close: "Close",
    },
    diff: DiffTexts {
        earlier: "{} earlier versions",
        one_earlier: "1 earlier version",
        show: "Show what changed",
        hide: "Show the full text",
        position: "Change {} of {}",
        none: "The text didn’t change.",
        removed: "Removed",
        added: "Added",
        previous: "Previous change",
        next: "Next change",
    },
    print_list: PrintTexts {
        offer: "Print",
        first_n: "First {}",
        all_n: "All {}",
        loading: "Preparing: {} of {}",
        ready: "Articles ready to print: {}",
        failed: "{} couldn’t be loaded.",
        print: "Print or save as PDF",
        close: "Back to the list",
    },
};
