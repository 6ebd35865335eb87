//! The words both sides agree on: types, rules and the wire.
//!
//! From outside: [`Directory`], [`AgentExtension`] and [`NumberRules`] with what belongs to them are the types and
//! their rules; [`wire`] is what plugin and server send each other.
//!
//! This crate knows nothing of who asks and where anything is kept: it does no I/O, reads no clock and is not async.
//! It can fail only by rejecting input, and its errors are data, not prose:
//! whoever shows them to a person words them.

mod agent_extension;
mod digits;
mod directory;
mod extension_number;
mod number_rules;
mod numbers_in_use;
mod publishing;
mod reading;
mod reserved_numbers;
mod row_problem;
mod sid;
pub mod wire;
mod worker_name;

pub use agent_extension::{AgentExtension, UNREADABLE};
pub use directory::{Change, Directory, DirectoryError, InvalidRow, Taken};
pub use extension_number::{ExtensionNumber, ExtensionNumberError};
pub use number_rules::NumberRules;
pub use numbers_in_use::{NumbersInUse, PrefixConflict};
pub use publishing::{PUBLISHING_KEY, Publishing, PublishingStage, publishing_map_name};
pub use reading::{OddRow, Reading, RejectedRow};
pub use reserved_numbers::{ReservedNumbers, ReservedNumbersError};
pub use row_problem::{Oddity, RowError};
pub use sid::{SidError, WorkerSid, is_sid};
pub use worker_name::WorkerNameError;
