//! What an administrator runs beside the server: `pull`, `setup` and `doctor`.
//!
//! The binary calls what is public in these three, and brings arguments, prompts and files; nothing else uses them.
//!
//! They do not know terminals and files, nor the requests that the server answers.

pub mod doctor;
mod draft;
mod error;
pub mod pull;
pub mod setup;
mod strings;
mod workspace;

pub use error::CommandError;
