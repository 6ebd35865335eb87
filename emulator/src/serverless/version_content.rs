//! The bytes of Asset Versions and Function Versions.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::records::Version;
use crate::records::put;
use crate::store::{Store, StoreError, Transaction};

/// Version SID -> its bytes in Base64, because records are JSON.
const CONTENTS: &str = "serverless.contents";

/// Writes a Version with its bytes.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn put_version(tx: &mut Transaction<'_>, version: &Version, content: &[u8]) -> Result<(), StoreError> {
    put(tx, version)?;
    tx.put(CONTENTS, &version.sid, &STANDARD.encode(content))
}

/// The bytes that a Version was uploaded with; none for an unknown one.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub fn content(store: &Store, version_sid: &str) -> Result<Vec<u8>, StoreError> {
    let content: Option<String> = store.get(CONTENTS, version_sid)?;
    Ok(content.and_then(|content| STANDARD.decode(content).ok()).unwrap_or_default())
}
