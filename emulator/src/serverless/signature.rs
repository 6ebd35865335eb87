//! X-Twilio-Signature: how Twilio proves that a request comes from Twilio.
//!
//! Knows nothing of paths and Assets. <https://www.twilio.com/docs/usage/webhooks/webhooks-security>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Whether `signature` is the Base64 of HMAC-SHA1 over a GET request's `url`, with the auth token as the key.
#[must_use]
pub fn is_valid(auth_token: &str, url: &str, signature: &str) -> bool {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()) else { return false };
    mac.update(url.as_bytes());
    STANDARD.decode(signature).is_ok_and(|signature| mac.verify_slice(&signature).is_ok())
}

/// The Base64 of HMAC-SHA1 over a GET request's `url`, with the auth token as the key: what [`is_valid`] accepts.
#[must_use]
pub fn sign(auth_token: &str, url: &str) -> String {
    // HMAC (RFC 2104) takes a key of any length, so there is no error to pass on.
    let mut mac = Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(url.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector of Twilio's own helper library for a URL that is signed alone.
    #[test]
    fn the_signature_of_a_url_is_that_of_twilios_helper_library() {
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        assert!(is_valid("12345", url, "a9nBmqA0ju/hNViExpshrM61xv4="));
        assert!(!is_valid("12346", url, "a9nBmqA0ju/hNViExpshrM61xv4="));
        assert!(!is_valid("12345", url, "not base64"));
        assert_eq!(sign("12345", url), "a9nBmqA0ju/hNViExpshrM61xv4=");
    }
}
