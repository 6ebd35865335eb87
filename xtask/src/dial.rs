//! `cargo xtask dial`: the request that the Studio Flow's HTTP widget would send, signed as Twilio signs it.
//!
//! Knows the signature of form requests (<https://www.twilio.com/docs/usage/security>), nothing of the lookup.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::env_file;

/// Dials `digits` in the world whose state is in `data`, and prints the answer as it came.
///
/// # Errors
///
/// When the server does not answer, or answers with a failure.
pub(crate) fn dial(data: &Path, digits: &str) -> Result<()> {
    let variables = env_file::read(data)?;
    let variable = |name: &str| variables.get(name).with_context(|| format!("{name} is missing in the env file"));
    let url = format!("{}/agentExtensions", variable("FLEX_APP_FUNCTIONS_BASE")?);
    let parameters = parameters_of_a_call(variable("TWILIO_ACCOUNT_SID")?, digits);
    let signature = signature(variable("TWILIO_AUTH_TOKEN")?, &url, &parameters);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let answer = runtime.block_on(async {
        let request = reqwest::Client::new().post(&url).header("X-Twilio-Signature", signature).form(&parameters);
        let response =
            request.send().await.with_context(|| format!("{url} does not answer: is `cargo xtask start` running?"))?;
        let status = response.status();
        let body = response.text().await?;
        if status.is_success() { Ok(body) } else { bail!("the server answered {status}: {body}") }
    })?;
    println!("{answer}");
    Ok(())
}

/// What Studio sends of a call, and the digits it gathered. The call is made up anew each time.
fn parameters_of_a_call(account_sid: &str, digits: &str) -> BTreeMap<&'static str, String> {
    let now = std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
    BTreeMap::from([
        ("agentExt", digits.to_owned()),
        ("AccountSid", account_sid.to_owned()),
        ("ApiVersion", "2010-04-01".to_owned()),
        ("CallSid", format!("CA{now:032x}")),
        ("CallStatus", "in-progress".to_owned()),
        ("Direction", "inbound".to_owned()),
        ("From", "+15005550006".to_owned()),
        ("To", "+15005550001".to_owned()),
    ])
}

/// The base64 of the HMAC-SHA1 over the URL and the parameters in the order of their names.
fn signature(auth_token: &str, url: &str, parameters: &BTreeMap<&'static str, String>) -> String {
    let signed = parameters.iter().fold(url.to_owned(), |text, (name, value)| text + name + value);
    // HMAC takes a key of any length (RFC 2104, section 2).
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()) else { return String::new() };
    mac.update(signed.as_bytes());
    base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::signature;

    /// The vector of Twilio's helper library for Node (`spec/validation.spec.js` of twilio/twilio-node).
    #[test]
    fn a_form_request_is_signed_as_twilios_own_library_signs_it() {
        let parameters = BTreeMap::from([
            ("CallSid", "CA1234567890ABCDE".to_owned()),
            ("Caller", "+14158675309".to_owned()),
            ("Digits", "1234".to_owned()),
            ("From", "+14158675309".to_owned()),
            ("To", "+18005551212".to_owned()),
        ]);
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        assert_eq!(signature("12345", url, &parameters), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }
}
