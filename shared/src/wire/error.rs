//! What a request that could not be answered gets instead.

use serde::{Deserialize, Serialize};
use serde_json::Value;

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
    /// So much would be lost, or nobody can tell how much, that a person must confirm the number of rows. `detail` is
    /// `{"count","published"}`; `published` is null where what is published can not be read.
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
    /// Somebody is publishing right now. `detail` is the [`Publishing`](crate::Publishing).
    PublishInProgress,
    /// The publish was discarded, or took so long that it does not count any more.
    PublishDiscarded,
    /// The Build is not `completed`, so it can not be deployed. `detail` is `{"buildStatus"}`.
    BuildNotReady,
    /// The body is too large.
    TooLarge,
    /// The server is taking in large requests of others; `Retry-After` says when to come again.
    Busy,
    /// Twilio asks to slow down; `Retry-After` says for how long.
    TwilioBusy,
    /// Twilio could not be reached or refused.
    TwilioFailed,
    /// Twilio did not say whether it deployed the Build; it may be live already, or get live in a moment.
    DeploymentUnclear,
    /// Our own mistake.
    Internal,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_written_in_kebab_case() {
        assert_eq!(serde_json::to_string(&ErrorCode::VersionConflict).unwrap(), "\"version-conflict\"");
    }
}
