//! The server as a Twilio Function: one Router, made once per process, behind one exported function.
//!
//! From outside: [`event::request`] and [`settings::setting`]; the Function's JavaScript calls what `entry` exports.
//! What needs a Function's host is in `entry`, `host`, `log` and `timer`; the rest is tested natively.
//!
//! Knows nothing of extensions.

#[cfg(target_arch = "wasm32")]
pub mod entry;
pub mod event;
#[cfg(target_arch = "wasm32")]
pub mod host;
#[cfg(target_arch = "wasm32")]
mod log;
pub mod settings;
#[cfg(target_arch = "wasm32")]
mod timer;
