//! Texts about the reader's labels. `{}` is a placeholder.

use super::fill;

pub struct LabelTexts {
    pub name: &'static str,
    pub edit: &'static str,
    pub new: &'static str,
    pub add: &'static str,
    added: &'static str,
    removed: &'static str,
}

impl LabelTexts {
    pub fn toast(&self, is_added: bool, label: &str) -> String {
        match is_added {
            true => fill(self.added, &[label]),
            false => fill(self.removed, &[label]),
        }
    }
}

pub(super) static HANS: LabelTexts = LabelTexts {
    name: "我的标签",
    edit: "编辑标签",
    new: "新标签",
    add: "添加",
    added: "已添加标签“{}”",
    removed: "已移除标签“{}”",
};

pub(super) static HANT: LabelTexts = LabelTexts {
    name: "我的標籤",
    edit: "編輯標籤",
    new: "新標籤",
    add: "加入",
    added: "已加入標籤「{}」",
    removed: "已移除標籤「{}」",
};

pub(super) static EN: LabelTexts = LabelTexts {
    name: "Your labels",
    edit: "Edit labels",
    new: "New label",
    add: "Add",
    added: "Added label “{}”",
    removed: "Removed label “{}”",
};
