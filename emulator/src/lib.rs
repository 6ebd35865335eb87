//! A stand-in for Twilio on loopback.
//!
//! One process answers for every Twilio host that the plugin, the server and the Flex UI speak to.
//! `https://X.twilio.com/path` is served at `{base}/X/path`, and `https://<domain>.twil.io/path`
//! at `{base}/twil.io/<domain>/path`; signatures are computed over the real URLs.
//!
//! It knows nothing of the plugin or the server: it is proven by Twilio's own clients.

pub mod account;
pub mod api;
pub mod app;
pub mod control;
pub mod cors;
pub mod demo;
pub mod flex;
pub mod iam;
pub mod plugins;
pub mod proxy;
pub mod records;
pub mod rest;
pub mod serverless;
pub mod store;
pub mod studio;
pub mod sync;
pub mod taskrouter;
pub mod traffic;

pub use app::{Emulator, Options, start};
