//! What tests of the running server stand on: an emulator over sockets, the server as a process, natively or inside a
//! Twilio Function, and other tools that deploy.
//! From outside: [`start_emulator`], [`environment`], [`native`], [`functions`] and [`Tools`].
//! Knows nothing of what is tested.

pub mod functions;
pub mod native;
mod server;
mod tools;
mod twilio;

pub use server::{Env, Server};
pub use tools::Tools;
pub use twilio::{FUNCTIONS_BASE, environment, start_emulator};
