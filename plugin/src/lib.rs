//! The supervisor's view of Agent DID Extensions, as one WASM module that Flex mounts.
//!
//! `model` is what the view knows (pure), `view` is what it shows (Leptos), `flex` is the only place that touches
//! JavaScript, `backend` speaks to the server, `live` keeps the draft open in Sync, `signals`
//! hold the model, and `app` puts them together.

pub mod app;
mod backend;
pub mod flex;
mod intake;
mod live;
pub mod model;
mod signals;
mod strings;
mod view;
