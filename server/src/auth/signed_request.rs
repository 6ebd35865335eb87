//! Whether a request comes from Twilio, or from somebody who knows the account's credentials.
//!
//! From outside: it is asked with a [`ReceivedRequest`], the body included, because the signature covers that.
//!
//! Knows nothing of what is asked for. The rules are those of Twilio's own libraries:
//! <https://www.twilio.com/docs/usage/security#validating-requests>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, Method, Uri, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::config::Config;
use crate::secret::{Secret, constant_time_eq};
use crate::twilio::signature::{BODY_HASH, SIGNATURE_HEADER, body_hash, sign};

/// A request as it was received.
pub(crate) struct ReceivedRequest<'a> {
    pub(crate) method: &'a Method,
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// What older Twilio products leave as it is when they write a query string again.
const LEGACY_QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Whether the request carries a valid `X-Twilio-Signature`, or the account's credentials as HTTP Basic.
pub(crate) fn is_authorized(config: &Config, request: &ReceivedRequest<'_>) -> bool {
    has_credentials(config, request.headers) || is_signed(config, request)
}

fn has_credentials(config: &Config, headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()) else { return false };
    let Some((scheme, encoded)) = value.split_once(' ') else { return false };
    let expected = format!("{}:{}", config.twilio.account_sid, config.twilio.auth_token.reveal());
    scheme.eq_ignore_ascii_case("basic")
        && STANDARD.decode(encoded.trim()).is_ok_and(|given| constant_time_eq(&given, expected.as_bytes()))
}

fn is_signed(config: &Config, request: &ReceivedRequest<'_>) -> bool {
    let Some(given) = request.headers.get(SIGNATURE_HEADER) else { return false };
    let Some(form) = signed_form(request) else { return false };
    let path_and_query = request.uri.path_and_query().map_or("/", |both| both.as_str());
    let url = format!("{}{path_and_query}", config.functions_base);
    any_form_of(&url, |url| matches(&config.twilio.auth_token, url, &form, given.as_bytes()))
}

/// The parameters that the signature covers beside the URL; `None` if it does not cover the body.
fn signed_form(request: &ReceivedRequest<'_>) -> Option<Vec<(String, String)>> {
    let nothing = Some(Vec::new());
    if request.method == Method::GET || request.method == Method::HEAD {
        return nothing;
    }
    if let Some(hash) = query_parameter(request.uri.query().unwrap_or_default(), BODY_HASH) {
        let same_body = constant_time_eq(hash.to_ascii_lowercase().as_bytes(), body_hash(request.body).as_bytes());
        return nothing.filter(|_| same_body);
    }
    if request.body.is_empty() {
        return nothing;
    }
    let content_type = request.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let is_form = content_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded");
    if is_form { serde_urlencoded::from_bytes(request.body).ok() } else { None }
}

fn query_parameter(query: &str, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

fn matches(auth_token: &Secret, url: &str, form: &[(String, String)], given: &[u8]) -> bool {
    constant_time_eq(sign(auth_token, url, form).as_bytes(), given)
}

/// Twilio products differ in whether they write the port and how they write the query string.
fn any_form_of(url: &str, accept: impl Fn(&str) -> bool) -> bool {
    accept(url)
        || [Some(url.to_owned()), with_port(url), without_port(url)]
            .into_iter()
            .flatten()
            .any(|url| accept(&url) || legacy_query(&url).is_some_and(|url| accept(&url)))
}

fn split_authority(url: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    Some((scheme, &rest[..end], &rest[end..]))
}

fn with_port(url: &str) -> Option<String> {
    let (scheme, authority, rest) = split_authority(url)?;
    let port = if scheme == "https" { 443 } else { 80 };
    (!authority.contains(':')).then(|| format!("{scheme}://{authority}:{port}{rest}"))
}

fn without_port(url: &str) -> Option<String> {
    let (scheme, authority, rest) = split_authority(url)?;
    let (host, _) = authority.rsplit_once(':')?;
    Some(format!("{scheme}://{host}{rest}"))
}

fn legacy_query(url: &str) -> Option<String> {
    let (address, query) = url.split_once('?')?;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    let encode = |text: &str| utf8_percent_encode(text, LEGACY_QUERY).to_string();
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    Some(format!("{address}?{}", pairs.join("&")))
}

#[cfg(test)]
mod tests;
