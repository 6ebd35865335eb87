//! Flex's notifications: which there are, for the JavaScript entry to register, and showing one.
//!
//! Knows no sentences; see `strings` for those.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{Host, failure};
use crate::model::{Notification, Problem};
use crate::strings::{self, NotificationText};

impl Host {
    /// Shows a notification, whichever view is open, in the place of those that it makes old: Flex stacks them, and two
    /// lie over the buttons of the view.
    ///
    /// # Errors
    ///
    /// [`Problem`] when Flex does not know it.
    pub fn notify(&self, notification: &Notification) -> Result<(), Problem> {
        let (text, context) = strings::notification(notification);
        let values = Object::new();
        for (name, value) in context {
            set(&values, name, &value);
        }
        let notifications = self.0.notifications();
        for old in strings::NOTIFICATIONS.iter().filter(|old| old.is_old_beside(text)) {
            // One that is not there any more is as good as dismissed.
            _ = notifications.dismiss(old.id);
        }
        notifications.show(text.id, &values).map(drop).map_err(|thrown| failure::problem(&thrown))
    }
}

/// The notifications for the JavaScript entry to register: `[{id, text, type}]`, `type` in the words of Flex's
/// `NotificationType`, `{{name}}` in `text` standing for a value.
#[wasm_bindgen]
#[must_use]
pub fn notifications() -> Array {
    strings::NOTIFICATIONS
        .iter()
        .map(|NotificationText { id, text, kind }| {
            let object = Object::new();
            set(&object, "id", id);
            set(&object, "text", text);
            set(&object, "type", kind);
            object
        })
        .collect()
}

fn set(object: &Object, name: &str, value: &str) {
    // Setting a property of an object that was just made can not fail.
    _ = Reflect::set(object, &JsValue::from_str(name), &JsValue::from_str(value));
}
