//! What the view and the server say to each other, and what the lookup answers to Studio.
//!
//! Names on the wire are those of the original functions, so that Flows and tools written for them keep working.
//! Fields are added, none is renamed.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{NumberRules, Publishing, RejectedRow};

/// A Flex user's token. It never appears in Debug output, logs or URLs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FlexToken(pub String);

impl std::fmt::Debug for FlexToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("FlexToken([redacted])")
    }
}

/// `POST /admin/list`, as a form or as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRequest {
    /// Who asks.
    #[serde(rename = "Token")]
    pub token: FlexToken,
}

/// What is published now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListReply {
    /// The published rows, as they stand in the asset.
    pub data: Vec<Value>,
    /// The SID of the Asset Version they come from (`ZN…`); none before the first publish.
    pub version: Option<String>,
    /// Whether the latest Build is the deployed one. If not, somebody is in the middle of publishing.
    pub version_is_deployed: bool,
    /// Rows of the asset that could not be read. They are in `data` too.
    #[serde(default)]
    pub rejected: Vec<RejectedRow>,
    /// Which extension numbers this account allows.
    #[serde(default)]
    pub rules: NumberRules,
    /// Who is publishing right now, if anybody.
    #[serde(default)]
    pub publishing: Option<Publishing>,
}

/// `POST /admin/update`, as JSON: make a Build that holds `data`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateRequest {
    /// Who asks.
    #[serde(rename = "Token")]
    pub token: FlexToken,
    /// All rows to publish.
    pub data: Vec<Value>,
    /// The `version` of the [`ListReply`] that the changes are based on.
    #[serde(default)]
    pub version: Option<String>,
    /// The number of rows, typed in by a person, where so much is lost that the server wants it confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_count: Option<usize>,
}

/// A Build was requested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateReply {
    /// Always true; failures have an [`ErrorBody`].
    pub success: bool,
    /// The HTTP status once more, for clients of the original.
    pub status: u16,
    /// The SID of the Build (`ZB…`).
    pub build_sid: String,
    /// The SID of the Asset Version in it (`ZN…`).
    pub version: String,
}

/// `POST /admin/update-status` and `POST /admin/publish`, as a form or as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BuildRequest {
    /// Who asks.
    #[serde(rename = "Token")]
    pub token: FlexToken,
    /// The SID of the Build (`ZB…`).
    pub build_sid: String,
}

/// `POST /admin/discard`, as a form or as JSON: end a publish that nobody goes on with.
///
/// It names the publish that the person saw. Where the lock holds another one by now, or this one has got a Build
/// meanwhile, nothing is discarded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DiscardRequest {
    /// Who asks.
    #[serde(rename = "Token")]
    pub token: FlexToken,
    /// The `buildSid` of the [`Publishing`]; none where it got no Build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub build_sid: Option<String>,
    /// The `startedAt` of the [`Publishing`], which tells two publishes without a Build apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<String>,
}

/// Nobody is publishing that any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DiscardReply {
    /// Always true; failures have an [`ErrorBody`].
    pub success: bool,
    /// The HTTP status once more, as in the other replies.
    pub status: u16,
    /// Whether there was something to discard.
    pub discarded: bool,
}

/// How a Build is doing.
///
/// <https://www.twilio.com/docs/serverless/api/resource/build#build-status>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BuildStatus {
    /// Not done yet.
    Building,
    /// May be deployed.
    Completed,
    /// Can not be deployed.
    Failed,
}

/// How far the Build is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusReply {
    /// Always true; failures have an [`ErrorBody`].
    pub success: bool,
    /// The HTTP status once more, for clients of the original.
    pub status: u16,
    /// The Build's status.
    pub build_status: BuildStatus,
}

/// The Build is live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishReply {
    /// Always true; failures have an [`ErrorBody`].
    pub success: bool,
    /// The HTTP status once more, for clients of the original.
    pub status: u16,
    /// The SID of the Deployment (`ZD…`); none when the Build was deployed already.
    pub deployment_sid: Option<String>,
}

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
    /// The agent's name.
    pub worker_full_name: Option<String>,
    /// What was asked for.
    pub extension: String,
}

/// What a request that could not be answered gets instead. Clients branch on `code`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// What kind of failure it is.
    pub code: ErrorCode,
    /// What happened and what to do next, for a person.
    pub message: String,
    /// More about it; its shape depends on `code`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Value>,
}

/// The kinds of failure that the server reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// The request could not be read.
    InvalidRequest,
    /// Rows break a rule. `detail` is `{"rows":[{"row","problem"}]}`, positions counted from 0.
    InvalidDirectory,
    /// So much would be lost that a person must confirm the number of rows. `detail` is `{"count","published"}`.
    ConfirmationRequired,
    /// No token, or one that is not valid any more.
    NotSignedIn,
    /// A valid token of somebody who may not do this, or a request that Twilio did not sign.
    NotAllowed,
    /// No such path, or the method is not for it.
    NotFound,
    /// No such Build in this Service.
    UnknownBuild,
    /// Somebody else published since the data was loaded. `detail` is `{"version"}`, the latest one.
    VersionConflict,
    /// Somebody is publishing right now. `detail` is the [`Publishing`].
    PublishInProgress,
    /// The publish was discarded, or took so long that it does not count any more.
    PublishDiscarded,
    /// The Build is not `completed`, so it can not be deployed. `detail` is `{"buildStatus"}`.
    BuildNotReady,
    /// The body is too large.
    TooLarge,
    /// Twilio asks to slow down; `Retry-After` says for how long.
    TwilioBusy,
    /// Twilio could not be reached or refused.
    TwilioFailed,
    /// Our own mistake.
    Internal,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_never_shows_in_debug_output() {
        let request = ListRequest { token: FlexToken("very-secret".into()) };
        assert!(!format!("{request:?}").contains("very-secret"));
    }

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

    #[test]
    fn codes_are_written_in_kebab_case() {
        assert_eq!(serde_json::to_string(&ErrorCode::VersionConflict).unwrap(), "\"version-conflict\"");
    }
}
