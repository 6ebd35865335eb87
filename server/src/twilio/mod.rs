//! Twilio's REST APIs, as far as the server needs them: one file per resource.
//!
//! From outside: `Twilio`, whose methods are named after Twilio's operations, and what they return.
//!
//! Knows nothing of our own endpoints, of extensions or of who is asking. It never names the web framework.

mod asset_content;
mod assets;
mod builds;
mod client;
mod deployments;
mod environments;
mod error;
mod flex_tokens;
#[cfg(not(target_arch = "wasm32"))]
mod functions_base;
mod hosts;
mod map_items;
mod pages;
mod retry;
#[cfg(not(target_arch = "wasm32"))]
mod serverless_services;
mod settle;
pub(crate) mod signature;
#[cfg(not(target_arch = "wasm32"))]
mod studio_flows;
#[cfg(not(target_arch = "wasm32"))]
mod sync_maps;
#[cfg(not(target_arch = "wasm32"))]
mod workers;
#[cfg(not(target_arch = "wasm32"))]
mod workflows;
#[cfg(not(target_arch = "wasm32"))]
mod workspaces;

pub(crate) use asset_content::ServedAsset;
pub(crate) use assets::NewAssetVersion;
pub(crate) use builds::{AssetVersion, Build, NewBuild, Visibility};
pub(crate) use client::Twilio;
pub use client::TwilioAccount;
pub(crate) use deployments::Deployed;
pub(crate) use environments::Environment;
pub use error::TwilioError;
pub(crate) use map_items::{Created, Creation, MapItem};
pub use retry::RetryPolicy;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use serverless_services::ServiceEnvironment;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use studio_flows::StudioFlow;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use workers::Worker;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use workflows::Workflow;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use workspaces::NamedResource;
