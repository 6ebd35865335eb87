//! Releases: each makes one Configuration live, in place of the one before.
//!
//! Knows nothing of what is in a Configuration. <https://www.twilio.com/docs/flex/developer/plugins/api/release>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use serde_json::{Value, json};

use super::records::{Configuration, Release};
use super::url;
use crate::account::random_sid;
use crate::app::App;
use crate::records::{find, newest_first, put, tick};
use crate::rest::{Created, Credentials, Fields, Reply, Resource, RestError, date, made, page_of};

impl Resource for Release {
    fn resource(&self, app: &App) -> Value {
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
pub(super) async fn list(_: Credentials, State(app): State<Arc<App>>, uri: OriginalUri) -> Reply {
    page_of(&app, &uri, "releases", &newest_first::<Release>(&app.store, |_| true)?)
}

/// A Release by its SID, or the one that is live as `active`.
pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(sid): Path<String>,
    uri: OriginalUri,
) -> Reply {
    let release = match sid.as_str() {
        "active" => newest_first::<Release>(&app.store, |_| true)?.into_iter().next(),
        sid => find(&app.store, sid)?,
    };
    let release = release.ok_or_else(|| RestError::not_found(uri.path()))?;
    Ok(Json(release.resource(&app)))
}

pub(super) async fn create(_: Credentials, State(app): State<Arc<App>>, fields: Fields) -> Created {
    let wanted = fields.required("ConfigurationId")?;
    let configuration: Configuration = find(&app.store, wanted)?
        .ok_or_else(|| RestError::bad_parameter(format!("ConfigurationId: {wanted} is not a Configuration")))?;
    let release = app.store.write(|tx| {
        let release = Release { sid: random_sid("FK"), configuration_sid: configuration.sid, created: tick(tx)? };
        put(tx, &release)?;
        Ok::<_, RestError>(release)
    })?;
    Ok(made(&app, &release))
}
