//! `api.twilio.com`: the account itself. <https://www.twilio.com/docs/iam/api/account>
//!
//! Does not know calls or messages, the rest of what that host answers.

use std::sync::Arc;

use axum::extract::Path;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde_json::json;

use crate::account::CREATED_AT;
use crate::resource::{Reply, RestRequest};
use crate::state::AppState;

/// The account as JSON; this API says the format at the end of the path.
pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new().route("/2010-04-01/Accounts/{file}", get(fetch))
}

/// Dates are written as RFC 2822 here, unlike everywhere else at Twilio.
async fn fetch(request: RestRequest, Path(file): Path<String>) -> Reply {
    let sid = request.app.account.account_sid();
    if file.strip_suffix(".json") != Some(sid) {
        return Err(request.not_found());
    }
    let created = Timestamp::from_microsecond(CREATED_AT).unwrap_or(Timestamp::UNIX_EPOCH);
    let created = jiff::fmt::rfc2822::to_string(&created.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default();
    Ok(Json(json!({
        "sid": sid,
        "auth_token": request.app.account.auth_token(),
        "owner_account_sid": sid,
        "friendly_name": "Agent extensions demo",
        "status": "active",
        "type": "Full",
        "date_created": created,
        "date_updated": created,
        "uri": format!("/2010-04-01/Accounts/{sid}.json"),
        "subresource_uris": {},
    })))
}
