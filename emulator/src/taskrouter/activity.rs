//! Activities: what a Worker is doing, and whether TaskRouter may ring it then.
//!
//! <https://www.twilio.com/docs/taskrouter/api/activity>

use serde_json::{Value, json};

use super::workspace::workspace_url;
use crate::account::{Account, CREATED_AT};
use crate::resource::Resource;
use crate::rest::date;
use crate::state::AppState;

/// The Activities that a new Flex account has, and whether a Worker is available in them.
const ACTIVITY_NAMES: [(&str, bool); 4] =
    [("Offline", false), ("Available", true), ("Unavailable", false), ("Break", false)];

/// An Activity of the Workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its SID (`WA…`).
    pub sid: String,
    /// One of `ACTIVITY_NAMES`, as the Flex UI shows it.
    pub friendly_name: &'static str,
    /// Whether a Worker in it may be rung.
    pub available: bool,
}

/// The Activities of the Workspace.
#[must_use]
pub fn activities(account: &Account) -> Vec<Activity> {
    ACTIVITY_NAMES
        .iter()
        .map(|(friendly_name, available)| Activity {
            sid: account.sid_for("WA", friendly_name),
            friendly_name,
            available: *available,
        })
        .collect()
}

/// One Activity by its SID.
#[must_use]
pub fn activity(account: &Account, sid: &str) -> Option<Activity> {
    activities(account).into_iter().find(|activity| activity.sid == sid)
}

impl Resource for Activity {
    fn to_json(&self, app: &AppState) -> Value {
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "workspace_sid": app.account.sids().workspace,
            "friendly_name": self.friendly_name,
            "available": self.available,
            "date_created": date(CREATED_AT),
            "date_updated": date(CREATED_AT),
            "url": workspace_url(app, &format!("/Activities/{}", self.sid)),
            "links": {"workspace": workspace_url(app, "")},
        })
    }
}
