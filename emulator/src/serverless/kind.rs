//! Assets and Functions, which work alike, and who may reach them on the domain.
//!
//! Knows nothing of records.

use serde::{Deserialize, Serialize};

/// Assets and Functions work alike but for what is in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A static file.
    Asset,
    /// Code.
    Function,
}

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

impl Kind {
    /// By its name in a path: `Assets` or `Functions`.
    pub(super) fn of_path(name: &str) -> Option<Self> {
        match name {
            "Assets" => Some(Self::Asset),
            "Functions" => Some(Self::Function),
            _ => None,
        }
    }

    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Asset => "Assets",
            Self::Function => "Functions",
        }
    }

    /// The key of a list of them.
    pub(super) fn list_key(self) -> &'static str {
        match self {
            Self::Asset => "assets",
            Self::Function => "functions",
        }
    }

    /// The field that names one of them in a Version.
    pub(super) fn sid_field(self) -> &'static str {
        match self {
            Self::Asset => "asset_sid",
            Self::Function => "function_sid",
        }
    }

    /// The key of a list of their Versions.
    pub(super) fn version_list_key(self) -> &'static str {
        match self {
            Self::Asset => "asset_versions",
            Self::Function => "function_versions",
        }
    }
}

impl Visibility {
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "public" => Some(Self::Public),
            "protected" => Some(Self::Protected),
            "private" => Some(Self::Private),
            _ => None,
        }
    }
}
