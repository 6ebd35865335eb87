//! `flex-plugin-upload.us1.twilio.com`: looks over the sources of a plugin before it is deployed.
//!
//! It takes what the Flex CLI sends and finds nothing wrong with it.

use axum::Json;
use axum::extract::Multipart;
use axum::http::StatusCode;
use serde_json::json;

use crate::resource::{Credentials, Reply};
use crate::rest::RestError;
use crate::sid::random_hex;

/// What the Flex CLI sends: the name of the plugin, the Flex UI it is for, and a zip of its sources.
const PARTS: [&str; 3] = ["flex_ui_version", "plugin_name", "plugin_zip"];

/// Answers with an empty list of findings of each kind.
pub(super) async fn validate(_: Credentials, mut multipart: Multipart) -> Reply {
    let mut missing = PARTS.to_vec();
    let refused = |message: String| RestError::new(StatusCode::BAD_REQUEST, 20001, message);
    while let Some(field) = multipart.next_field().await.map_err(|error| refused(error.body_text()))? {
        let name = field.name().unwrap_or_default().to_owned();
        let content = field.bytes().await.map_err(|error| refused(error.body_text()))?;
        missing.retain(|part| *part != name || content.is_empty());
    }
    if let Some(part) = missing.first() {
        return Err(refused(format!("Missing required part {part}")));
    }
    Ok(Json(json!({
        "request_id": random_hex(16),
        "dom_manipulation": [],
        "api_compatibility": [],
        "version_compatibility": [],
        "errors": [],
    })))
}
