//! Writes beyond the panel: removing one row or many, taking that back, and what did not arrive yet.
//! From outside: `removal`, `bulk_removal` and `undo` on the screen, `outbox` and `renumbering` among the alerts.
//! Knows nothing of the table that a removal is asked for in.

mod bulk_removal;
mod outbox;
mod pending_list;
mod removal;
mod renumbering;
mod undo;

pub(super) use bulk_removal::bulk_removal;
pub(super) use outbox::outbox;
pub(super) use removal::removal;
pub(super) use renumbering::renumbering;
pub(super) use undo::undo;
