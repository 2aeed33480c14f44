//! Texts about annotations. `{}` is a placeholder.

use super::fill;

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
    pub fn count(&self, annotations: &str, articles: &str) -> String {
        fill(self.count, &[annotations, articles])
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
    unanchored: "无法定位的划线",
    unanchored_hint: "这些文字已不在文章中，划线与批注仍然保留。",
    name: "划线与批注",
    count: "{}，来自 {}文章",
    none: "还没有划线",
    instructions: "阅读时选中一段文字，即可划线或写批注，内容都会列在这里。",
    search: "搜索划线与批注",
    no_matches: "没有符合的划线或批注",
    export_markdown: "导出为 Markdown",
    export_json: "导出为 JSON",
    missing_article: "这篇文章已不在文库中",
};

pub(super) static HANT: AnnotationTexts = AnnotationTexts {
    toolbar: "選取的文字",
    highlight: "畫線",
    note: "筆記",
    find_in_archive: "在文庫中搜尋",
    remove: "刪除",
    highlighted_toast: "已畫線",
    note_saved_toast: "筆記已儲存",
    removed_toast: "已刪除畫線",
    annotation: "畫線",
    note_placeholder: "寫下筆記",
    save: "儲存",
    cancel: "取消",
    unanchored: "無法定位的畫線",
    unanchored_hint: "這些文字已不在文章中，畫線與筆記仍會保留。",
    name: "畫線與筆記",
    count: "{}，來自 {}文章",
    none: "還沒有畫線",
    instructions: "閱讀時選取一段文字，即可畫線或寫筆記，內容都會列在這裡。",
    search: "搜尋畫線與筆記",
    no_matches: "沒有符合的畫線或筆記",
    export_markdown: "匯出為 Markdown",
    export_json: "匯出為 JSON",
    missing_article: "這篇文章已不在文庫中",
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
    unanchored: "Highlights that couldn’t be found",
    unanchored_hint: "This text is no longer in the article. Your highlights and notes are kept.",
    name: "Highlights and notes",
    count: "{} in {}",
    none: "No highlights yet",
    instructions: "Select text in an article to highlight it or write a note. Everything you mark appears here.",
    search: "Search highlights and notes",
    no_matches: "No matching highlights or notes",
    export_markdown: "Export as Markdown",
    export_json: "Export as JSON",
    missing_article: "This article is no longer in the archive",
};
