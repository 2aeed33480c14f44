//! Texts of the timeline and the calendar. `{}` is a placeholder.

use super::fill;
use crate::search::Granularity;

pub struct TimelineTexts {
    pub calendar: &'static str,
    /// Period and number of articles.
    calendar_cell: &'static str,
    pub all_dates: &'static str,
    pub granularity: &'static str,
    by_year: &'static str,
    by_month: &'static str,
    by_day: &'static str,
    pub earlier: &'static str,
    pub later: &'static str,
    /// Description of the bars: from, to.
    bars: &'static str,
    pub range_start: &'static str,
    pub range_end: &'static str,
}

impl TimelineTexts {
    pub fn calendar_cell(&self, period: &str, articles: &str) -> String {
        fill(self.calendar_cell, &[period, articles])
    }

    pub fn bars(&self, first: &str, last: &str) -> String {
        fill(self.bars, &[first, last])
    }

    pub fn granularity_name(&self, granularity: Granularity) -> &'static str {
        match granularity {
            Granularity::Year => self.by_year,
            Granularity::Month => self.by_month,
            Granularity::Day => self.by_day,
        }
    }
}

pub(super) static HANS: TimelineTexts = TimelineTexts {
    calendar: "日历",
    calendar_cell: "{}，{}",
    all_dates: "全部日期",
    granularity: "时间单位",
    by_year: "年",
    by_month: "月",
    by_day: "日",
    earlier: "更早",
    later: "更晚",
    bars: "各时段篇数，{} 至 {}",
    range_start: "起始",
    range_end: "结束",
};

pub(super) static HANT: TimelineTexts = TimelineTexts {
    calendar: "日曆",
    calendar_cell: "{}，{}",
    all_dates: "全部日期",
    granularity: "時間單位",
    by_year: "年",
    by_month: "月",
    by_day: "日",
    earlier: "更早",
    later: "更晚",
    bars: "各時段篇數，{} 至 {}",
    range_start: "開始",
    range_end: "結束",
};

pub(super) static EN: TimelineTexts = TimelineTexts {
    calendar: "Calendar",
    calendar_cell: "{}, {}",
    all_dates: "All dates",
    granularity: "Group by",
    by_year: "Year",
    by_month: "Month",
    by_day: "Day",
    earlier: "Earlier",
    later: "Later",
    bars: "Articles over time, {} to {}",
    range_start: "From",
    range_end: "To",
};
