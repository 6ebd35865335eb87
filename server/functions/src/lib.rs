//! The server as a Twilio Function: one Router, made once per process, behind one exported function.
//!
//! Knows nothing of extensions. What only a Function's host has is in `host` and `entry`; the rest of this crate
//! turns what Twilio hands to a Function into a request and is tested natively.

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
