//! Texts about the density of the list.

pub struct ListingTexts {
    pub density: &'static str,
    pub roomy: &'static str,
    pub compact: &'static str,
}

pub(super) static HANS: ListingTexts =
    ListingTexts { density: "列表密度", roomy: "宽松", compact: "紧凑" };

pub(super) static HANT: ListingTexts =
    ListingTexts { density: "清單密度", roomy: "寬鬆", compact: "緊湊" };

pub(super) static EN: ListingTexts =
    ListingTexts { density: "List density", roomy: "Comfortable", compact: "Compact" };
