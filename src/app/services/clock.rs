//! Clock of the browser.

use crate::model::Date;

/// Returns today's date by the device's clock.
pub fn today() -> Date {
    let now = js_sys::Date::new_0();
    Date { year: now.get_full_year() as i32, month: now.get_month() as u8 + 1, day: now.get_date() as u8 }
}
