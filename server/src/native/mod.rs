//! Sockets, files, signals and timers: everything that only a native process has.
//!
//! From outside: [`serve_from_environment`], [`health()`], and [`NativeHome`] for the commands.
//!
//! Knows nothing of Twilio and of extensions.

mod connections;
mod health;
mod heard;
mod home;
mod progress;
mod serve;
mod start;

pub(crate) use health::health;
pub(crate) use home::NativeHome;
use serve::serve;
pub(crate) use start::{log_to_stderr, serve_from_environment};
