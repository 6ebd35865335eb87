//! What the view asks at `/admin/*`, and what it is answered.

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

/// What is published now. The server passes each `Row` on as the JSON that it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListReply<Row = Value> {
    /// The published rows, as they stand in the asset. Of a row that no JSON reader takes or that is very large there is
    /// what can be read of our fields, and [`UNREADABLE`](crate::UNREADABLE) in place of a field of another tool.
    pub data: Vec<Row>,
    /// The SID of the Asset Version they come from (`ZN…`); none before the first publish.
    pub version: Option<String>,
    /// Whether the latest Build is the deployed one. If not, somebody is in the middle of publishing.
    pub version_is_deployed: bool,
    /// Rows of the asset that lead nowhere. They are in `data` too.
    #[serde(default)]
    pub rejected: Vec<RejectedRow>,
    /// Why the asset could not be read at all; `data` is empty then, and nobody knows what publishing would replace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<UnreadableAsset>,
    /// Which extension numbers this account allows.
    #[serde(default)]
    pub rules: NumberRules,
    /// Who is publishing right now, if anybody.
    #[serde(default)]
    pub publishing: Option<Publishing>,
}

/// A published asset that is no array of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnreadableAsset {
    /// Its path.
    pub path: String,
    /// What is wrong, as half a sentence.
    pub problem: String,
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
    /// Always true; failures have an [`ErrorBody`](super::ErrorBody).
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
    /// Always true; failures have an [`ErrorBody`](super::ErrorBody).
    pub success: bool,
    /// The HTTP status once more, as in the other replies.
    pub status: u16,
    /// Whether there was something to discard.
    pub discarded: bool,
    /// Whether the Build is published already, so that there was nothing to discard any more.
    #[serde(default)]
    pub already_live: bool,
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
    /// Always true; failures have an [`ErrorBody`](super::ErrorBody).
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
    /// Always true; failures have an [`ErrorBody`](super::ErrorBody).
    pub success: bool,
    /// The HTTP status once more, for clients of the original.
    pub status: u16,
    /// The SID of the Deployment (`ZD…`); none when the Build was deployed already.
    pub deployment_sid: Option<String>,
    /// A Build that other tools deployed in the same moment. What it changed beside the extensions is not live; the next
    /// publish brings it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overtaken_build_sid: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_never_shows_in_debug_output() {
        let request = ListRequest { token: FlexToken("very-secret".into()) };
        assert!(!format!("{request:?}").contains("very-secret"));
    }
}
