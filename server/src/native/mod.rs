//! Sockets, files, signals and timers: everything that only a native process has.
//!
//! Knows nothing of Twilio and of extensions.

mod home;
mod serve;

pub(crate) use home::NativeHome;
pub(crate) use serve::serve;
