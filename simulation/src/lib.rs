//! A deterministic simulation: replicas of the real server and the real emulator in one process, without sockets, in
//! virtual time. A seed decides who does what when, and what goes wrong; the same seed does the same again.
//!
//! From outside: [`run()`] for one seed, [`report`] for many.
//!
//! Knows nothing of how the server publishes: it knows what people and callers are told, and what is live.

mod beginning;
mod call;
mod caller;
mod calm;
mod checks;
mod delivery;
mod executor;
mod faults;
mod functions;
mod history;
mod home;
mod incidents;
mod network;
mod oddities;
mod outage;
mod panics;
mod plan;
mod replica;
pub mod report;
mod run;
mod seed;
mod supervisor;
mod toolkit;
mod trace;
mod twilio;
mod underway;
mod world;

pub use checks::{Rule, Violation};
pub use run::{Outcome, run};
