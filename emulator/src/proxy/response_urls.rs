//! URLs in responses: a client that asked a host of Twilio gets URLs of Twilio's hosts, as Twilio would answer.
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
    let body = with_twilio_hosts(&String::from_utf8_lossy(&body), base);
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from(body))
}

fn with_twilio_hosts(text: &str, base: &str) -> String {
    let start = format!("{base}/");
    let mut parts = text.split(start.as_str());
    let mut rewritten = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        rewritten +=
            &host(part).map_or_else(|| format!("{start}{part}"), |(host, rest)| format!("https://{host}/{rest}"));
    }
    rewritten
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
    use super::with_twilio_hosts;

    #[test]
    fn addresses_of_the_emulator_become_those_of_twilios_hosts() {
        let base = "http://127.0.0.1:4010";
        let rewritten = |text: &str| with_twilio_hosts(text, base);
        assert_eq!(rewritten(r#"{"a":"http://127.0.0.1:4010/sync/v1/S"}"#), r#"{"a":"https://sync.twilio.com/v1/S"}"#);
        assert_eq!(rewritten("http://127.0.0.1:4010/twil.io/a-1.twil.io/x.json"), "https://a-1.twil.io/x.json");
        assert_eq!(rewritten("http://127.0.0.1:40100/sync/v1"), "http://127.0.0.1:40100/sync/v1");
        assert_eq!(rewritten("http://localhost:8787/x"), "http://localhost:8787/x");
    }
}
