//! The REST paths of Studio, relative to its host.

use std::sync::Arc;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::definition::{DefinitionError, errors};
use super::flow::Flow;
use crate::records::{newest_first, put};
use crate::resource::{Created, Credentials, Removed, Reply, RestRequest, Sid, fetch_by_sid};
use crate::rest::{Fields, RestError};
use crate::sid::random_sid;
use crate::state::AppState;

/// Flows: list, create, fetch, update, delete, validate.
pub(crate) fn router() -> Router<Arc<AppState>> {
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
    let errors = errors(&definition);
    if errors.is_empty() {
        return Ok(definition);
    }
    let errors: Vec<_> = errors.iter().map(DefinitionError::to_json).collect();
    Err(RestError::new(StatusCode::BAD_REQUEST, 81022, "Flow definition validation failed")
        .details(json!({"errors": errors, "warnings": []})))
}

fn status(fields: &Fields) -> Result<String, RestError> {
    match fields.required("Status")? {
        status @ ("draft" | "published") => Ok(status.to_owned()),
        other => Err(RestError::bad_parameter(format!("Status: {other} is neither draft nor published"))),
    }
}

async fn list(request: RestRequest) -> Reply {
    let flows = newest_first::<Flow>(&request.app.store, |_| true)?;
    request.page("flows", flows.iter().map(|flow| flow.row(&request.app)).collect())
}

async fn create(request: RestRequest, fields: Fields) -> Created {
    let created = request.app.clock.now_microseconds();
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
    request.app.store.write(|tx| put(tx, &flow))?;
    request.created(&flow)
}

async fn validate(_: Credentials, fields: Fields) -> Reply {
    fields.required("FriendlyName")?;
    status(&fields)?;
    definition(&fields)?;
    Ok(Json(json!({"valid": true})))
}

async fn update(request: RestRequest, Path(Sid { sid }): Path<Sid>, fields: Fields) -> Reply {
    let mut flow: Flow = request.find(&sid)?;
    flow.status = status(&fields)?;
    if fields.get("Definition").is_some() {
        flow.definition = definition(&fields)?;
    }
    if let Some(name) = fields.get("FriendlyName").filter(|name| !name.is_empty()) {
        flow.friendly_name = name.to_owned();
    }
    flow.commit_message = fields.get("CommitMessage").map(str::to_owned);
    flow.revision += 1;
    flow.updated = request.app.clock.now_microseconds();
    request.app.store.write(|tx| put(tx, &flow))?;
    request.reply(&flow)
}

async fn remove(request: RestRequest, Path(Sid { sid }): Path<Sid>) -> Removed {
    request.remove::<Flow>(&sid)
}
