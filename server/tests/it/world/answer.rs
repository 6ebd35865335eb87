//! What the server answers, and what every refusal must have.

use reqwest::Response;
use serde_json::Value;

/// An answer whose body is JSON.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

/// Status and body of a response, which must be JSON.
pub(crate) async fn answer(response: Response) -> Answer {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    Answer { status, body: serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status} {text}")) }
}

/// The answer must have this status and this code, and a sentence. Answers its body.
#[track_caller]
pub(crate) fn refused(Answer { status, body }: Answer, expected: u16, code: &str) -> Value {
    assert_eq!(status, expected, "{body}");
    assert_eq!(body["code"], code, "{body}");
    assert!(body["message"].as_str().unwrap().ends_with('.'), "{body}");
    body
}
