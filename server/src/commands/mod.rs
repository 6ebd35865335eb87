//! What an administrator runs beside the server: `pull`, `setup` and `doctor`, without terminal and files.
//!
//! It stands where `routes` stands: it uses `publish`, `directory` and `twilio`, and nothing uses it but the binary,
//! which brings arguments, prompts and files. Knows nothing of requests.

pub mod doctor;
mod draft;
pub mod pull;
pub mod setup;
mod stopped;
mod strings;
mod workspace;

pub use stopped::Stopped;
