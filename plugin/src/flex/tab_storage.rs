//! Writes that wait, kept by the browser for this tab, so that a reload does not lose them.
//!
//! Knows nothing of what they mean. Where the browser keeps nothing, they are lost with the tab, and nothing else is.

use serde_json::Value;

use super::json;

/// The place in the tab's storage.
const PLACE: &str = "agent-did-extensions.writes";

/// Keeps these in place of what was kept before.
pub fn store_pending(writes: &[Value]) {
    let Some(storage) = storage() else { return };
    // A full storage leaves them where they are anyhow: in the model.
    _ = if writes.is_empty() {
        storage.remove_item(PLACE)
    } else {
        storage.set_item(PLACE, &json::stringify(&Value::Array(writes.to_vec())))
    };
}

/// What was kept.
#[must_use]
pub fn stored_pending() -> Vec<Value> {
    let text = storage().and_then(|storage| storage.get_item(PLACE).ok().flatten());
    match text.as_deref().map(json::parse) {
        Some(Value::Array(writes)) => writes,
        _ => Vec::new(),
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
