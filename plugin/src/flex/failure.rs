//! What JavaScript throws, as a [`Problem`].
//!
//! Twilio's clients reject with errors, but also with plain objects and with text; all are taken.

use wasm_bindgen::JsValue;

use super::json;
use crate::model::Problem;
use crate::strings;

/// Reads `status`, `code` and `message` from whatever was thrown.
pub(super) fn problem(thrown: &JsValue) -> Problem {
    let number = |property: &str| json::get(thrown, property).as_f64().unwrap_or(0.0);
    let message = json::get(thrown, "message").as_string().or_else(|| thrown.as_string()).unwrap_or_default();
    Problem::Twilio { status: number("status") as u16, code: number("code") as u32, message }
}

/// Writes what could not be done to the browser's console, where a developer looks for it. It holds no token.
pub fn log(operation: &str, problem: &Problem) {
    let text = format!("agent-did-extensions: {operation}: {}", strings::problem(problem));
    web_sys::console::warn_1(&JsValue::from_str(&text));
}
