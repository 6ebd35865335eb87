//! The server binary against the emulator, over sockets, as the view and Studio use it.

#![expect(clippy::unwrap_used, reason = "a test that can not go on says where it stopped")]

mod access;
mod bad_input;
mod callers;
mod conflicts;
mod discarding;
mod process;
mod publishing;
mod trouble;
mod world;
