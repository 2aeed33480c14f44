//! Texts of the menu of a row.

pub struct RowMenuTexts {
    pub more: &'static str,
    pub open_in_new_tab: &'static str,
    pub mark_above: &'static str,
    pub more_from_source: &'static str,
}

pub(super) static HANS: RowMenuTexts = RowMenuTexts {
    more: "更多操作",
    open_in_new_tab: "在新标签页中打开",
    mark_above: "将以上文章标为已读",
    more_from_source: "这个来源的更多文章",
};

pub(super) static HANT: RowMenuTexts = RowMenuTexts {
    more: "更多操作",
    open_in_new_tab: "在新分頁中開啟",
    mark_above: "將以上文章標為已讀",
    more_from_source: "這個來源的更多文章",
};

pub(super) static EN: RowMenuTexts = RowMenuTexts {
    more: "More actions",
    open_in_new_tab: "Open in new tab",
    mark_above: "Mark above as read",
    more_from_source: "More from this source",
};
