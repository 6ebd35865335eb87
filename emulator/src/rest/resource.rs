//! Records as resources of a REST API: fetched by SID or unique name, listed, made and removed.
//!
//! Knows nothing of what is in them. <https://www.twilio.com/docs/usage/requests-to-twilio>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{StatusCode, Uri};
use serde_json::Value;

use super::{Credentials, RestError, page};
use crate::app::App;
use crate::records::{Named, Record, find, newest_first};
use crate::store::{Store, StoreError};

/// A list or one resource.
pub type Reply = Result<Json<Value>, RestError>;
/// A resource that was just made.
pub type Created = Result<(StatusCode, Json<Value>), RestError>;

/// Something that a REST API shows.
pub trait Resource {
    /// Its JSON object, with addresses below the emulator's own.
    fn resource(&self, app: &App) -> Value;
}

/// The record with a SID.
///
/// # Errors
///
/// [`RestError`] 404 when there is none.
pub fn by_sid<T: Record>(app: &App, sid: &str, uri: &Uri) -> Result<T, RestError> {
    find(&app.store, sid)?.ok_or_else(|| RestError::not_found(uri.path()))
}

/// The record with a SID or a unique name.
///
/// # Errors
///
/// [`RestError`] 404 when there is none.
pub fn by_name<T: Named>(app: &App, name: &str, uri: &Uri) -> Result<T, RestError> {
    let named = |record: &T| record.sid() == name || record.unique_name() == name;
    newest_first(&app.store, named)?.pop().ok_or_else(|| RestError::not_found(uri.path()))
}

/// The handler that answers with the record whose SID is the only parameter of the path.
pub async fn fetch_by_sid<T: Record + Resource>(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(sid): Path<String>,
    uri: OriginalUri,
) -> Reply {
    Ok(Json(by_sid::<T>(&app, &sid, &uri)?.resource(&app)))
}

/// The same for a SID or a unique name.
pub async fn fetch_by_name<T: Named + Resource>(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
) -> Reply {
    Ok(Json(by_name::<T>(&app, &name, &uri)?.resource(&app)))
}

/// Refuses a unique name that a record of this kind has already.
///
/// # Errors
///
/// [`RestError`] 409 when it is taken.
pub fn must_be_free<T: Named>(store: &Store, unique_name: &str) -> Result<(), RestError> {
    let taken = newest_first::<T>(store, |record| record.unique_name() == unique_name)?;
    if taken.is_empty() { Ok(()) } else { Err(RestError::taken(format!("UniqueName {unique_name} is taken"))) }
}

/// One page of a list of resources; see [`page`].
///
/// # Errors
///
/// [`RestError`] 400 when the page size or the token is not one.
pub fn page_of<T: Resource>(app: &App, uri: &Uri, key: &str, resources: &[T]) -> Reply {
    page(app, uri, key, resources.iter().map(|one| one.resource(app)).collect())
}

/// The answer to a request that made a resource.
pub fn made<T: Resource>(app: &App, resource: &T) -> (StatusCode, Json<Value>) {
    (StatusCode::CREATED, Json(resource.resource(app)))
}

/// Removes the record with a SID.
///
/// # Errors
///
/// [`RestError`] 404 when there is none.
pub fn remove<T: Record>(app: &App, sid: &str, uri: &Uri) -> Result<StatusCode, RestError> {
    let removed: Result<bool, StoreError> = app.store.write(|tx| tx.delete(T::COLLECTION, sid));
    if removed? { Ok(StatusCode::NO_CONTENT) } else { Err(RestError::not_found(uri.path())) }
}
