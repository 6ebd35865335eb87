//! Requests that Twilio signs, and those that only look like it.

use super::*;
use proptest::prelude::*;

const TOKEN: &str = "12345";
const FORM: &str = "application/x-www-form-urlencoded";

fn config(functions_base: &str) -> Config {
    let sid = |prefix: &str| format!("{prefix}{}", "0123456789abcdef".repeat(2));
    Config::read(&|name| match name {
        "FLEX_APP_FUNCTIONS_BASE" => Some(functions_base.to_owned()),
        "TWILIO_ACCOUNT_SID" => Some(sid("AC")),
        "TWILIO_AUTH_TOKEN" => Some(TOKEN.to_owned()),
        "TWILIO_SERVERLESS_SERVICE_SID" => Some(sid("ZS")),
        "TWILIO_SERVERLESS_ENVIRONMENT_SID" => Some(sid("ZE")),
        _ => None,
    })
    .unwrap()
}

struct Sent {
    method: Method,
    uri: &'static str,
    content_type: &'static str,
    body: &'static str,
    signed_url: String,
    signed_form: Vec<(String, String)>,
}

impl Sent {
    fn get(uri: &'static str, signed_url: &str) -> Self {
        let (signed_url, signed_form) = (signed_url.to_owned(), Vec::new());
        Self { method: Method::GET, uri, content_type: FORM, body: "", signed_url, signed_form }
    }

    fn is_authorized(&self, base: &str) -> bool {
        let signature = sign(&Secret::new(TOKEN.into()), &self.signed_url, &self.signed_form);
        let mut headers = HeaderMap::new();
        headers.insert(SIGNATURE_HEADER, signature.parse().unwrap());
        headers.insert(header::CONTENT_TYPE, self.content_type.parse().unwrap());
        let uri = self.uri.parse().unwrap();
        let request =
            ReceivedRequest { method: &self.method, uri: &uri, headers: &headers, body: self.body.as_bytes() };
        is_authorized(&config(base), &request)
    }
}

const BASE: &str = "https://did.example.com";
const LOOKUP: &str = "/agentExtensions?agentExt=7777";

#[test]
fn a_get_is_signed_over_its_address() {
    assert!(Sent::get(LOOKUP, "https://did.example.com/agentExtensions?agentExt=7777").is_authorized(BASE));
    assert!(!Sent::get(LOOKUP, "https://did.example.com/agentExtensions?agentExt=7778").is_authorized(BASE));
    assert!(!Sent::get(LOOKUP, "https://evil.example.com/agentExtensions?agentExt=7777").is_authorized(BASE));
}

#[test]
fn the_body_of_a_get_is_not_signed_and_not_looked_at() {
    for method in [Method::GET, Method::HEAD] {
        let get = Sent::get(LOOKUP, "https://did.example.com/agentExtensions?agentExt=7777");
        assert!(Sent { method, body: "agentExt=7778", ..get }.is_authorized(BASE));
    }
}

#[test]
fn the_port_may_be_written_or_not() {
    let with = "https://did.example.com:443/agentExtensions?agentExt=7777";
    assert!(Sent::get(LOOKUP, with).is_authorized(BASE));
    let without = "http://localhost/agentExtensions?agentExt=7777";
    assert!(Sent::get(LOOKUP, without).is_authorized("http://localhost:8787"));
}

#[test]
fn the_query_may_be_written_the_older_way() {
    let sent = Sent::get("/agentExtensions?agentExt=a+b", "https://did.example.com/agentExtensions?agentExt=a%20b");
    assert!(sent.is_authorized(BASE));
}

#[test]
fn a_form_is_signed_over_all_its_decoded_parameters() {
    let mut sent = Sent {
        method: Method::POST,
        content_type: "application/x-www-form-urlencoded;charset=utf-8",
        body: "agentExt=7777&From=%2B14158675309",
        signed_form: vec![("agentExt".into(), "7777".into()), ("From".into(), "+14158675309".into())],
        ..Sent::get("/agentExtensions", "https://did.example.com/agentExtensions")
    };
    assert!(sent.is_authorized(BASE));
    sent.body = "agentExt=7777&From=%2B14158675309&agentExt=1234";
    assert!(!sent.is_authorized(BASE));
}

