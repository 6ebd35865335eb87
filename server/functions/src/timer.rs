//! A timer of the host; dropping it stops it.
//!
//! Knows nothing of what is waited for.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// Completes after a while.
pub(crate) struct Timer {
    handle: JsValue,
    elapsed: JsFuture,
}

impl Timer {
    /// Starts a timer that completes after `duration`.
    pub(crate) fn start(duration: Duration) -> Self {
        let mut handle = JsValue::UNDEFINED;
        let elapsed = Promise::new(&mut |resolve, _| handle = set_timeout(&resolve, duration.as_secs_f64() * 1000.0));
        Self { handle, elapsed: JsFuture::from(elapsed) }
    }
}

impl Future for Timer {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.elapsed).poll(context).map(drop)
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.handle);
    }
}
