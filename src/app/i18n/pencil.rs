//! What is said of passages and notes. `{}` stands for a number or a name.

/// The texts of passages and notes.
pub struct PencilTexts {
    /// The bar at what is selected.
    pub bar: &'static str,
    /// Marks what is selected.
    pub mark: &'static str,
    /// A note, and what writes one.
    pub note: &'static str,
    /// Searches the archive for the words.
    pub find: &'static str,
    /// Takes a passage away.
    pub remove: &'static str,
    /// A passage is marked now.
    pub did_mark: &'static str,
    /// A note is kept now.
    pub did_note: &'static str,
    /// A passage is not marked any more.
    pub did_remove: &'static str,
    /// A passage without a note.
    pub passage: &'static str,
    /// In the empty field of a note.
    pub write: &'static str,
    /// Keeps a note.
    pub save: &'static str,
    /// Does not.
    pub cancel: &'static str,
    /// Above the passages of an article whose words are gone.
    pub lost: &'static str,
    /// What became of them.
    pub lost_hint: &'static str,
    /// The page of all passages.
    pub name: &'static str,
    /// How many passages in how many articles.
    pub count: &'static str,
    /// When there are none: what they are.
    pub none: &'static str,
    /// How to make one.
    pub how: &'static str,
    /// The field that looks through them.
    pub search: &'static str,
    /// When it finds none.
    pub nothing: &'static str,
    /// Saves them as Markdown, and as JSON.
    pub export: [&'static str; 2],
    /// Of an article that the archive does not hold.
    pub gone: &'static str,
}

pub(super) static HANS: PencilTexts = PencilTexts {
    bar: "选中的文字",
    mark: "划线",
    note: "批注",
    find: "全库查找",
    remove: "删除",
    did_mark: "已划线",
    did_note: "批注已保存",
    did_remove: "已删除划线",
    passage: "划线",
    write: "写下批注",
    save: "保存",
    cancel: "取消",
    lost: "找不到原处的划线",
    lost_hint: "这些文字已不在现在的文章里；划线与批注仍然留着。",
    name: "划线与批注",
    count: "{} 处，在 {} 篇文章里",
    none: "还没有划线",
    how: "读文章时选中一段文字，就可以划线、写批注；都会列在这里。",
    search: "在划线与批注里查找",
    nothing: "没有找到",
    export: ["导出 Markdown", "导出 JSON"],
    gone: "这个资料库里已没有这篇文章",
};

pub(super) static HANT: PencilTexts = PencilTexts {
    bar: "選取的文字",
    mark: "劃線",
    note: "批註",
    find: "全庫尋找",
    remove: "刪除",
    did_mark: "已劃線",
    did_note: "批註已儲存",
    did_remove: "已刪除劃線",
    passage: "劃線",
    write: "寫下批註",
    save: "儲存",
    cancel: "取消",
    lost: "找不到原處的劃線",
    lost_hint: "這些文字已不在現在的文章裡；劃線與批註仍然留著。",
    name: "劃線與批註",
    count: "{} 處，在 {} 篇文章裡",
    none: "還沒有劃線",
    how: "讀文章時選取一段文字，就可以劃線、寫批註；都會列在這裡。",
    search: "在劃線與批註裡尋找",
    nothing: "沒有找到",
    export: ["匯出 Markdown", "匯出 JSON"],
    gone: "這個資料庫裡已沒有這篇文章",
};

pub(super) static EN: PencilTexts = PencilTexts {
    bar: "Selected text",
    mark: "Highlight",
    note: "Note",
    find: "Find in archive",
    remove: "Remove",
    did_mark: "Highlighted",
    did_note: "Note kept",
    did_remove: "Highlight removed",
    passage: "Highlight",
    write: "Write a note",
    save: "Save",
    cancel: "Cancel",
    lost: "Highlights that have lost their place",
    lost_hint: "These words are not in the article as it is now. The highlights and notes are still kept.",
    name: "Highlights and notes",
    count: "{} in {} articles",
    none: "No highlights yet",
    how: "Select some text in an article to highlight it or to write a note. All of them are listed here.",
    search: "Search highlights and notes",
    nothing: "Nothing found",
    export: ["Export Markdown", "Export JSON"],
    gone: "The archive does not hold this article any more",
};
