//! One call to Twilio: credentials, repetition and what a refusal means.
//!
//! From outside: a `Twilio` is made for one [`TwilioAccount`]; the files beside this one send a `Call` with it.
//!
//! Knows nothing of single resources; each has its own file beside this one.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::TwilioError;
use super::hosts::Hosts;
use super::retry::{RetryPolicy, is_passing, retry_after};
use crate::home::Home;
use crate::secret::Secret;

/// The account and the resources in it that the server works on.
#[derive(Clone, Debug)]
pub struct TwilioAccount {
    /// `AC…`.
    pub account_sid: String,
    /// The primary auth token.
    pub auth_token: Secret,
    /// Stands in for Twilio's hosts, without a trailing slash; none for Twilio itself.
    pub base_url: Option<String>,
    /// The Serverless Service (`ZS…`) that holds the published asset.
    pub serverless_service_sid: String,
    /// The Environment (`ZE…`) in it whose deployed Build answers.
    pub serverless_environment_sid: String,
    /// The Sync Service (`IS…` or `default`).
    pub sync_service_sid: String,
    /// How often and how patiently calls are repeated.
    pub retry: RetryPolicy,
}

/// A client for one account.
pub(crate) struct Twilio {
    pub(super) account: TwilioAccount,
    pub(super) hosts: Hosts,
    pub(super) home: Arc<dyn Home>,
    authorization: HeaderValue,
}

/// What is read of a resource that was just created.
#[derive(Deserialize)]
pub(super) struct Sid {
    pub(super) sid: String,
}

/// A call that can be sent more than once.
pub(super) struct Call {
    pub(super) operation: &'static str,
    pub(super) method: Method,
    pub(super) url: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Bytes,
    /// Whether doing it twice does no harm.
    pub(super) repeatable: bool,
    /// Whether the account's credentials go with it: only ever to Twilio's REST API.
    pub(super) with_credentials: bool,
}

impl Call {
    pub(super) fn get(operation: &'static str, url: String) -> Self {
        let (headers, body) = (Vec::new(), Bytes::new());
        Self { operation, method: Method::GET, url, headers, body, repeatable: true, with_credentials: true }
    }

    pub(super) fn post_form(operation: &'static str, url: String, form: &[(&str, &str)]) -> Self {
        let body = serde_urlencoded::to_string(form).unwrap_or_default();
        Self::post(operation, url, "application/x-www-form-urlencoded", body.into())
    }

    pub(super) fn post(operation: &'static str, url: String, content_type: &str, body: Bytes) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self { operation, method: Method::POST, url, headers, body, repeatable: false, with_credentials: true }
    }

    pub(super) fn repeatable(self) -> Self {
        Self { repeatable: true, ..self }
    }

    pub(super) fn header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl Twilio {
    /// A client that reaches Twilio through `home`.
    pub(crate) fn new(account: TwilioAccount, home: Arc<dyn Home>) -> Self {
        let credentials = format!("{}:{}", account.account_sid, account.auth_token.reveal());
        let mut authorization = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(credentials)))
            .expect("Base64 is a legal header value");
        authorization.set_sensitive(true);
        let hosts = Hosts::new(account.base_url.clone());
        Self { account, hosts, home, authorization }
    }

    /// Sends a call until it succeeds, is refused for good, or the limit of repetitions is reached.
    pub(super) async fn send(&self, call: Call) -> Result<Response<Bytes>, TwilioError> {
        let mut attempt = 0;
        loop {
            let (pause, error) = match self.home.send(self.request(&call)?).await {
                Ok(response) if response.status().is_success() => return Ok(response),
                Ok(response) => {
                    let passing = is_passing(response.status(), call.repeatable);
                    let wait = retry_after(response.headers());
                    let pause = passing.then(|| self.account.retry.pause(attempt, wait)).flatten();
                    (pause, refusal(call.operation, &response))
                }
                Err(source) => {
                    let pause = call.repeatable.then(|| self.account.retry.pause(attempt, None)).flatten();
                    (pause, TwilioError::Unreachable { operation: call.operation, source })
                }
            };
            let Some(pause) = pause else { return Err(error) };
            tracing::debug!(attempt, %error, "trying again");
            self.home.sleep(pause).await;
            attempt += 1;
        }
    }

    /// Sends a call and reads the JSON it answers.
    pub(super) async fn send_for<T: DeserializeOwned>(&self, call: Call) -> Result<T, TwilioError> {
        let operation = call.operation;
        read(operation, &self.send(call).await?)
    }

    /// The address of a resource of our Serverless Service; `path` begins with a slash.
    pub(super) fn serverless(&self, path: &str) -> String {
        self.hosts.product("serverless", &format!("/v1/Services/{}{path}", self.account.serverless_service_sid))
    }

    fn request(&self, call: &Call) -> Result<Request<Bytes>, TwilioError> {
        let mut request = Request::builder().method(&call.method).uri(&call.url);
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if call.with_credentials {
            request = request.header(header::AUTHORIZATION, &self.authorization);
        }
        let unreadable = |error: http::Error| TwilioError::Unreadable {
            operation: call.operation,
            problem: format!("the request can not be written: {error}"),
        };
        request.body(call.body.clone()).map_err(unreadable)
    }
}

/// Reads a JSON body.
pub(super) fn read<T: DeserializeOwned>(operation: &'static str, response: &Response<Bytes>) -> Result<T, TwilioError> {
    serde_json::from_slice(response.body())
        .map_err(|error| TwilioError::Unreadable { operation, problem: error.to_string() })
}

/// What Twilio says about a call it refuses. <https://www.twilio.com/docs/usage/twilios-response#exceptions>
#[derive(Deserialize, Default)]
#[serde(default)]
struct Refusal {
    code: Option<u32>,
    message: Option<String>,
}

fn refusal(operation: &'static str, response: &Response<Bytes>) -> TwilioError {
    match response.status() {
        StatusCode::NOT_FOUND => TwilioError::NotFound { operation },
        StatusCode::UNAUTHORIZED => TwilioError::Unauthorized { operation },
        StatusCode::TOO_MANY_REQUESTS => {
            TwilioError::RateLimited { operation, retry_after: retry_after(response.headers()) }
        }
        status => {
            let said: Refusal = serde_json::from_slice(response.body()).unwrap_or_default();
            let message = said.message.unwrap_or_else(|| "no reason given".to_owned());
            TwilioError::Rejected { operation, status: status.as_u16(), code: said.code, message }
        }
    }
}

#[cfg(test)]
mod tests;
