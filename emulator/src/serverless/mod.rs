//! Twilio Serverless: Services, Environments, Assets, Functions, Builds, Deployments and the deployed domain.
//! [`router`], [`upload_router`] and [`deployed_domain`] answer for its hosts; tests and demo data use the records.
//! Knows nothing of what an Asset holds, and does not run Functions: they are kept and deployed like Assets.
//! <https://www.twilio.com/docs/serverless/api>

mod build;
pub mod deployed_domain;
mod records;
mod rest;
pub mod signature;
mod version_content;
mod visibility;

pub use build::fail_next_builds;
pub use records::{AssetOrFunction, Build, Deployment, Environment, Kind, Service, ServiceRecord, Variable, Version};
pub use rest::{router, upload_router};
pub use version_content::{content, put_version};
pub use visibility::Visibility;
