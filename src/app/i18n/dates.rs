//! Dates as the browser writes them for whoever reads in a language of the interface.

use super::Ui;
use crate::model::{Date, Timestamp};
use crate::search::Period;
use js_sys::{Array, Function, Intl, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

/// Writes dates in a language.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Dates(pub(super) Ui);

/// Which parts of a date are written: pairs of what `Intl.DateTimeFormat` calls them and how.
type Parts = &'static [(&'static str, &'static str)];

const WEEKDAY: Parts = &[("weekday", "short")];
const YEAR: Parts = &[("year", "numeric")];
const MONTH: Parts = &[("month", "short")];
const MONTH_AND_YEAR: Parts = &[("year", "numeric"), ("month", "short")];
const MONTH_AND_DAY: Parts = &[("month", "short"), ("day", "numeric")];
const DAY: Parts = &[("year", "numeric"), ("month", "short"), ("day", "numeric")];

const MS_A_DAY: f64 = 86_400_000.0;

thread_local! {
    /// The browser's formats, which take far longer to make than to use.
    static FORMATS: RefCell<Vec<(Ui, Parts, Function)>> = const { RefCell::new(Vec::new()) };
}

fn format(ui: Ui, parts: Parts) -> Function {
    let options = Object::new();
    // Properties of an object that was just made can be set.
    let _ = Reflect::set(&options, &"timeZone".into(), &"UTC".into());
    for (part, how) in parts {
        let _ = Reflect::set(&options, &(*part).into(), &(*how).into());
    }
    Intl::DateTimeFormat::new(&Array::of1(&ui.regional_tag().into()), &options).format()
}

impl Dates {
    fn write(self, parts: Parts, date: Date) -> String {
        let time = JsValue::from_f64(date.to_days() as f64 * MS_A_DAY);
        let written = FORMATS.with_borrow_mut(|formats| {
            let known = formats.iter().position(|(ui, of, _)| (*ui, *of) == (self.0, parts));
            let known = known.unwrap_or_else(|| {
                formats.push((self.0, parts, format(self.0, parts)));
                formats.len() - 1
            });
            formats.get(known)?.2.call1(&JsValue::UNDEFINED, &time).ok()?.as_string()
        });
        // A day that is beyond the browser's calendar.
        written.unwrap_or_else(|| date.to_string())
    }

    /// The day of the week, short.
    pub fn weekday(self, date: Date) -> String {
        self.write(WEEKDAY, date)
    }

    /// The month without its year.
    pub fn month(self, date: Date) -> String {
        self.write(MONTH, date)
    }

    /// The year as a bare number.
    pub fn year(self, date: Date) -> String {
        date.year.to_string()
    }

    /// Month and year.
    pub fn month_and_year(self, date: Date) -> String {
        self.write(MONTH_AND_YEAR, date)
    }

    /// Month and day.
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

    /// Hour and minute.
    pub fn clock(self, time: Timestamp) -> String {
        let (hour, minute) = time.clock();
        format!("{hour:02}:{minute:02}")
    }

    /// A year, month or day.
    pub fn period(self, period: Period) -> String {
        match (period.month, period.day) {
            (None, _) => self.write(YEAR, period.start()),
            (_, None) => self.month_and_year(period.start()),
            _ => self.day(period.start()),
        }
    }
}
