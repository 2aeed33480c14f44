//! Texts of the front page of a day. `{}` is a placeholder.

use super::{fill, format_number};

pub struct FrontPageTexts {
    pub name: &'static str,
    pub monthly: &'static str,
    sources: &'static str,
    pub neighbours: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    /// Heading of the same day in other years.
    pub other_years: &'static str,
    /// Heading of the same month in other years.
    pub other_months: &'static str,
    pub days: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    pub failed: &'static str,
}

impl FrontPageTexts {
    pub fn sources(&self, count: u64) -> String {
        fill(self.sources, &[&format_number(count)])
    }
}

pub(super) static HANS: FrontPageTexts = FrontPageTexts {
    name: "日报",
    monthly: "月报",
    sources: "{} 个来源",
    neighbours: "前后日期",
    previous: "上一期",
    next: "下一期",
    other_years: "历年同日",
    other_months: "历年同月",
    days: "本月各日",
    empty: "这一天没有文章",
    empty_hint: "可以看上一期或下一期，或回到文库。",
    failed: "这些文章未能载入。",
};

pub(super) static HANT: FrontPageTexts = FrontPageTexts {
    name: "日報",
    monthly: "月報",
    sources: "{} 個來源",
    neighbours: "前後日期",
    previous: "上一期",
    next: "下一期",
    other_years: "歷年同日",
    other_months: "歷年同月",
    days: "本月各日",
    empty: "這一天沒有文章",
    empty_hint: "可以看上一期或下一期，或回到文庫。",
    failed: "這些文章未能載入。",
};

pub(super) static EN: FrontPageTexts = FrontPageTexts {
    name: "Front page",
    monthly: "Month in review",
    sources: "{} sources",
    neighbours: "Other dates",
    previous: "Earlier",
    next: "Later",
    other_years: "This day in other years",
    other_months: "This month in other years",
    days: "Day by day",
    empty: "No articles on this day",
    empty_hint: "Try an earlier or later date, or go back to the list.",
    failed: "These articles couldn’t be loaded.",
};
