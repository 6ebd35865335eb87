//! Publishing, the whole chain: list what is published, update, wait for the Build, deploy.
//!
//! It is one mutual-exclusion section. [`update()`] takes the lock, a Map Item that every open view sees;
//! [`deploy()`] gives it back, and so does every failure on the way. If nobody comes back for it, it expires.
//!
//! Any answer of Twilio can get lost after the work was done. So after an unclear write we look before we decide, the
//! lock names what is under way before it is, and what may still arrive is left to the next one in its [`leftovers`].
//!
//! From outside: one function for each step, and [`discard()`] to end a publish that was left.
//!
//! Knows nothing of requests and replies, of who may publish, and of how callers are answered.

mod build_status;
mod deploy;
mod discard;
mod end;
mod leftovers;
mod list;
mod lock;
mod submission;
mod update;

use std::time::Duration;

pub(crate) use build_status::{BuildStatusError, build_status};
pub(crate) use deploy::{DeployError, Live, deploy};
pub(crate) use discard::{DiscardOutcome, SeenPublish, discard};
pub(crate) use list::{Listing, list};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use list::{Progress, progress};
pub(crate) use lock::LockError;
pub(crate) use submission::{Submission, SubmissionError};
pub(crate) use update::{RequestedBuild, UpdateError, update};

/// For how long a publish may take. After that its lock expires and its Build counts as abandoned.
const LONGEST_PUBLISH: Duration = Duration::from_secs(15 * 60);

#[cfg(test)]
mod tests;
