//! What is in a Build, as far as one is told from another by it.
//!
//! Knows nothing of what is live.

use anyhow::Result;
use emulator::records::find;
use emulator::serverless::{Build, content};
use emulator::store::Store;
use serde_json::Value;

use super::TOLD_APART_BY;

const ASSET: &str = "/extensions.json";
/// Some editors write it before everything else (RFC 3629, 6).
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What tells one Build from another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contents {
    pub(crate) version: Option<String>,
    pub(crate) directory: Option<String>,
}

impl Contents {
    /// Those of a Build; none if it is not there.
    ///
    /// # Errors
    ///
    /// When the emulator's state can not be read.
    pub(super) fn read(store: &Store, build_sid: &str) -> Result<Option<Self>> {
        let Some(build) = find::<Build>(store, build_sid)? else { return Ok(None) };
        let version = build.asset_versions.into_iter().find(|version| version.path == ASSET).map(|version| version.sid);
        let directory = version.as_ref().and_then(|sid| directory_of(store, sid));
        Ok(Some(Self { version, directory }))
    }
}

/// Which directory an Asset Version holds.
fn directory_of(store: &Store, version: &str) -> Option<String> {
    let content = content(store, version).ok()?;
    let rows: Vec<Value> = serde_json::from_slice(content.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&content)).ok()?;
    let row = rows.into_iter().find(|row| row["extensionNumber"] == TOLD_APART_BY)?;
    Some(row["workerSid"].as_str()?.to_owned())
}
