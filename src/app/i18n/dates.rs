//! Dates in the interface's language.
//!
//! Chinese dates have one format in all regions and are written here. English ones differ by region and need
//! `Intl`; creating each of its formatters takes some 30 ms on a phone.

use super::Ui;
use crate::model::{Date, Timestamp};
use crate::search::Period;
use js_sys::{Array, Function, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Dates(pub(super) Ui);

/// Options of `Intl.DateTimeFormat`, as names and values.
type Parts = &'static [(&'static str, &'static str)];

const WEEKDAY: Parts = &[("weekday", "short")];
const YEAR: Parts = &[("year", "numeric")];
const MONTH: Parts = &[("month", "short")];
const MONTH_AND_YEAR: Parts = &[("year", "numeric"), ("month", "short")];
const MONTH_AND_DAY: Parts = &[("month", "short"), ("day", "numeric")];
const DAY: Parts = &[("year", "numeric"), ("month", "short"), ("day", "numeric")];

const MS_A_DAY: f64 = 86_400_000.0;

thread_local! {
    /// Cache of formatters, which are slow to create.
    static FORMATS: RefCell<Vec<(Ui, Parts, Function)>> = const { RefCell::new(Vec::new()) };
}

/// Creates a formatter. `Intl` throws at invalid tags, such as `en-US@posix`, which some browsers report.
fn format(ui: Ui, parts: Parts) -> Option<Function> {
    let options = Object::new();
    for (name, value) in [("timeZone", "UTC"), ("calendar", "gregory")].iter().chain(parts) {
        // Setting properties of a fresh object cannot fail.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    let of = |tag: &str| Reflect::construct(&class, &Array::of2(&tag.into(), &options)).ok();
    let format = of(&ui.regional_tag()).or_else(|| of(ui.tag()))?;
    Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()
}

/// Weekdays from Monday on, without the prefix, which differs between Simplified and Traditional.
const DAYS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

impl Dates {
    fn write(self, parts: Parts, date: Date) -> String {
        match self.0 {
            Ui::Hans | Ui::Hant => self.in_chinese(parts, date),
            Ui::En => self.by_browser(parts, date),
        }
    }

    fn in_chinese(self, parts: Parts, date: Date) -> String {
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
            let day = DAYS.get((date.to_days() + 3).rem_euclid(7) as usize);
            written.push(if self.0 == Ui::Hant { '週' } else { '周' });
            written.extend(day);
        }
        written
    }

    fn by_browser(self, parts: Parts, date: Date) -> String {
        let time = JsValue::from_f64(date.to_days() as f64 * MS_A_DAY);
        let known = FORMATS.with_borrow(|formats| {
            let known = formats.iter().find(|(ui, of, _)| (*ui, *of) == (self.0, parts));
            known.map(|(.., format)| format.clone())
        });
        let format = known.or_else(|| {
            let made = format(self.0, parts)?;
            FORMATS.with_borrow_mut(|formats| formats.push((self.0, parts, made.clone())));
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
    pub fn full(self, time: Timestamp) -> String {
        let date = time.date();
        format!("{} {} {}", self.day(date), self.weekday(date), self.clock(time))
    }

    pub fn clock(self, time: Timestamp) -> String {
        let (hour, minute) = time.clock();
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
