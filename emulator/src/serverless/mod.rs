//! Twilio Serverless: Services, Environments, Assets, Functions, Builds, Deployments and the deployed domain.
//!
//! Functions are kept and deployed like Assets but never run. <https://www.twilio.com/docs/serverless/api>

pub mod api;
mod builds;
mod contents;
mod deployments;
pub mod domain;
mod environments;
mod kind;
mod records;
mod services;
pub mod signature;
pub mod upload;
mod variables;

pub use builds::{BUILD_FAULTS, fail_next_builds};
pub use kind::{Kind, Visibility};
pub use records::{
    Build, Content, Deployment, Environment, InService, Parent, Service, Variable, Version, content, put_version,
};
