//! What the lookup answers to Studio.

use serde::{Deserialize, Serialize};

/// What the lookup answers to Studio: always every key, because Studio merges the replies of repeated requests.
///
/// <https://www.twilio.com/docs/studio/widget-library/http-request>
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LookupReply {
    /// Whether the extension leads to an agent.
    pub found: bool,
    /// The Worker SID, spelled as the original function did.
    #[serde(rename = "workerSID")]
    pub worker_sid_original: Option<String>,
    /// The same Worker SID, spelled as in the published rows.
    pub worker_sid: Option<String>,
    /// The agent's name. Empty where the published row has none that can be read, so that in a reply about an agent it is
    /// always text; Liquid writes nothing for both.
    pub worker_full_name: Option<String>,
    /// What was asked for.
    pub extension: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lookup_reply_always_has_every_key() {
        let reply = LookupReply {
            found: false,
            worker_sid_original: None,
            worker_sid: None,
            worker_full_name: None,
            extension: "9999".into(),
        };
        let json = serde_json::to_value(reply).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"found": false, "workerSID": null, "workerSid": null, "workerFullName": null, "extension": "9999"})
        );
    }
}
