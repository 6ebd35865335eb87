//! The server binary against the emulator, over sockets, as the view and Studio use it.

#![expect(clippy::unwrap_used, reason = "a test that can not go on says where it stopped")]

mod access;
mod bad_input;
mod call_flow;
mod callers;
mod conflicts;
#[cfg(feature = "toolkit")]
mod deploying;
mod discarding;
#[cfg(target_os = "linux")]
mod hostile_assets;
#[cfg(feature = "toolkit")]
mod inside;
mod lost_replies;
mod odd_assets;
mod process;
mod publishing;
mod sockets;
mod strangers;
mod trouble;
mod world;
