//! How Run Function and Make HTTP Request ask: a signed form, ten seconds, 64 kB, and only JSON objects are parsed.
//!
//! Knows nothing of what is asked for. <https://www.twilio.com/docs/studio/widget-library/run-function>,
//! <https://www.twilio.com/docs/studio/widget-library/http-request>

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value};

/// The largest reply that Studio takes.
const MOST_BYTES: usize = 64 * 1024;

/// Asks the lookup as Studio does: where requests go, and how they are signed.
#[derive(Clone, Debug)]
pub(crate) struct LookupClient {
    pub(crate) http: reqwest::Client,
    /// The public address, over which Twilio signs.
    pub(crate) public: String,
    /// Where that address leads in this test.
    pub(crate) local: String,
    pub(crate) auth_token: String,
    /// How long Studio waits: 10 s, or less where a test knows that nothing comes.
    pub(crate) timeout: Duration,
}

/// A reply that Studio goes on with.
#[derive(Debug)]
pub(crate) struct AcceptedReply {
    pub(crate) body: String,
    /// The reply, if it is a JSON object and says so.
    pub(crate) parsed: Option<Map<String, Value>>,
}

impl LookupClient {
    /// Posts a form; none is what leads to `fail` or `failed`.
    pub(crate) async fn post(&self, url: &str, form: &BTreeMap<String, String>) -> Option<AcceptedReply> {
        let path = url.strip_prefix(&self.public).unwrap_or_else(|| panic!("{url} is not at {}", self.public));
        let signed = form.iter().fold(url.to_owned(), |text, (name, value)| text + name + value);
        let request = self
            .http
            .post(format!("{}{path}", self.local))
            .form(form)
            .header("X-Twilio-Signature", sign(&self.auth_token, &signed))
            .timeout(self.timeout);
        let response = request.send().await.ok()?;
        if !response.status().is_success() {
            return None;
        }
        let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        let is_json = content_type.is_some_and(|content_type| content_type.starts_with("application/json"));
        let body = response.text().await.ok().filter(|body| body.len() <= MOST_BYTES)?;
        let parsed = is_json.then(|| serde_json::from_str(&body).ok()).flatten();
        Some(AcceptedReply { body, parsed })
    }
}

fn sign(token: &str, text: &str) -> String {
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(token.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}
