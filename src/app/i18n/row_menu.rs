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
    mark_above: "上方全部标为已读",
    more_from_source: "同一来源的文章",
};

pub(super) static HANT: RowMenuTexts = RowMenuTexts {
    more: "更多操作",
    open_in_new_tab: "在新分頁中開啟",
    mark_above: "上方全部標為已讀",
    more_from_source: "同一來源的文章",
};

pub(super) static EN: RowMenuTexts = RowMenuTexts {
    more: "More actions",
    open_in_new_tab: "Open in new tab",
    mark_above: "Mark all above as read",
    more_from_source: "More from this source",
};
