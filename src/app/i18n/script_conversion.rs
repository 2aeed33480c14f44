//! Texts about script conversion.

pub struct ScriptTexts {
    pub label: &'static str,
    pub original: &'static str,
    /// The conversion tables failed to load.
    pub failed: &'static str,
    pub retry: &'static str,
    /// Offer for articles in the other Chinese script.
    pub offer: OfferTexts,
}

pub struct OfferTexts {
    pub question: &'static str,
    pub convert: &'static str,
    pub keep: &'static str,
}

pub(super) static HANS: ScriptTexts = ScriptTexts {
    label: "简繁转换",
    original: "原文",
    failed: "转换字表未能载入，现在显示的是原文。",
    retry: "重试",
    offer: OfferTexts { question: "原文为繁体", convert: "转为简体", keep: "保持原文" },
};

pub(super) static HANT: ScriptTexts = ScriptTexts {
    label: "簡繁轉換",
    original: "原文",
    failed: "轉換字表未能載入，現在顯示的是原文。",
    retry: "重試",
    offer: OfferTexts { question: "原文為簡體", convert: "轉為繁體", keep: "保持原文" },
};

pub(super) static EN: ScriptTexts = ScriptTexts {
    label: "Chinese script",
    original: "Original",
    failed: "Conversion couldn’t be loaded. This is the original text.",
    retry: "Try again",
    offer: OfferTexts {
        question: "This article is in the other Chinese script",
        convert: "Convert",
        keep: "Keep the original",
    },
};
