//! The addresses of Twilio's products, and where they are reached when a base URL stands in for them.
//!
//! Knows nothing of requests. A signature is always computed over the real address.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// One segment of a path: everything but the unreserved characters of RFC 3986 is encoded.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where Twilio is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hosts {
    base: Option<String>,
}

impl Hosts {
    /// `base`, without a trailing slash, replaces every `https://X.twilio.com` by `{base}/X`
    /// and every `https://<domain>` of a Serverless Environment by `{base}/twil.io/<domain>`.
    pub(crate) fn new(base: Option<String>) -> Self {
        Self { base }
    }

    /// The address of a product's REST API; `path` begins with a slash.
    pub(crate) fn product(&self, product: &str, path: &str) -> String {
        match &self.base {
            None => format!("https://{product}.twilio.com{path}"),
            Some(base) => format!("{base}/{product}{path}"),
        }
    }

    /// Where `path` of a Serverless Environment's domain is reached.
    pub(crate) fn domain(&self, domain_name: &str, path: &str) -> String {
        match &self.base {
            None => real_domain(domain_name, path),
            Some(base) => format!("{base}/twil.io/{domain_name}{path}"),
        }
    }
}

/// The address that a signature is computed over.
pub(crate) fn real_domain(domain_name: &str, path: &str) -> String {
    format!("https://{domain_name}{path}")
}

/// A name as one segment of a path.
pub(crate) fn segment(name: &str) -> String {
    utf8_percent_encode(name, SEGMENT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_base_url_twilio_itself_is_addressed() {
        let hosts = Hosts::default();
        assert_eq!(hosts.product("serverless", "/v1/Services"), "https://serverless.twilio.com/v1/Services");
        assert_eq!(hosts.domain("did-1-dev.twil.io", "/a.json"), "https://did-1-dev.twil.io/a.json");
    }

    #[test]
    fn a_base_url_stands_in_for_every_product_and_domain() {
        let hosts = Hosts::new(Some("http://127.0.0.1:4010".into()));
        assert_eq!(hosts.product("sync", "/v1/Services"), "http://127.0.0.1:4010/sync/v1/Services");
        assert_eq!(hosts.domain("d.twil.io", "/a.json"), "http://127.0.0.1:4010/twil.io/d.twil.io/a.json");
        assert_eq!(real_domain("d.twil.io", "/a.json"), "https://d.twil.io/a.json");
    }

    #[test]
    fn a_name_stays_one_segment() {
        assert_eq!(segment("Maps/../x ?#é"), "Maps%2F..%2Fx%20%3F%23%C3%A9");
    }
}
