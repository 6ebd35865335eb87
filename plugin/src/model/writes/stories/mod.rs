//! Stories of this room; see `crate::model::stories`.

mod bulk_removal;
mod outbox;
mod removal;
mod removals_later;
mod renumbering;
mod undo;
