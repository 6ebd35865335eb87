//! The REST paths of Studio, relative to its host.
//!
//! Knows nothing of how a Flow is executed.

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::definition::{Flaw, flaws};
use super::flow::Flow;
use crate::account::random_sid;
use crate::app::App;
use crate::records::{newest_first, put};
use crate::rest::{
    self, Created, Credentials, Fields, Reply, Resource, RestError, by_sid, fetch_by_sid, made, now, page,
};

/// Flows: list, create, fetch, update, delete, validate.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/v2/Flows", get(list).post(create))
        .route("/v2/Flows/Validate", post(validate))
        .route("/v2/Flows/{sid}", get(fetch_by_sid::<Flow>).post(update).delete(remove))
}

/// The definition in a form; it must be one that Studio takes (81022).
fn definition(fields: &Fields) -> Result<Value, RestError> {
    let text = fields.required("Definition")?;
    let parsed = serde_json::from_str(text).ok().filter(Value::is_object);
    let definition: Value = parsed.ok_or_else(|| RestError::bad_parameter("Definition must be a JSON object"))?;
    let flaws = flaws(&definition);
    if flaws.is_empty() {
        return Ok(definition);
    }
    let errors: Vec<_> = flaws.iter().map(Flaw::resource).collect();
    Err(RestError::new(StatusCode::BAD_REQUEST, 81022, "Flow definition validation failed")
        .details(json!({"errors": errors, "warnings": []})))
}

fn status(fields: &Fields) -> Result<String, RestError> {
    match fields.required("Status")? {
        status @ ("draft" | "published") => Ok(status.to_owned()),
        other => Err(RestError::bad_parameter(format!("Status: {other} is neither draft nor published"))),
    }
}

async fn list(_: Credentials, State(app): State<Arc<App>>, OriginalUri(uri): OriginalUri) -> Reply {
    let flows = newest_first::<Flow>(&app.store, |_| true)?;
    page(&app, &uri, "flows", flows.iter().map(|flow| flow.row(&app)).collect())
}

async fn create(_: Credentials, State(app): State<Arc<App>>, fields: Fields) -> Created {
    let created = now();
    let flow = Flow {
        sid: random_sid("FW"),
        friendly_name: fields.required("FriendlyName")?.to_owned(),
        status: status(&fields)?,
        definition: definition(&fields)?,
        revision: 1,
        commit_message: fields.get("CommitMessage").map(str::to_owned),
        created,
        updated: created,
    };
    app.store.write(|tx| put(tx, &flow))?;
    Ok(made(&app, &flow))
}

async fn validate(_: Credentials, fields: Fields) -> Reply {
    fields.required("FriendlyName")?;
    status(&fields)?;
    definition(&fields)?;
    Ok(Json(json!({"valid": true})))
}

async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(sid): Path<String>,
    uri: OriginalUri,
    fields: Fields,
) -> Reply {
    let mut flow: Flow = by_sid(&app, &sid, &uri)?;
    flow.status = status(&fields)?;
    if fields.get("Definition").is_some() {
        flow.definition = definition(&fields)?;
    }
    if let Some(name) = fields.get("FriendlyName").filter(|name| !name.is_empty()) {
        flow.friendly_name = name.to_owned();
    }
    flow.commit_message = fields.get("CommitMessage").map(str::to_owned);
    flow.revision += 1;
    flow.updated = now();
    app.store.write(|tx| put(tx, &flow))?;
    Ok(Json(flow.resource(&app)))
}

async fn remove(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(sid): Path<String>,
    uri: OriginalUri,
) -> Result<StatusCode, RestError> {
    rest::remove::<Flow>(&app, &sid, &uri)
}
