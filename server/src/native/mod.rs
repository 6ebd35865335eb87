//! Sockets, files, signals and timers: everything that only a native process has.
//!
//! From outside: [`serve_from_environment`], [`health()`], and for the commands [`NativeHome`] and [`replace_file`].
//!
//! Knows nothing of Twilio and of extensions.

mod atomic_file;
mod connections;
mod health;
mod heard;
mod home;
mod kept_file;
mod listen;
mod progress;
mod serve;
mod start;
mod turns;

pub(crate) use atomic_file::{FileReaders, replace_file};
pub(crate) use health::health;
pub(crate) use home::NativeHome;
use serve::serve;
pub(crate) use start::{log_to_stderr, serve_from_environment};
use turns::Turns;
