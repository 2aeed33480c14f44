//! Texts about the density of the list.

pub struct ListingTexts {
    pub density: &'static str,
    /// Roomy and compact.
    pub densities: [&'static str; 2],
}

pub(super) static HANS: ListingTexts = ListingTexts { density: "列表", densities: ["宽松", "紧凑"] };

pub(super) static HANT: ListingTexts = ListingTexts { density: "列表", densities: ["寬鬆", "緊湊"] };

pub(super) static EN: ListingTexts = ListingTexts { density: "List", densities: ["Roomy", "Compact"] };
