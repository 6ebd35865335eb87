//! `api.twilio.com`: the account itself.
//!
//! Knows nothing of calls or messages, the rest of what that host answers.
//! <https://www.twilio.com/docs/iam/api/account>

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::app::App;
use crate::rest::{Credentials, RestError};
use crate::taskrouter::MADE_AT;

/// The account as JSON; this API says the format at the end of the path.
pub fn router() -> Router<Arc<App>> {
    Router::new().route("/2010-04-01/Accounts/{file}", get(fetch))
}

/// Dates are written as RFC 2822 here, unlike everywhere else at Twilio.
async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Json<Value>, RestError> {
    let sid = app.account.account_sid();
    if file.strip_suffix(".json") != Some(sid) {
        return Err(RestError::not_found(uri.path()));
    }
    let made = Timestamp::from_microsecond(MADE_AT).unwrap_or(Timestamp::UNIX_EPOCH);
    let made = jiff::fmt::rfc2822::to_string(&made.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default();
    Ok(Json(json!({
        "sid": sid,
        "owner_account_sid": sid,
        "friendly_name": "Agent extensions demo",
        "status": "active",
        "type": "Full",
        "date_created": made,
        "date_updated": made,
        "uri": format!("/2010-04-01/Accounts/{sid}.json"),
        "subresource_uris": {},
    })))
}
