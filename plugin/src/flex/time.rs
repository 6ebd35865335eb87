//! The clock of the person's computer.

/// The time now: RFC 3339, UTC.
#[must_use]
pub fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}
