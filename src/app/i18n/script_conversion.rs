//! Texts about script conversion.

pub struct ScriptTexts {
    pub label: &'static str,
    pub original: &'static str,
    /// The conversion tables failed to load.
    pub failed: &'static str,
    pub retry: &'static str,
}

pub(super) static HANS: ScriptTexts = ScriptTexts {
    label: "文章的汉字",
    original: "原文",
    failed: "转换字表未能载入，现在显示的是原文。",
    retry: "重试",
};

pub(super) static HANT: ScriptTexts = ScriptTexts {
    label: "文章的漢字",
    original: "原文",
    failed: "轉換字表未能載入，現在顯示的是原文。",
    retry: "重試",
};

pub(super) static EN: ScriptTexts = ScriptTexts {
    label: "Chinese characters of articles",
    original: "Original",
    failed: "The tables for the conversion did not arrive; this is the original.",
    retry: "Try again",
};
