//! The call flow as code: a Studio Flow and a TaskRouter Workflow made from a few settings, and the rules that both
//! must keep so that a caller always reaches somebody.
//!
//! Call [`studio_flow`] and [`workflow`] to make them, [`merge_filter`] to add to a Workflow, [`lint_flow`] and
//! [`lint_workflow`] to check them; [`definition`] and [`liquid`] read a Flow as Studio does.
//!
//! It knows neither accounts nor Twilio's REST APIs, does no I/O, reads no clock and is not async: JSON comes in and
//! goes out.

pub mod definition;
mod import_files;
mod lint;
pub mod liquid;
mod merge;
mod problem;
mod settings;
pub mod strings;
mod studio;
mod workflow;

pub use import_files::{ImportFile, import_files};
pub use lint::{Finding, LintContext, lint_flow, lint_workflow};
pub use merge::{MergeError, merge_filter};
pub use problem::{Problem, Severity};
pub use settings::{Gather, Lookup, Prompts, Settings, WorkflowSettings};
pub use strings::Spoken;
pub use studio::studio_flow;
pub use workflow::{FALLBACK_FILTER, ROUTING_FILTER, workflow};
