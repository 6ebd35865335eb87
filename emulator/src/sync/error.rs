//! Why Sync refuses, as data: HTTP status, Twilio's error code, one sentence.
//!
//! Knows nothing of the front end that answers with it.
//! Codes: <https://www.twilio.com/docs/api/errors>.

use crate::store::StoreError;

/// A refused request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct SyncError {
    /// The HTTP status.
    pub status: u16,
    /// Twilio's error code.
    pub code: u32,
    /// What is wrong, in one sentence.
    pub message: String,
}

impl SyncError {
    fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    /// 404 / 20404: nothing answers at this path.
    #[must_use]
    pub fn unknown_path(path: &str) -> Self {
        Self::new(404, 20404, format!("The requested resource {path} was not found"))
    }

    /// 400 / 20001: a parameter is not what it should be.
    #[must_use]
    pub fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new(400, 20001, message)
    }

    /// 404 / 54050: no such Sync Service.
    #[must_use]
    pub fn service_not_found() -> Self {
        Self::new(404, 54050, "Service instance not found")
    }

    /// 404 / 54200: no Map with this SID.
    #[must_use]
    pub fn map_not_found() -> Self {
        Self::new(404, 54200, "Map not found")
    }

    /// 404 / 54300: no Map with this unique name.
    #[must_use]
    pub fn name_not_found() -> Self {
        Self::new(404, 54300, "Unique name not found")
    }

    /// 409 / 54301: another Map has this unique name.
    #[must_use]
    pub fn name_exists() -> Self {
        Self::new(409, 54301, "Unique name already exists")
    }

    /// 400 / 54302: a unique name has 1 to 256 characters and does not look like a SID.
    #[must_use]
    pub fn invalid_name() -> Self {
        Self::new(400, 54302, "Invalid unique name")
    }

    /// 404 / 54201: no Map Item under this key.
    #[must_use]
    pub fn item_not_found() -> Self {
        Self::new(404, 54201, "The specified Map Item does not exist")
    }

    /// 412 / 54205: the Map Item is not at the revision that If-Match names.
    #[must_use]
    pub fn revision_mismatch() -> Self {
        Self::new(412, 54205, "The revision of the Map Item does not match the expected revision")
    }

    /// 400 / 54206: data is missing, null or not a JSON object.
    #[must_use]
    pub fn invalid_data() -> Self {
        Self::new(400, 54206, "Invalid or missing data: a JSON object is expected")
    }

    /// 409 / 54208: there is a Map Item under this key.
    #[must_use]
    pub fn item_exists() -> Self {
        Self::new(409, 54208, "An Item with given key already exists in the Map")
    }

    /// 400 / 54209: a key has 1 to 256 characters.
    #[must_use]
    pub fn invalid_key() -> Self {
        Self::new(400, 54209, "Invalid Map Item key: 1 to 256 characters are expected")
    }

    /// 413 / 54006: the data is larger than 16 KiB.
    #[must_use]
    pub fn too_large() -> Self {
        Self::new(413, 54006, "Request entity too large: the data of a Map Item is limited to 16 KiB")
    }

    /// 400 / 54507: the query cannot be understood.
    #[must_use]
    pub fn invalid_query(message: impl Into<String>) -> Self {
        Self::new(400, 54507, message)
    }

    /// 400 / 54509: the query has 30 operators or more.
    #[must_use]
    pub fn query_too_long() -> Self {
        Self::new(400, 54509, "The query has too many operators")
    }
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the Sync storage failed");
        Self::new(500, 20500, "Internal server error")
    }
}
