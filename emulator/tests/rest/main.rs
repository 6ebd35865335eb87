//! The emulator over real sockets, product by product, but for Sync, which has tests of its own.

#![expect(clippy::unwrap_used, reason = "a test that can not go on fails where it stands")]

mod control;
mod deployed_domain;
mod fixture;
mod flex_ui;
mod losses;
mod pages;
mod plugins;
mod proxy;
mod restart;
mod routing;
mod serverless;
mod studio;
mod taskrouter;
mod tokens;
mod variables;
