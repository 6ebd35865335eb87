//! Files and status pages that the Flex UI loads from Twilio's content hosts.
//!
//! Files that are only sound or decoration do not exist here: 404.

use std::sync::Arc;

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::state::AppState;

pub(super) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/status/api/v2/summary.json", get(status_summary))
        .route("/assets.flex/assets/countries.json", get(countries))
        .route("/assets.flex/assets/flagPositions.json", get(flag_positions))
        .route("/assets/public_assets/paste-fonts/{version}/fonts.css", get(fonts))
}

/// The state of Twilio's services: all is well.
///
/// <https://status.twilio.com/api>
async fn status_summary() -> Json<Value> {
    Json(json!({
        "page": {"id": "emulator", "name": "Twilio", "url": "https://status.twilio.com"},
        "components": [],
        "incidents": [],
        "scheduled_maintenances": [],
        "status": {"indicator": "none", "description": "All Systems Operational"},
    }))
}

/// The dial pad offers no countries: outbound calls are off.
async fn countries() -> Json<Value> {
    Json(json!([]))
}

async fn flag_positions() -> Json<Value> {
    Json(json!({}))
}

/// No web fonts without a network: the Flex UI falls back to the fonts of the system.
async fn fonts() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css")], "")
}
