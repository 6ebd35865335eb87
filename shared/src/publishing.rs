//! The publishing lock: a Map Item that says who is publishing, and that every open view sees.
//!
//! Knows nothing of how a publish is carried out.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The key of the Map Item. Sync refuses to create a second item with the same key: that is the mutual exclusion.
pub const PUBLISHING_KEY: &str = "publishing";

/// The unique name of the Sync Map that holds the item, beside the Map of the draft.
#[must_use]
pub fn publishing_map_name(draft_map_name: &str) -> String {
    format!("{draft_map_name}.publishing")
}

/// More bytes than any text of a publish has. An item has room for 16 KiB, and whoever ends a publish writes it once more.
/// <https://www.twilio.com/docs/sync/limits>
const LONGEST_TEXT: usize = 500;

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
    /// Somebody ends the publish; its Build is not deployed any more.
    Discarding,
    /// It is over. The item only says what it left behind.
    Ended,
    /// A stage that this version does not know. Nobody goes on with it, and everybody may discard it.
    #[serde(other)]
    Unknown,
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

impl Publishing {
    /// Reads what stands in the Map Item, each field for itself. Whatever it is, somebody put it there, so it holds the
    /// lock: what can not be read is a publish of nobody known, which can be discarded like any other.
    #[must_use]
    pub fn read(data: &Value) -> Self {
        let text = |field: &str| data[field].as_str().filter(|text| text.len() <= LONGEST_TEXT).map(str::to_owned);
        let (started_by, started_at) = (text("startedBy"), text("startedAt"));
        let stage = match data.get("stage") {
            Some(stage) => PublishingStage::deserialize(stage).unwrap_or(PublishingStage::Unknown),
            // The first versions wrote none.
            None if started_by.is_some() && started_at.is_some() => PublishingStage::default(),
            None => PublishingStage::Unknown,
        };
        Self {
            started_by: started_by.unwrap_or_default(),
            started_at: started_at.unwrap_or_default(),
            base_build_sid: text("baseBuildSid"),
            build_sid: text("buildSid"),
            version: text("version"),
            stage,
            updated_at: text("updatedAt"),
            rows: data["rows"].as_u64().and_then(|rows| usize::try_from(rows).ok()),
        }
    }

    /// Whether nobody publishes any more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.stage == PublishingStage::Ended
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_stage_of_a_newer_version_is_read_as_unknown_and_the_rest_as_it_is() {
        let read =
            Publishing::read(&json!({"startedBy": "ann", "startedAt": "2026-01-01T00:00:00Z", "stage": "waiting"}));
        assert_eq!((read.stage, read.started_by.as_str()), (PublishingStage::Unknown, "ann"));
    }

    #[test]
    fn a_field_that_can_not_be_read_takes_no_other_one_along() {
        let read = Publishing::read(&json!({
            "startedBy": {"name": "ann"}, "startedAt": "2026-01-01T00:00:00Z",
            "stage": "deploying", "version": "ZN1", "buildSid": "ZB1", "rows": "many",
        }));
        assert_eq!((read.version.as_deref(), read.build_sid.as_deref()), (Some("ZN1"), Some("ZB1")));
        assert_eq!((read.stage, read.rows), (PublishingStage::Deploying, None));
    }

    #[test]
    fn what_is_no_lock_still_holds_it_for_nobody_known() {
        for garbage in [json!(null), json!([]), json!({"hello": 1}), json!({"startedBy": 7, "startedAt": "now"})] {
            let read = Publishing::read(&garbage);
            assert_eq!((read.stage, read.started_by.as_str()), (PublishingStage::Unknown, ""), "{garbage}");
        }
    }
}
