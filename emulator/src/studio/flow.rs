//! A Flow as it is kept, and as REST shows it. <https://www.twilio.com/docs/studio/rest-api/v2/flow>

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::definition::{DefinitionError, errors};
use crate::records::record;
use crate::resource::Resource;
use crate::rest::date;
use crate::state::AppState;

/// A Flow as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Flow {
    /// Its SID (`FW…`).
    pub sid: String,
    /// What people call it; others may have the same.
    pub friendly_name: String,
    /// What it does: a JSON object.
    pub definition: Value,
    /// `draft` or `published`.
    pub status: String,
    /// Counts the changes, from 1.
    pub revision: u64,
    /// What the last change was for.
    pub commit_message: Option<String>,
    /// When it was created, in microseconds since 1970.
    pub created: i64,
    /// When it last changed, in microseconds since 1970.
    pub updated: i64,
}

record!(Flow, "studio.flows");

impl Resource for Flow {
    /// `errors` and `valid` are judged anew.
    fn to_json(&self, app: &AppState) -> Value {
        let errors: Vec<_> = errors(&self.definition).iter().map(DefinitionError::to_json).collect();
        let mut resource = self.row(app);
        resource["definition"] = self.definition.clone();
        resource["commit_message"] = json!(self.commit_message);
        resource["valid"] = json!(errors.is_empty());
        resource["errors"] = json!(errors);
        resource["warnings"] = json!([]);
        resource
    }
}

impl Flow {
    /// As a list shows it: null where the definition and what comes of it would be.
    pub(super) fn row(&self, app: &AppState) -> Value {
        let url = format!("{}/studio/v2/Flows/{}", app.base, self.sid);
        let account_sid = app.account.account_sid();
        json!({
            "sid": self.sid,
            "account_sid": account_sid,
            // No user wrote it: whoever asks here has the account's own credentials.
            "author_sid": null,
            "friendly_name": self.friendly_name,
            "status": self.status,
            "revision": self.revision,
            "definition": null,
            "commit_message": null,
            "valid": null,
            "errors": null,
            "warnings": null,
            "webhook_url": format!("https://webhooks.twilio.com/v1/Accounts/{account_sid}/Flows/{}", self.sid),
            "date_created": date(self.created),
            "date_updated": date(self.updated),
            "url": url,
            "links": {
                "revisions": format!("{url}/Revisions"),
                "executions": format!("{url}/Executions"),
                "test_users": format!("{url}/TestUsers"),
            },
        })
    }
}
