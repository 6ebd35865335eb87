//! Resources of Twilio's REST APIs: who may ask for them, how they are found, and how they are answered.
//! From outside: every product takes a `RestRequest`, finds by `Sid` or name, and answers with what is a [`Resource`].
//! Does not know what any resource is.

mod credentials;
mod handlers;
mod request;

use axum::Json;
use axum::http::StatusCode;
use serde_json::Value;

pub(crate) use credentials::Credentials;
pub(crate) use handlers::{fetch_by_name, fetch_by_sid};
pub(crate) use request::{RestRequest, Sid};

use crate::rest::RestError;
use crate::state::AppState;

/// The answer with a list or with one resource.
pub(crate) type Reply = Result<Json<Value>, RestError>;
/// The answer to a request that created a resource.
pub(crate) type Created = Result<(StatusCode, Json<Value>), RestError>;
/// The answer to a request that removed a resource.
pub(crate) type Removed = Result<StatusCode, RestError>;

/// Something that a REST API shows.
pub(crate) trait Resource {
    /// Its JSON object, with addresses below the emulator's own.
    fn to_json(&self, app: &AppState) -> Value;
}
