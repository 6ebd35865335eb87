//! A request to one of Twilio's REST APIs: what its handler finds, and how it answers.
//!
//! Knows nothing of bodies: see `rest::Fields`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use serde::Deserialize;
use serde_json::Value;

use super::credentials::Credentials;
use super::{Created, Removed, Reply, Resource};
use crate::records::{self, Named, Record, newest_first, put, unique_now};
use crate::rest::{self, Fields, RestError};
use crate::state::AppState;
use crate::store::StoreError;

/// A request with the account's credentials; one without them is refused with 401 before anything else is looked at.
#[derive(Clone, Debug)]
pub(crate) struct RestRequest {
    /// What it is about.
    pub app: Arc<AppState>,
    /// The address as the client sent it.
    pub uri: Uri,
}

/// The parameter `{sid}` of a path: `Path(Sid { sid })`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Sid {
    /// What stands there, whether or not it is the SID of anything.
    pub sid: String,
}

impl FromRequestParts<Arc<AppState>> for RestRequest {
    type Rejection = RestError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<AppState>) -> Result<Self, RestError> {
        Credentials::from_request_parts(parts, app).await?;
        let original = parts.extensions.get::<OriginalUri>().map(|OriginalUri(uri)| uri.clone());
        Ok(Self { app: app.clone(), uri: original.unwrap_or_else(|| parts.uri.clone()) })
    }
}

impl RestRequest {
    /// The refusal of an address at which there is nothing.
    #[must_use]
    pub(crate) fn not_found(&self) -> RestError {
        RestError::not_found(self.uri.path())
    }

    /// The fields of the query.
    ///
    /// # Errors
    ///
    /// [`RestError`] 400 when the query is not a form.
    pub(crate) fn query(&self) -> Result<Fields, RestError> {
        Fields::of_query(&self.uri)
    }

    /// The record with a SID.
    ///
    /// # Errors
    ///
    /// [`RestError`] 404 when there is none.
    pub(crate) fn find<T: Record>(&self, sid: &str) -> Result<T, RestError> {
        records::find(&self.app.store, sid)?.ok_or_else(|| self.not_found())
    }

    /// The record with a SID or a unique name.
    ///
    /// # Errors
    ///
    /// [`RestError`] 404 when there is none.
    pub(crate) fn find_by_name<T: Named>(&self, name: &str) -> Result<T, RestError> {
        let named = |record: &T| record.sid() == name || record.unique_name() == name;
        newest_first(&self.app.store, named)?.pop().ok_or_else(|| self.not_found())
    }

    /// Refuses a unique name that a record of this kind has already.
    ///
    /// # Errors
    ///
    /// [`RestError`] 409 when it is taken.
    pub(crate) fn require_free_name<T: Named>(&self, unique_name: &str) -> Result<(), RestError> {
        match newest_first::<T>(&self.app.store, |record| record.unique_name() == unique_name)?.as_slice() {
            [] => Ok(()),
            _ => Err(RestError::conflict(format!("UniqueName {unique_name} is taken"))),
        }
    }

    /// Answers one page of a list; see [`rest::page`].
    ///
    /// # Errors
    ///
    /// [`RestError`] 400 when the page size or the token is not one.
    pub(crate) fn page(&self, key: &str, rows: Vec<Value>) -> Reply {
        rest::page(&self.app.base, &self.uri, key, rows)
    }

    /// The same for resources.
    ///
    /// # Errors
    ///
    /// [`RestError`] 400 when the page size or the token is not one.
    pub(crate) fn page_of<T: Resource>(&self, key: &str, resources: &[T]) -> Reply {
        self.page(key, resources.iter().map(|one| one.to_json(&self.app)).collect())
    }

    /// Answers with one resource. This cannot fail: it is a [`Reply`] because a handler ends with it.
    pub(crate) fn reply<T: Resource>(&self, resource: &T) -> Reply {
        Ok(Json(resource.to_json(&self.app)))
    }

    /// Answers with a resource that was just created. This cannot fail either.
    pub(crate) fn created<T: Resource>(&self, resource: &T) -> Created {
        Ok((StatusCode::CREATED, Json(resource.to_json(&self.app))))
    }

    /// Creates a record, at an instant that no other record was created at, and answers with it.
    ///
    /// # Errors
    ///
    /// [`RestError`] 500 when the storage cannot be written.
    pub(crate) fn create<T: Record + Resource>(&self, at: impl FnOnce(i64) -> T) -> Created {
        let record = self.app.store.write(|tx| {
            let record = at(unique_now(tx, &self.app.clock)?);
            put(tx, &record)?;
            Ok::<_, StoreError>(record)
        })?;
        self.created(&record)
    }

    /// Removes the record with a SID.
    ///
    /// # Errors
    ///
    /// [`RestError`] 404 when there is none.
    pub(crate) fn remove<T: Record>(&self, sid: &str) -> Removed {
        let removed: Result<bool, StoreError> = self.app.store.write(|tx| tx.delete(T::COLLECTION, sid));
        if removed? { Ok(StatusCode::NO_CONTENT) } else { Err(self.not_found()) }
    }
}
