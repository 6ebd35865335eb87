//! Releases: each makes one Configuration live, in place of the one before.
//!
//! <https://www.twilio.com/docs/flex/developer/plugins/api/release>

use axum::extract::Path;
use serde_json::{Value, json};

use super::records::{Configuration, Release};
use super::url::url;
use crate::records::{find, newest_first};
use crate::resource::{Created, Reply, Resource, RestRequest};
use crate::rest::{Fields, RestError, date};
use crate::sid::random_sid;
use crate::state::AppState;

impl Resource for Release {
    fn to_json(&self, app: &AppState) -> Value {
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "configuration_sid": self.configuration_sid,
            "date_created": date(self.created),
            "url": url(app, &format!("Releases/{}", self.sid)),
        })
    }
}

/// The first one is live.
pub(super) async fn list(request: RestRequest) -> Reply {
    request.page_of("releases", &newest_first::<Release>(&request.app.store, |_| true)?)
}

/// A Release by its SID, or the one that is live as `active`.
pub(super) async fn fetch(request: RestRequest, Path(sid): Path<String>) -> Reply {
    let store = &request.app.store;
    let release = match sid.as_str() {
        "active" => newest_first::<Release>(store, |_| true)?.into_iter().next(),
        sid => find(store, sid)?,
    };
    request.reply(&release.ok_or_else(|| request.not_found())?)
}

pub(super) async fn create(request: RestRequest, fields: Fields) -> Created {
    let wanted = fields.required("ConfigurationId")?;
    let configuration: Configuration = find(&request.app.store, wanted)?
        .ok_or_else(|| RestError::bad_parameter(format!("ConfigurationId: {wanted} is not a Configuration")))?;
    let (sid, configuration_sid) = (random_sid("FK"), configuration.sid);
    request.create(|created| Release { sid, configuration_sid, created })
}
