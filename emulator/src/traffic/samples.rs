//! Whole requests and answers as lines of JSON, for whoever checks them against Twilio's OpenAPI documents.
//!
//! Knows nothing of the documents. A file holds what one emulator was asked, and the folder what all of them were.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CONTENT_TYPE, USER_AGENT};
use axum::http::{HeaderMap, HeaderName, Response};
use serde::Serialize;
use serde_json::Value;

use super::body::redacted;
use super::call_log::Call;

/// Names the folder. Read here and not handed in by whoever starts an emulator: no test can leave itself out.
const FOLDER: &str = "EMULATOR_SAMPLES";

/// Where the domains of Environments answer. What they serve is a customer's own, large or small, and in no document.
const DEPLOYED_DOMAINS: &str = "/twil.io/";

/// One request and its answer.
#[derive(Debug, Serialize)]
struct Sample<'a> {
    #[serde(flatten)]
    call: &'a Call,
    content_type: &'a str,
    user_agent: &'a str,
    answer_type: &'a str,
    /// The answer's JSON; null if it is none.
    answer: Value,
}

/// The file that the samples of one emulator go to.
#[derive(Debug)]
pub(super) struct Samples(Mutex<File>);

impl Samples {
    /// A new file in the folder that the environment names; none if it names no folder.
    ///
    /// # Errors
    ///
    /// When the folder or the file cannot be written.
    pub(super) fn from_env() -> io::Result<Option<Self>> {
        std::env::var_os(FOLDER).map(|folder| Self::new(Path::new(&folder))).transpose()
    }

    fn new(folder: &Path) -> io::Result<Self> {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let name = format!("{}-{}.jsonl", std::process::id(), STARTED.fetch_add(1, Ordering::Relaxed));
        std::fs::create_dir_all(folder)?;
        let file = File::options().create(true).append(true).open(folder.join(name))?;
        Ok(Self(Mutex::new(file)))
    }

    /// Writes a sample without its secrets, and hands the answer on.
    ///
    /// # Errors
    ///
    /// When the file cannot be written: a call that is missing would not be checked, and nobody would notice.
    pub(super) async fn keep(
        &self,
        call: &Call,
        asked: &HeaderMap,
        answer: Response<Body>,
    ) -> io::Result<Response<Body>> {
        if call.path.starts_with(DEPLOYED_DOMAINS) {
            return Ok(answer);
        }
        let (head, body) = answer.into_parts();
        let body = to_bytes(body, usize::MAX).await.map_err(io::Error::other)?;
        let call = Call { query: redacted(call.query.clone()), body: redacted(call.body.clone()), ..call.clone() };
        self.write(&Sample {
            call: &call,
            content_type: text(asked, &CONTENT_TYPE),
            user_agent: text(asked, &USER_AGENT),
            answer_type: text(&head.headers, &CONTENT_TYPE),
            answer: json(&body),
        })?;
        Ok(Response::from_parts(head, Body::from(body)))
    }

    fn write(&self, sample: &Sample<'_>) -> io::Result<()> {
        let mut line = serde_json::to_vec(sample)?;
        line.push(b'\n');
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(&line)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn json(body: &Bytes) -> Value {
    redacted(serde_json::from_slice(body).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn a_sample_holds_what_was_asked_and_answered_without_secrets_and_the_answer_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let samples = Samples::new(folder.path()).unwrap();
        let call = Call {
            via: "rest",
            method: "POST".into(),
            path: "/iam/v1".into(),
            query: json!({}),
            body: json!({"token": "secret"}),
            status: 200,
        };
        let asked = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        let answer = samples.keep(&call, &asked, Response::new(Body::from(r#"{"a":1,"auth_token":"secret"}"#))).await;
        let body = to_bytes(answer.unwrap().into_body(), usize::MAX).await.unwrap();
        assert_eq!(&body[..], br#"{"a":1,"auth_token":"secret"}"#);
        let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
        let line = std::fs::read_to_string(file).unwrap();
        assert!(!line.contains("secret"), "{line}");
        let sample: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&sample["answer"]["a"], &sample["content_type"]), (&json!(1), &json!("application/json")));
    }
}
