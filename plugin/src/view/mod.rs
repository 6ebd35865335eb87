//! What the view shows. Reads the model through `reader` and dispatches events; one component in each file.
//!
//! Knows nothing of Sync, of the server and of how the model changes.

mod agent_field;
mod alerts;
mod dispatch;
mod focus;
mod header;
mod icons;
mod number_field;
mod pager;
mod panel;
mod reader;
mod removal;
mod roster;
mod row;
mod shell;
mod stages;

pub(crate) use dispatch::Dispatch;
pub(crate) use shell::shell;
