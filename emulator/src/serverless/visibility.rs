//! Who may reach an Asset or a Function. <https://www.twilio.com/docs/serverless/functions-assets/visibility>

use serde::{Deserialize, Serialize};

/// Who may read an Asset, or call a Function, on the deployed domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Anybody.
    Public,
    /// Requests that Twilio, or somebody with the auth token, signed.
    Protected,
    /// Nobody outside the Build.
    Private,
}

impl Visibility {
    /// Reads a form's field, in any case of letters.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "public" => Some(Self::Public),
            "protected" => Some(Self::Protected),
            "private" => Some(Self::Private),
            _ => None,
        }
    }
}
