//! The life of a Build: it is `building` for a while, then `completed`, or `failed` if a test ordered it.
//!
//! The status follows from the clock, so a Build goes on over a restart.

use serde::Serialize;

use super::records::{Build, Environment, find};
use crate::store::{Store, StoreError, Transaction};

/// Where it is kept how many of the next Builds are to fail.
const BUILD_FAULTS: &str = "serverless.build_faults";

/// Where a Build is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum BuildStatus {
    Building,
    Completed,
    Failed,
}

impl std::fmt::Display for BuildStatus {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Building => "building",
            Self::Completed => "completed",
            Self::Failed => "failed",
        })
    }
}

impl Build {
    /// The status at an instant.
    pub(super) fn status(&self, now: i64) -> BuildStatus {
        match self.fails {
            _ if now < self.ready => BuildStatus::Building,
            false => BuildStatus::Completed,
            true => BuildStatus::Failed,
        }
    }
}

/// The Build that an Environment serves.
pub(super) fn deployed_build(store: &Store, environment: &Environment) -> Result<Option<Build>, StoreError> {
    match &environment.build_sid {
        Some(sid) => find(store, &environment.service_sid, sid),
        None => Ok(None),
    }
}

/// The next Builds are to fail.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn fail_next_builds(store: &Store, times: u32) -> Result<(), StoreError> {
    store.write(|tx| tx.put(BUILD_FAULTS, BUILD_FAULTS, &times))
}

/// Whether the Build that is being created is one of those that are to fail.
pub(super) fn take_fault(tx: &mut Transaction<'_>) -> Result<bool, StoreError> {
    let faults: u32 = tx.get(BUILD_FAULTS, BUILD_FAULTS)?.unwrap_or(0);
    tx.put(BUILD_FAULTS, BUILD_FAULTS, &faults.saturating_sub(1))?;
    Ok(faults > 0)
}
