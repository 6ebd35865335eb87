//! TaskRouter: one Workspace with its Activities, Workers, TaskQueues and Workflows.
//! [`router`] is its REST API; the event bridge and the search index may ask for Workers and Activities, the demo for what a
//! new account has. Does not know extensions, and makes no Tasks. <https://www.twilio.com/docs/taskrouter/api>

mod activity;
mod defaults;
pub mod expression;
mod queue;
mod queue_rules;
mod rest;
mod worker;
mod workflow;
mod workflow_rules;
mod workspace;

pub use activity::{Activity, activities, activity};
pub use defaults::{has_defaults, put_defaults};
pub use rest::router;
pub use worker::{Worker, set_activity, worker_index};
