//! Writes to Sync: who asked for each that is underway, and those that are asked for outside the panel.
//! From outside: every room sends its writes through here and is told the answer by its name, [`Asker`].
//! Knows nothing of input fields, of the table and of publishing.

mod batch;
mod bulk_removal;
mod outbox;
mod outbox_delivery;
mod pending;
mod removal;
mod renumbering;
mod save_failure;
#[cfg(test)]
mod stories;
mod underway;
mod undo;

pub use batch::{Batch, FailedRow, RowFailure};
pub use bulk_removal::{BulkRemoval, BulkRemovalEvent, BulkRemovalState};
pub use outbox::{Outbox, OutboxEvent};
pub use pending::{PendingRemoval, PendingState, PendingWrite, TheirChange};
pub use removal::{Removal, RemovalEvent, RemovalState};
pub use renumbering::{Renumbering, RenumberingEvent, UnfinishedRenumbering};
pub use save_failure::SaveFailure;
pub(in crate::model) use underway::{Asker, Sent, Underway};
pub use undo::{UNDO_FOR, Undo, UndoEvent, UndoState};
