//! The home of a Twilio Function: network, clock, timer and private assets of its JavaScript host.
//!
//! Knows nothing of what is sent or read.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use js_sys::{Array, Date, Promise, Uint8Array};
use send_wrapper::SendWrapper;
use server::home::{BoxFuture, Home, SendError};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::timer::Timer;

#[wasm_bindgen]
extern "C" {
    /// The functions of `server.private.js` that this module calls.
    pub type Host;

    /// A property of the Function's `context`, if it is a text.
    #[wasm_bindgen(method)]
    pub(crate) fn variable(this: &Host, name: &str) -> Option<String>;

    /// The bytes of a private asset, by its path.
    #[wasm_bindgen(method, js_name = privateAsset)]
    fn private_asset(this: &Host, path: &str) -> Option<Vec<u8>>;

    /// Sends a request. `headers` is a list of pairs. Resolves to a [`Reply`], rejects with a text.
    #[wasm_bindgen(method)]
    fn send(this: &Host, method: &str, url: &str, headers: &Array, body: &[u8]) -> Promise;

    /// A line for the log; `level` is `error`, `warn`, `info` or `debug`.
    #[wasm_bindgen(method)]
    pub(crate) fn log(this: &Host, level: &str, line: &str);

    /// What came back.
    type Reply;

    #[wasm_bindgen(method, getter)]
    fn status(this: &Reply) -> u16;

    /// A list of pairs.
    #[wasm_bindgen(method, getter)]
    fn headers(this: &Reply) -> Array;

    #[wasm_bindgen(method, getter)]
    fn body(this: &Reply) -> Uint8Array;
}

/// Twilio ends a Function after 10 s; what is over by then can still be said.
/// <https://www.twilio.com/docs/serverless/functions-assets/functions#limitations>
const LONGEST_REQUEST: Duration = Duration::from_millis(9_200);

/// How Twilio's logs tell these calls from those of other tools; the native process says the same.
const USER_AGENT: &str = concat!("agent-did-extensions/", env!("CARGO_PKG_VERSION"));

/// A home made of what the host offers. A Function runs on one thread, which is where the wrapper keeps it.
pub(crate) struct FunctionHome(SendWrapper<Host>);

impl FunctionHome {
    pub(crate) fn new(host: Host) -> Self {
        Self(SendWrapper::new(host))
    }
}

impl Home for FunctionHome {
    fn send(&self, request: http::Request<Bytes>) -> BoxFuture<'_, Result<http::Response<Bytes>, SendError>> {
        Box::pin(SendWrapper::new(send(&self.0, request)))
    }

    fn now(&self) -> Timestamp {
        // The host counts whole milliseconds, far within what both can hold.
        Timestamp::from_millisecond(Date::now() as i64).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn random(&self) -> u64 {
        // Each draw has 53 random bits at most, so two of them make one number.
        let draw = || (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
        (draw() << 32) | draw()
    }

    fn longest_request(&self) -> Duration {
        LONGEST_REQUEST
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(SendWrapper::new(Timer::start(duration)))
    }

    fn save_last_good(&self, _: Bytes) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }

    fn load_last_good(&self) -> BoxFuture<'_, Option<Bytes>> {
        Box::pin(std::future::ready(None))
    }

    fn is_twilio_function(&self) -> bool {
        true
    }

    fn private_asset(&self, path: &str) -> Option<Bytes> {
        self.0.private_asset(path).map(Bytes::from)
    }
}

async fn send(host: &Host, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, SendError> {
    let headers = Array::of1(&Array::of2(&"user-agent".into(), &USER_AGENT.into()));
    for (name, value) in request.headers() {
        let value = value.to_str().map_err(|_| SendError(format!("the header {name} is not text")))?;
        headers.push(&Array::of2(&name.as_str().into(), &value.into()));
    }
    let (method, url) = (request.method().as_str(), request.uri().to_string());
    let reply = JsFuture::from(host.send(method, &url, &headers, request.body())).await;
    let reply: Reply = reply.map_err(|error| send_error(&error))?.unchecked_into();
    let mut response = http::Response::builder().status(reply.status());
    for pair in reply.headers().iter().map(|pair| Array::from(&pair)) {
        let (name, value) = (pair.get(0).as_string(), pair.get(1).as_string());
        response = response.header(name.unwrap_or_default(), value.unwrap_or_default());
    }
    response.body(Bytes::from(reply.body().to_vec())).map_err(|error| SendError(error.to_string()))
}

fn send_error(reason: &JsValue) -> SendError {
    SendError(reason.as_string().unwrap_or_else(|| "the host gave no reason".to_owned()))
}
