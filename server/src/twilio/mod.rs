//! Twilio's REST APIs, as far as the server needs them: one file per resource.
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
mod hosts;
mod map_items;
mod retry;
pub(crate) mod signature;

pub(crate) use assets::NewAssetVersion;
pub(crate) use builds::{AssetVersion, Build, NewBuild, Visibility};
pub(crate) use client::Twilio;
pub use client::TwilioAccount;
pub(crate) use environments::Environment;
pub use error::TwilioError;
pub(crate) use map_items::{Created, MapItem};
pub use retry::RetryPolicy;
