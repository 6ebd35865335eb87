//! Handlers that are the same for every kind of record.

use axum::extract::Path;

use super::{Reply, Resource, RestRequest, Sid};
use crate::records::{Named, Record};

/// Answers with the record whose SID is the only parameter of the path, `{sid}`.
pub(crate) async fn fetch_by_sid<T: Record + Resource>(request: RestRequest, Path(Sid { sid }): Path<Sid>) -> Reply {
    request.reply(&request.find::<T>(&sid)?)
}

/// Answers with the record whose SID or unique name is the only parameter of the path.
pub(crate) async fn fetch_by_name<T: Named + Resource>(request: RestRequest, Path(name): Path<String>) -> Reply {
    request.reply(&request.find_by_name::<T>(&name)?)
}
