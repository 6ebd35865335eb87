//! The clock of the person's computer, and moments in the words of the person's language.

use js_sys::{Array, Date, Function, Intl, Object};
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue};

use super::json;

thread_local! {
    // Making a format takes far longer than using it, and a page of the table needs a hundred moments.
    static EXACT: Function = {
        let style: Object = json::to_js(&json!({ "dateStyle": "long", "timeStyle": "long" })).unchecked_into();
        Intl::DateTimeFormat::new(&Array::new(), &style).format()
    };
}

/// The time now: RFC 3339, UTC.
#[must_use]
pub fn now() -> String {
    Date::new_0().to_iso_string().into()
}

/// The time now, in milliseconds since 1970.
#[must_use]
pub fn now_milliseconds() -> i64 {
    Date::now() as i64
}

/// A moment as RFC 3339, UTC.
#[must_use]
pub fn iso(milliseconds: i64) -> String {
    date(milliseconds).to_iso_string().into()
}

/// A moment to the second, with its time zone, in the person's language.
#[must_use]
pub fn exact(milliseconds: i64) -> String {
    let text = EXACT.with(|format| format.call1(&JsValue::UNDEFINED, &date(milliseconds)));
    text.ok().and_then(|text| text.as_string()).unwrap_or_else(|| iso(milliseconds))
}

/// The time of day of a moment, to the minute, in the person's language and time zone.
#[must_use]
pub fn time_of_day(milliseconds: i64) -> String {
    let style = json::to_js(&json!({ "timeStyle": "short" }));
    date(milliseconds).to_locale_string("default", &style).into()
}

/// What lies outside of JavaScript's calendar is shown as 1970, because asking for its text would throw.
fn date(milliseconds: i64) -> Date {
    const LAST: i64 = 8_640_000_000_000_000;
    let within = if milliseconds.abs() <= LAST { milliseconds } else { 0 };
    Date::new(&JsValue::from_f64(within as f64))
}
