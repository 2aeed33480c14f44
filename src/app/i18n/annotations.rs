//! Texts about annotations. `{}` is a placeholder.

use super::{fill, format_number};

pub struct AnnotationTexts {
    pub toolbar: &'static str,
    pub highlight: &'static str,
    pub note: &'static str,
    pub find_in_archive: &'static str,
    pub remove: &'static str,
    pub highlighted_toast: &'static str,
    pub note_saved_toast: &'static str,
    pub removed_toast: &'static str,
    pub annotation: &'static str,
    pub note_placeholder: &'static str,
    pub save: &'static str,
    pub cancel: &'static str,
    /// Heading of annotations whose text is no longer in the article.
    pub unanchored: &'static str,
    pub unanchored_hint: &'static str,
    pub name: &'static str,
    /// Counts of annotations and articles.
    count: &'static str,
    pub none: &'static str,
    pub instructions: &'static str,
    pub search: &'static str,
    pub no_matches: &'static str,
    pub export_markdown: &'static str,
    pub export_json: &'static str,
    /// The archive no longer holds the article.
    pub missing_article: &'static str,
}

impl AnnotationTexts {
    pub fn count(&self, annotations: u64, articles: u64) -> String {
        fill(self.count, &[&format_number(annotations), &format_number(articles)])
    }
}

pub(super) static HANS: AnnotationTexts = AnnotationTexts {
    toolbar: "选中的文字",
    highlight: "划线",
    note: "批注",
    find_in_archive: "在文库中搜索",
    remove: "删除",
    highlighted_toast: "已划线",
    note_saved_toast: "批注已保存",
    removed_toast: "已删除划线",
    annotation: "划线",
    note_placeholder: "写下批注",
    save: "保存",
    cancel: "取消",
    unanchored: "失去位置的划线",
    unanchored_hint: "文章中已没有这些文字；划线与批注仍然保留。",
    name: "划线与批注",
    count: "{} 处，分布在 {} 篇文章中",
    none: "还没有划线",
    instructions: "阅读时选中一段文字，即可划线或写批注，都会列在这里。",
    search: "搜索划线与批注",
    no_matches: "没有找到",
    export_markdown: "导出 Markdown",
    export_json: "导出 JSON",
    missing_article: "本文库中已没有这篇文章",
};

pub(super) static HANT: AnnotationTexts = AnnotationTexts {
    toolbar: "選取的文字",
    highlight: "劃線",
    note: "批註",
    find_in_archive: "在文庫中搜尋",
    remove: "刪除",
    highlighted_toast: "已劃線",
    note_saved_toast: "批註已儲存",
    removed_toast: "已刪除劃線",
    annotation: "劃線",
    note_placeholder: "寫下批註",
    save: "儲存",
    cancel: "取消",
    unanchored: "失去位置的劃線",
    unanchored_hint: "文章中已沒有這些文字；劃線與批註仍然保留。",
    name: "劃線與批註",
    count: "{} 處，分布在 {} 篇文章中",
    none: "還沒有劃線",
    instructions: "閱讀時選取一段文字，即可劃線或寫批註，都會列在這裡。",
    search: "搜尋劃線與批註",
    no_matches: "沒有找到",
    export_markdown: "匯出 Markdown",
    export_json: "匯出 JSON",
    missing_article: "本文庫中已沒有這篇文章",
};

pub(super) static EN: AnnotationTexts = AnnotationTexts {
    toolbar: "Selected text",
    highlight: "Highlight",
    note: "Note",
    find_in_archive: "Search the archive",
    remove: "Remove",
    highlighted_toast: "Highlighted",
    note_saved_toast: "Note saved",
    removed_toast: "Highlight removed",
    annotation: "Highlight",
    note_placeholder: "Write a note",
    save: "Save",
    cancel: "Cancel",
    unanchored: "Highlights without a place",
    unanchored_hint: "The article no longer contains these words. Highlights and notes are kept.",
    name: "Highlights and notes",
    count: "{} in {} articles",
    none: "No highlights yet",
    instructions: "Select text in an article to highlight it or write a note. They are listed here.",
    search: "Search highlights and notes",
    no_matches: "Nothing found",
    export_markdown: "Export Markdown",
    export_json: "Export JSON",
    missing_article: "This article is no longer in the archive",
};
