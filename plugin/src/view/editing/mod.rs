//! Adding and editing an extension in the panel beside the table.
//! From outside: `panel`, which is there while it is open.
//! Knows nothing of which button opened it, and of what happens to a write after the panel has closed.

mod agent_field;
mod agent_options;
mod edit_conflict;
mod number_field;
mod panel;

pub(super) use panel::panel;
