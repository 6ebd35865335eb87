//! A listener that is removed when it is dropped.
//!
//! Knows nothing of what is listened to.

use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::sys::Emitter;

/// A listener on one event of one object. Dropping it removes the listener.
#[must_use = "the listener is removed as soon as this is dropped"]
pub struct Subscription {
    emitter: Emitter,
    event: &'static str,
    listener: Closure<dyn FnMut(JsValue)>,
}

impl Subscription {
    pub(super) fn new(emitter: &Emitter, event: &'static str, listener: impl FnMut(JsValue) + 'static) -> Self {
        let listener = Closure::new(listener);
        emitter.on(event, listener.as_ref());
        Self { emitter: emitter.clone(), event, listener }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.emitter.remove_listener(self.event, self.listener.as_ref());
    }
}