#[test]
fn a_json_body_is_signed_by_its_hash_in_the_query() {
    let uri = "/agentExtensions?bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let mut sent = Sent {
        method: Method::POST,
        content_type: "application/json",
        body: "{}",
        ..Sent::get(uri, &format!("{BASE}{uri}"))
    };
    assert!(sent.is_authorized(BASE));
    sent.body = "{\"agentExt\":\"7777\"}";
    assert!(!sent.is_authorized(BASE));
}

#[test]
fn a_body_that_the_signature_does_not_cover_is_refused() {
    let sent = Sent {
        method: Method::POST,
        content_type: "application/json",
        body: "{\"agentExt\":\"7777\"}",
        ..Sent::get("/agentExtensions", "https://did.example.com/agentExtensions")
    };
    assert!(!sent.is_authorized(BASE));
}

#[test]
fn the_accounts_credentials_open_too_and_others_do_not() {
    let config = config(BASE);
    let open = |credentials: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, format!("Basic {}", STANDARD.encode(credentials)).parse().unwrap());
        let uri = Uri::from_static("/agentExtensions");
        is_authorized(&config, &ReceivedRequest { method: &Method::GET, uri: &uri, headers: &headers, body: b"" })
    };
    let sid = &config.twilio.account_sid;
    assert!(open(&format!("{sid}:12345")));
    assert!(!open(&format!("{sid}:12346")));
    assert!(!open(&format!("{sid}:")));
    assert!(!open("AC:12345"));
}

proptest! {
    #[test]
    fn whatever_form_twilio_signs_is_let_in_and_no_other_with_its_signature(
        form in proptest::collection::vec((".{0,9}", ".{0,9}"), 1..6), value in ".{0,9}",
    ) {
        let signature = sign(&Secret::new(TOKEN.into()), &format!("{BASE}/agentExtensions"), &form);
        let is_let_in = |form: &[(String, String)]| {
            let body = serde_urlencoded::to_string(form).unwrap();
            let mut headers = HeaderMap::new();
            headers.insert(SIGNATURE_HEADER, signature.parse().unwrap());
            headers.insert(header::CONTENT_TYPE, FORM.parse().unwrap());
            let uri = Uri::from_static("/agentExtensions");
            let (method, body) = (&Method::POST, body.as_bytes());
            is_authorized(&config(BASE), &ReceivedRequest { method, uri: &uri, headers: &headers, body })
        };
        prop_assert!(is_let_in(&form));
        let with_another = [&form[..], &[("an added name".to_owned(), value)]].concat();
        prop_assert!(!is_let_in(&with_another));
    }

    #[test]
    fn no_garbage_is_taken_for_a_signed_request_or_for_credentials(
        signature in any::<Vec<u8>>(), authorization in "((?i)basic )?.{0,40}", content_type in any::<Vec<u8>>(),
        query in "[ -~&&[^#<>\\\\^`\"{}| ]]{0,40}", body in any::<Vec<u8>>(), is_post in any::<bool>(),
    ) {
        let mut headers = HeaderMap::new();
        let values = [
            (SIGNATURE_HEADER, &signature[..]),
            (header::AUTHORIZATION.as_str(), authorization.as_bytes()),
            (header::CONTENT_TYPE.as_str(), &content_type[..]),
        ];
        for (name, value) in values {
            if let Ok(value) = http::HeaderValue::from_bytes(value) {
                headers.insert(http::HeaderName::from_bytes(name.as_bytes()).unwrap(), value);
            }
        }
        let uri = format!("/agentExtensions?{query}").parse().unwrap();
        let method = if is_post { Method::POST } else { Method::GET };
        let request = ReceivedRequest { method: &method, uri: &uri, headers: &headers, body: &body };
        prop_assert!(!is_authorized(&config(BASE), &request));
    }
}
