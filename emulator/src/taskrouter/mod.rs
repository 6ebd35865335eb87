//! TaskRouter: one Workspace with its Activities, Workers, TaskQueues and Workflows, over REST.
//!
//! Knows nothing of extensions and makes no Tasks. <https://www.twilio.com/docs/taskrouter/api>

mod activity;
mod contents;
pub mod expression;
mod queue;
mod rest;
mod worker;
mod worker_rest;
mod workflow;
mod workspace;

pub use activity::{ACTIVITY_NAMES, Activity, MADE_AT, activities, activity};
pub use queue::{EVERYONE, TaskQueue, has_queues};
pub use rest::router;
pub use worker::{Worker, set_activity, workers};
pub use workflow::{ASSIGN_TO_ANYONE, Workflow};

use crate::account::Account;
use crate::records::put;
use crate::store::{StoreError, Transaction};

/// Writes the queue and the Workflow that a new Flex account has.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn put_defaults(tx: &mut Transaction<'_>, account: &Account) -> Result<(), StoreError> {
    let everyone = TaskQueue::everyone(account, MADE_AT);
    put(tx, &Workflow::assign_to_anyone(account, &everyone.sid, MADE_AT))?;
    put(tx, &everyone)
}
