//! The call flow as code: from a few settings to a Studio Flow and a TaskRouter Workflow, and the rules that a Flow and
//! a Workflow must keep so that a caller always reaches somebody.
//!
//! This crate does no I/O, reads no clock and is not async: it turns values into values. It knows neither accounts nor
//! Twilio's REST APIs; whoever fetches and creates Flows and Workflows hands their JSON in and takes ours out.

pub mod definition;
mod import;
mod lint;
pub mod liquid;
mod merge;
mod settings;
pub mod strings;
mod studio;
mod workflow;

pub use import::import_files;
pub use lint::{Finding, LintContext, Problem, Severity, lint_flow, lint_workflow};
pub use merge::{MergeError, merge_filter};
pub use settings::{Gather, Heard, Lookup, Settings, WorkflowSettings};
pub use strings::Spoken;
pub use studio::studio_flow;
pub use workflow::{FALLBACK_FILTER, ROUTING_FILTER, workflow};
