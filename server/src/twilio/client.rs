//! One call to Twilio: credentials, repetition and what a refusal means.
//!
//! From outside: a `Twilio` is made for one [`TwilioAccount`]; the files beside this one send a `Call` with it.
//!
//! Knows nothing of single resources; each has its own file beside this one.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::TwilioError;
use super::hosts::Hosts;
use super::retry::{RetryPolicy, retry_after};
use crate::home::{Home, SendError, timeout};
use crate::secret::Secret;

/// How long one try of reading something may take.
const READING: Duration = Duration::from_secs(8);
/// How long one try of writing something may take.
const WRITING: Duration = Duration::from_secs(15);

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
#[derive(Clone)]
pub(crate) struct Twilio {
    pub(super) account: Arc<TwilioAccount>,
    pub(super) hosts: Hosts,
    pub(super) home: Arc<dyn Home>,
    authorization: HeaderValue,
    /// When nobody waits for an answer any more; none if somebody else sees to that.
    deadline: Option<Timestamp>,
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
    /// How long one try may take.
    pub(super) patience: Duration,
    /// Whether the account's credentials go with it: only ever to Twilio's REST API.
    pub(super) with_credentials: bool,
}

impl Call {
    pub(super) fn get(operation: &'static str, url: String) -> Self {
        let (headers, body, patience) = (Vec::new(), Bytes::new(), READING);
        Self { operation, method: Method::GET, url, headers, body, repeatable: true, patience, with_credentials: true }
    }

    pub(super) fn post_form(operation: &'static str, url: String, form: &[(&str, &str)]) -> Self {
        let body = serde_urlencoded::to_string(form).unwrap_or_default();
        Self::post(operation, url, "application/x-www-form-urlencoded", body.into())
    }

    pub(super) fn post(operation: &'static str, url: String, content_type: &str, body: Bytes) -> Self {
        let (headers, patience) = (vec![("content-type", content_type.to_owned())], WRITING);
        Self {
            operation,
            method: Method::POST,
            url,
            headers,
            body,
            repeatable: false,
            patience,
            with_credentials: true,
        }
    }

    /// Removing something twice does no harm.
    pub(super) fn delete(operation: &'static str, url: String) -> Self {
        Self { method: Method::DELETE, patience: WRITING, ..Self::get(operation, url) }
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
        Self { account: Arc::new(account), hosts, home, authorization, deadline: None }
    }

    /// The same client for work that must be over by then.
    pub(crate) fn until(&self, deadline: Timestamp) -> Self {
        Self { deadline: Some(deadline), ..self.clone() }
    }

    /// Sends a call until it succeeds, is refused for good, or there are no more repetitions or no more time.
    pub(super) async fn send(&self, call: Call) -> Result<Response<Bytes>, TwilioError> {
        self.send_and(call, |_, response| Ok(response)).await
    }

    /// Sends a call and reads the JSON it answers.
    pub(super) async fn send_for<T: DeserializeOwned>(&self, call: Call) -> Result<T, TwilioError> {
        self.send_and(call, |operation, response| read(operation, &response)).await
    }

    async fn send_and<T>(
        &self,
        call: Call,
        read: impl Fn(&'static str, Response<Bytes>) -> Result<T, TwilioError>,
    ) -> Result<T, TwilioError> {
        let (call, read) = (&call, &read);
        let attempt = || async move { read(call.operation, self.attempt(call).await?) };
        self.repeat(attempt, |error| error.is_rate_limit() || (call.repeatable && error.is_unclear())).await
    }

    async fn attempt(&self, call: &Call) -> Result<Response<Bytes>, TwilioError> {
        let operation = call.operation;
        let limit = self.time_left().unwrap_or(call.patience).min(call.patience);
        if limit.is_zero() {
            return Err(TwilioError::NoTimeLeft { operation });
        }
        let answer = timeout(self.home.as_ref(), limit, self.home.send(self.request(call)?)).await;
        let silence = || Err(SendError(format!("nothing came within {} ms", limit.as_millis())));
        match answer.unwrap_or_else(silence) {
            Ok(response) if response.status().is_success() => Ok(response),
            Ok(response) => Err(refusal(operation, &response)),
            Err(source) => Err(TwilioError::Unreachable { operation, source }),
        }
    }

    /// How long somebody still waits for an answer; none if there is no such limit here.
    pub(super) fn time_left(&self) -> Option<Duration> {
        let left = self.deadline?.duration_since(self.home.now());
        Some(Duration::try_from(left).unwrap_or(Duration::ZERO))
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
