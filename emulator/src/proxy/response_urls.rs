//! URLs in responses: whoever asked Twilio's host is told URLs of Twilio's hosts, as Twilio tells them.
//!
//! The reverse of `hosts`.

use axum::body::Body;
use axum::http::{Response, header};

/// The JSON answer with the addresses below `base` named as Twilio names them; any other answer as it is.
pub(super) async fn with_twilio_urls(answer: Response<Body>, base: &str) -> Response<Body> {
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        return answer;
    }
    let (mut head, body) = answer.into_parts();
    // The whole answer is in memory already: JSON is never streamed here.
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let told = renamed(&String::from_utf8_lossy(&body), base);
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from(told))
}

fn renamed(text: &str, base: &str) -> String {
    let start = format!("{base}/");
    let mut parts = text.split(start.as_str());
    let mut told = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        told += &host(part).map_or_else(|| format!("{start}{part}"), |(host, rest)| format!("https://{host}/{rest}"));
    }
    told
}

/// The host that the first part of a path stands for, and what follows it.
fn host(path: &str) -> Option<(String, &str)> {
    let (first, rest) = path.split_once('/')?;
    let is_name =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    match rest.split_once('/') {
        Some((domain, rest)) if first == "twil.io" && is_name(domain) => Some((domain.to_owned(), rest)),
        _ => is_name(first).then(|| (format!("{first}.twilio.com"), rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn addresses_of_the_emulator_become_those_of_twilios_hosts() {
        let base = "http://127.0.0.1:4010";
        let told = |text: &str| renamed(text, base);
        assert_eq!(told(r#"{"a":"http://127.0.0.1:4010/sync/v1/S"}"#), r#"{"a":"https://sync.twilio.com/v1/S"}"#);
        assert_eq!(told("http://127.0.0.1:4010/twil.io/a-1.twil.io/x.json"), "https://a-1.twil.io/x.json");
        assert_eq!(told("http://127.0.0.1:40100/sync/v1"), "http://127.0.0.1:40100/sync/v1");
        assert_eq!(told("http://localhost:8787/x"), "http://localhost:8787/x");
    }
}
