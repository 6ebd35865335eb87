//! The emulator over real sockets, product by product, but for Sync, which has tests of its own.

#![expect(clippy::unwrap_used, reason = "a test that can not go on fails where it stands")]

mod control;
mod domain;
mod flex_ui;
mod restart;
mod serverless;
mod taskrouter;
mod tokens;
mod world;
