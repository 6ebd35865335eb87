//! Reading a list to its end: Twilio gives pages, and each names the address of the next one.
//!
//! <https://www.twilio.com/docs/usage/twilios-response#pagination>

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::client::Call;
use super::{Twilio, TwilioError};

impl Twilio {
    /// Every row under `key` of the list at `url`, which has no query yet but may end in one with `&`.
    ///
    /// The credentials go along, so a next page anywhere else than at the first one's host is refused.
    pub(super) async fn list_all<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        url: &str,
        key: &str,
    ) -> Result<Vec<T>, TwilioError> {
        let unreadable = |problem: String| TwilioError::Unreadable { operation, problem };
        let mut next = Some(format!("{url}{}PageSize=100", if url.contains('?') { '&' } else { '?' }));
        let mut rows = Vec::new();
        while let Some(address) = next {
            let mut page: Value = self.send_for(Call::get(operation, address)).await?;
            let list = page.get_mut(key).map(Value::take).unwrap_or_default();
            rows.extend(serde_json::from_value::<Vec<T>>(list).map_err(|error| unreadable(error.to_string()))?);
            next = page["meta"]["next_page_url"].as_str().map(str::to_owned);
            if next.as_deref().is_some_and(|next| origin(next) != origin(url)) {
                return Err(unreadable("the next page is at another host".to_owned()));
            }
        }
        Ok(rows)
    }
}

/// Scheme, host and port.
fn origin(url: &str) -> Option<(String, String)> {
    let uri: http::Uri = url.parse().ok()?;
    Some((uri.scheme_str()?.to_owned(), uri.authority()?.to_string()))
}
