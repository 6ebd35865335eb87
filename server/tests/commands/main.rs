//! The administrator's commands, black-box: the binary is run against the emulator.

#![expect(clippy::unwrap_used, reason = "a test that can not go on fails where it stands")]

mod doctor;
mod env_file;
mod flow;
mod health;
mod pull;
mod setup;
mod world;
