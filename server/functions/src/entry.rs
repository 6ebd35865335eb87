//! What the Function's JavaScript calls: `start` once per process, `handle` once per request.
//!
//! Knows nothing of the endpoints.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use js_sys::Array;
use server::{App, Config};
use tower::ServiceExt;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::event;
use crate::host::{FunctionHome, Host};
use crate::log;
use crate::settings::setting;

/// The server of this process.
#[wasm_bindgen]
pub struct Server {
    router: axum::Router,
}

/// An answer, for `Twilio.Response`.
#[wasm_bindgen]
pub struct Answer {
    status: u16,
    headers: Array,
    body: String,
}

#[wasm_bindgen]
impl Answer {
    /// The HTTP status.
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// A list of pairs of name and value.
    #[wasm_bindgen(getter)]
    pub fn headers(&self) -> Array {
        self.headers.clone()
    }

    /// JSON.
    #[wasm_bindgen(getter)]
    pub fn body(&self) -> String {
        self.body.clone()
    }
}

#[wasm_bindgen]
impl Server {
    /// Makes the server from the variables of the Function.
    ///
    /// # Errors
    ///
    /// A text that names every variable that is missing or not usable, and none of their values.
    pub fn start(host: Host) -> Result<Server, JsValue> {
        let config = Config::read(&|name| setting(name, |name| host.variable(name)));
        let config = config.map_err(|error| JsValue::from(error.to_string()))?;
        log::write_to(&host, &config.native.log)?;
        let app = Arc::new(App::new(config, Arc::new(FunctionHome::new(host))));
        Ok(Server { router: server::router(app) })
    }

    /// Answers one request for `path`; `event` is Twilio's event as JSON.
    ///
    /// # Errors
    ///
    /// A text, where no answer could be made at all.
    pub async fn handle(&self, path: String, event: String) -> Result<Answer, JsValue> {
        let request = event::request(&path, &event)?.map(Body::from);
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.map_err(|error| JsValue::from(error.to_string()))?;
        let headers = Array::new();
        for (name, value) in &parts.headers {
            let value = value.to_str().map_err(|error| JsValue::from(error.to_string()))?;
            headers.push(&Array::of2(&name.as_str().into(), &value.into()));
        }
        let body = String::from_utf8_lossy(&body).into_owned();
        Ok(Answer { status: parts.status.as_u16(), headers, body })
    }
}
