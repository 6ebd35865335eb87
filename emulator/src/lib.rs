//! A stand-in for Twilio on loopback.
//!
//! One process answers for every Twilio host that the plugin, the server and the Flex UI speak to.
//! `https://X.twilio.com/path` is served at `{base}/X/path`, and `https://<domain>.twil.io/path`
//! at `{base}/twil.io/<domain>/path`; signatures are computed over the real URLs.
//!
//! Tests start it, look into its state, and hold its clock. It knows nothing of the plugin or the server: it is proven
//! by Twilio's own clients.

pub mod account;
mod account_api;
pub mod clock;
pub mod connections;
mod control;
mod demo;
mod flex;
mod iam;
pub mod pages;
mod plugin_service;
pub mod proxy;
pub mod records;
mod resource;
mod rest;
pub mod serverless;
pub mod sid;
pub mod start;
pub mod state;
pub mod store;
mod studio;
pub mod sync;
mod sync_rest;
pub mod taskrouter;
pub mod traffic;
mod twilsock;
pub mod worker_events;

pub use start::{Emulator, StartOptions, start};
