//! The supervisor's view of Agent DID Extensions, as one WASM module that Flex mounts.
//!
//! `model` is what the view knows (pure), `view` is what it shows (Leptos), `flex` is the only place that touches
//! JavaScript, `backend` speaks to the server, `draft_connection` keeps the draft open in Sync, `burst` takes what it
//! reports in bunches, `signals` hold the model, `runtime` carries out its effects, and `app` is what the
//! JavaScript entry starts.
//!
//! It knows nothing of Twilio's REST APIs, nor of how a call finds its agent: what it needs it asks Flex or the server.

pub mod app;
mod backend;
mod burst;
mod draft_connection;
pub mod flex;
pub mod model;
mod runtime;
mod signals;
mod strings;

mod view;
