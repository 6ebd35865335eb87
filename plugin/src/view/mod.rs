//! What the view shows. Reads the model through `reader` and dispatches events; one component in each file.
//!
//! Knows nothing of Sync, of the server and of how the model changes.

mod agent_field;
mod ago;
mod alerts;
mod bulk;
mod conflict;
mod dialog;
mod discard;
mod dispatch;
mod focus;
mod found;
mod header;
mod heads;
mod icons;
mod marks;
mod number_field;
mod pager;
mod panel;
mod pending;
mod places;
mod publishing;
mod reader;
mod removal;
mod review;
mod review_rows;
mod roster;
mod row;
mod rows;
mod seated;
mod selection;
mod shell;
mod stages;
mod toolbar;
mod undo;

pub(crate) use dispatch::Dispatch;
pub(crate) use shell::shell;
