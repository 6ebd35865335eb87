//! The bytes of Asset Versions and Function Versions.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::records::Version;
use crate::records::put;
use crate::store::{Store, StoreError, Transaction};

/// Version SID -> its bytes.
const FILES: &str = "serverless.files";
/// Version SID -> its bytes in Base64, as earlier emulators wrote them.
const OLD_CONTENTS: &str = "serverless.contents";

/// Writes a Version with its bytes.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn put_version(tx: &mut Transaction<'_>, version: &Version, content: &[u8]) -> Result<(), StoreError> {
    put(tx, version)?;
    tx.put_bytes(FILES, &version.sid, content.to_vec())
}

/// The bytes that a Version was uploaded with; none for an unknown one.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub fn content(store: &Store, version_sid: &str) -> Result<Vec<u8>, StoreError> {
    if let Some(content) = store.get_bytes(FILES, version_sid)? {
        return Ok(content);
    }
    let content: Option<String> = store.get(OLD_CONTENTS, version_sid)?;
    Ok(content.and_then(|content| STANDARD.decode(content).ok()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_earlier_emulator_kept_is_still_served() {
        let store = Store::in_memory();
        store.write(|tx| tx.put(OLD_CONTENTS, "ZN1", &STANDARD.encode("[1]"))).unwrap();
        assert_eq!(content(&store, "ZN1").unwrap(), b"[1]");
        assert_eq!(content(&store, "ZN2").unwrap(), b"");
    }
}
