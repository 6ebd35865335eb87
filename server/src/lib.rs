//! The backend of Agent DID Extensions: list, update, publish and lookup of agent extensions.
//!
//! One [`router`] with everything behind it, for two homes: a native binary and a Twilio Function.
//! It knows no socket, no file, no signal and no timer; [`home::Home`] brings those.
//!
//! Dependencies run one way: `routes` → `app` → `auth`, `publish`, `directory`, `lookup` → `base` → `twilio` → `home`.
//! Among the four, `publish` uses `auth` and `directory`, and `lookup` uses `directory`; never the other way round.

mod app;
mod auth;
mod base;
mod bundled_asset;
#[cfg(not(target_arch = "wasm32"))]
pub mod commands;
pub mod config;
mod directory;
pub mod error;
pub mod home;
mod lookup;
mod publish;
mod routes;
#[cfg(test)]
mod scripted_home;
pub mod secret;
mod strings;
pub mod twilio;

pub use app::App;
pub use base::Base;
pub use config::Config;
pub use routes::router;
