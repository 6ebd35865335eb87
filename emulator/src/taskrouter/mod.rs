//! TaskRouter: one Workspace with its Activities, Workers, TaskQueues and Workflows.
//! [`router`] is its REST API; Workers and Activities may be read and changed from outside, as the Flex UI does.
//! Does not know extensions, and creates no Tasks. <https://www.twilio.com/docs/taskrouter/api>

mod activity;
mod defaults;
pub mod expression;
mod rest;
mod task_queue;
mod task_queue_rules;
mod worker;
mod workflow;
mod workflow_rules;
mod workspace;

pub use activity::{Activity, activities, activity};
pub use defaults::{has_defaults, put_defaults};
pub use rest::router;
pub use worker::{Worker, set_activity, worker_index};
