//! Handlers that are the same for every kind of record in the Workspace: list by name, fetch and delete.
//!
//! <https://www.twilio.com/docs/taskrouter/api>

use axum::extract::Path;
use serde_json::Value;

use super::in_workspace::InWorkspace;
use crate::records::Record;
use crate::resource::{Removed, Reply, Resource, RestRequest, Sid};

/// Records that a list shows, filtered by nothing but their names.
pub(super) trait ListedByName: Record + Resource {
    /// The field of the list that has them.
    const LIST_KEY: &str;
}

/// One page of those that have the `FriendlyName` that the query asks for, or of all if it asks for none.
pub(super) fn page_of_named<T: Resource>(request: &RestRequest, key: &str, resources: &[T]) -> Reply {
    let query = request.query()?;
    let named = |row: &Value| query.get("FriendlyName").is_none_or(|name| row["friendly_name"] == name);
    request.page(key, resources.iter().map(|one| one.to_json(&request.app)).filter(named).collect())
}

/// The records of one kind.
pub(super) async fn list<T: ListedByName>(InWorkspace(request): InWorkspace) -> Reply {
    page_of_named(&request, T::LIST_KEY, &request.app.store.all::<T>(T::COLLECTION)?)
}

/// One record.
pub(super) async fn fetch<T: Record + Resource>(
    InWorkspace(request): InWorkspace,
    Path(Sid { sid }): Path<Sid>,
) -> Reply {
    request.reply(&request.find::<T>(&sid)?)
}

/// Removes one record.
pub(super) async fn remove<T: Record>(InWorkspace(request): InWorkspace, Path(Sid { sid }): Path<Sid>) -> Removed {
    request.remove::<T>(&sid)
}
