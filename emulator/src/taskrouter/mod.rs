//! TaskRouter: one Workspace, its Activities and its Workers, as REST lists and fetches them.
//!
//! Knows nothing of extensions. <https://www.twilio.com/docs/taskrouter/api>

mod activity;
mod rest;
mod worker;

pub use activity::{ACTIVITY_NAMES, Activity, MADE_AT, activities, activity};
pub use rest::router;
pub use worker::{Worker, fetch_worker, put_worker, set_activity, workers};
