//! Dates in the interface's language.
//!
//! Chinese dates have one format in all regions and are written here. English ones differ by region and need
//! `Intl`; creating each of its formatters takes some 30 ms on a phone.

use super::Locale;
use crate::app::js_objects::Fields;
use crate::model::{Date, Timestamp};
use crate::search::Period;
use js_sys::Function;
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    type DateTimeFormat;
    // The binding of js-sys does not catch the error at invalid tags.
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(tag: &str, options: &Fields) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn format(this: &DateTimeFormat) -> Function;
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct DateFormatter(pub(super) Locale);

/// Options of `Intl.DateTimeFormat`, as names and values.
type DateTimeOptions = &'static [(&'static str, &'static str)];

const WEEKDAY: DateTimeOptions = &[("weekday", "short")];
const YEAR: DateTimeOptions = &[("year", "numeric")];
const MONTH: DateTimeOptions = &[("month", "short")];
const MONTH_AND_YEAR: DateTimeOptions = &[("year", "numeric"), ("month", "short")];
const MONTH_AND_DAY: DateTimeOptions = &[("month", "short"), ("day", "numeric")];
const DAY: DateTimeOptions = &[("year", "numeric"), ("month", "short"), ("day", "numeric")];

const MS_PER_DAY: f64 = 86_400_000.0;

thread_local! {
    /// Cache of formatters, which are slow to create.
    static FORMATTERS: RefCell<Vec<(Locale, DateTimeOptions, Function)>> = const { RefCell::new(Vec::new()) };
}

/// Creates a formatter. `Intl` throws at invalid tags, such as `en-US@posix`, which some browsers report.
fn new_intl_formatter(ui: Locale, parts: DateTimeOptions) -> Option<Function> {
    let options = Fields::default();
    for (name, value) in [("timeZone", "UTC"), ("calendar", "gregory")].iter().chain(parts) {
        options.set(name, *value);
    }
    let new = |tag: &str| DateTimeFormat::new(tag, &options).ok();
    Some(new(&ui.regional_tag()).or_else(|| new(ui.tag()))?.format())
}

/// Weekdays from Monday on, without the prefix, which differs between Simplified and Traditional.
const WEEKDAY_CHARACTERS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

impl DateFormatter {
    fn write(self, parts: DateTimeOptions, date: Date) -> String {
        match self.0 {
            Locale::Hans | Locale::Hant => self.write_chinese(parts, date),
            Locale::En => self.write_with_intl(parts, date),
        }
    }

    fn write_chinese(self, parts: DateTimeOptions, date: Date) -> String {
        let has = |wanted: &str| parts.iter().any(|(name, _)| *name == wanted);
        let mut written = String::new();
        let numbers =
            [("year", date.year, '年'), ("month", date.month.into(), '月'), ("day", date.day.into(), '日')];
        for (_, number, unit) in numbers.into_iter().filter(|(name, ..)| has(name)) {
            written += &number.to_string();
            written.push(unit);
        }
        if has("weekday") {
            // 1970-01-01 was a Thursday.
            let day = WEEKDAY_CHARACTERS.get((date.to_days() + 3).rem_euclid(7) as usize);
            written.push(if self.0 == Locale::Hant { '週' } else { '周' });
            written.extend(day);
        }
        written
    }

    fn write_with_intl(self, parts: DateTimeOptions, date: Date) -> String {
        let time = JsValue::from_f64(date.to_days() as f64 * MS_PER_DAY);
        let known = FORMATTERS.with_borrow(|formats| {
            let known = formats.iter().find(|(ui, of, _)| (*ui, *of) == (self.0, parts));
            known.map(|(.., format)| format.clone())
        });
        let format = known.or_else(|| {
            let made = new_intl_formatter(self.0, parts)?;
            FORMATTERS.with_borrow_mut(|formats| formats.push((self.0, parts, made.clone())));
            Some(made)
        });
        let written = format.and_then(|format| format.call1(&JsValue::UNDEFINED, &time).ok()?.as_string());
        // The date is outside the range of the browser's calendar.
        written.unwrap_or_else(|| date.to_string())
    }

    pub fn weekday(self, date: Date) -> String {
        self.write(WEEKDAY, date)
    }

    pub fn month(self, date: Date) -> String {
        self.write(MONTH, date)
    }

    pub fn year(self, date: Date) -> String {
        date.year.to_string()
    }

    pub fn month_and_year(self, date: Date) -> String {
        self.write(MONTH_AND_YEAR, date)
    }

    pub fn month_and_day(self, date: Date) -> String {
        self.write(MONTH_AND_DAY, date)
    }

    /// Day, month and year.
    pub fn day(self, date: Date) -> String {
        self.write(DAY, date)
    }

    /// Day, weekday and time.
    pub fn date_time(self, time: Timestamp) -> String {
        let date = time.date();
        format!("{} {} {}", self.day(date), self.weekday(date), self.hour_minute(time))
    }

    pub fn hour_minute(self, time: Timestamp) -> String {
        let (hour, minute) = time.hour_minute();
        format!("{hour:02}:{minute:02}")
    }

    pub fn period(self, period: Period) -> String {
        match (period.month, period.day) {
            (None, _) => self.write(YEAR, period.start()),
            (_, None) => self.month_and_year(period.start()),
            _ => self.day(period.start()),
        }
    }
}
