//! The publishing lock: a Map Item that says who is publishing, and that every open view sees.
//!
//! Knows nothing of how a publish is carried out.

use serde::{Deserialize, Serialize};

/// The key of the Map Item. Sync refuses to create a second item with the same key: that is the mutual exclusion.
pub const PUBLISHING_KEY: &str = "publishing";

/// The unique name of the Sync Map that holds the item, beside the Map of the draft.
#[must_use]
pub fn publishing_map_name(draft_map_name: &str) -> String {
    format!("{draft_map_name}.publishing")
}

/// How far a publish got, as long as it holds the lock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PublishingStage {
    /// The rows are on their way to Twilio. There is no Build to go on with yet.
    #[default]
    Uploading,
    /// Twilio is making the Build, or has made it and nobody has deployed it yet.
    Building,
    /// The Build is being deployed.
    Deploying,
}

/// Who is publishing, and how far it got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Publishing {
    /// The person's name as Flex knows it.
    pub started_by: String,
    /// When it began: RFC 3339, UTC.
    pub started_at: String,
    /// The SID of the Build that was deployed when it began, if any.
    #[serde(default)]
    pub base_build_sid: Option<String>,
    /// The SID of the Build that it made, once there is one.
    #[serde(default)]
    pub build_sid: Option<String>,
    /// The SID of the Asset Version that it uploaded, once there is one.
    #[serde(default)]
    pub version: Option<String>,
    /// How far it got.
    #[serde(default)]
    pub stage: PublishingStage,
    /// When it got there: RFC 3339, UTC.
    #[serde(default)]
    pub updated_at: Option<String>,
    /// How many extensions it publishes.
    #[serde(default)]
    pub rows: Option<usize>,
}
