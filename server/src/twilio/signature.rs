//! `X-Twilio-Signature`: who signs a request this way knows the account's primary auth token.
//!
//! Knows nothing of which requests must be signed.
//! <https://www.twilio.com/docs/usage/security#validating-requests>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::secret::Secret;

/// The name of the header.
pub(crate) const SIGNATURE_HEADER: &str = "x-twilio-signature";

/// The query parameter that carries the hash of a body that is not a form.
pub(crate) const BODY_HASH: &str = "bodySHA256";

/// The signature over `url` and the decoded parameters of a form: Base64 of HMAC-SHA1.
///
/// Parameters are appended in the byte order of their names, name and value without separators;
/// of a repeated name, each different value once, in byte order.
pub(crate) fn sign(auth_token: &Secret, url: &str, form: &[(String, String)]) -> String {
    let mut form: Vec<_> = form.iter().collect();
    form.sort();
    form.dedup();
    let mut mac = Hmac::<Sha1>::new_from_slice(auth_token.reveal().as_bytes()).expect("HMAC takes a key of any length");
    mac.update(url.as_bytes());
    for (name, value) in form {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    STANDARD.encode(mac.finalize().into_bytes())
}

/// The lower-case hexadecimal SHA-256 of a body, as it stands in [`BODY_HASH`].
pub(crate) fn body_hash(body: &[u8]) -> String {
    Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";

    fn token() -> Secret {
        Secret::new("12345".into())
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_form_is_signed_as_in_twilios_own_vector() {
        let form = pairs(&[
            ("To", "+18005551212"),
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
        ]);
        assert_eq!(sign(&token(), URL, &form), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }

    #[test]
    fn a_body_that_is_not_a_form_is_signed_by_its_hash_as_in_twilios_own_vector() {
        let hash = body_hash(br#"{"property": "value", "boolean": true}"#);
        assert_eq!(hash, "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620");
        assert_eq!(sign(&token(), &format!("{URL}&bodySHA256={hash}"), &[]), "a9nBmqA0ju/hNViExpshrM61xv4=");
    }

    #[test]
    fn of_a_repeated_name_each_different_value_counts_once_in_byte_order() {
        let once = pairs(&[("Sid", "a"), ("Sid", "b")]);
        let shuffled = pairs(&[("Sid", "b"), ("Sid", "a"), ("Sid", "b")]);
        assert_eq!(sign(&token(), URL, &once), sign(&token(), URL, &shuffled));
    }
}
