//! Stories of writes: removing one row or many, taking it back, waiting for the connection, and numbers half changed.
//! From outside: nothing is called; they are told with `model::stories::world`.
//! They do not know Sync: its answer to each write, and what it reports of others, are events that a story makes up.

mod bulk_removal;
mod outbox;
mod removal;
mod removals_later;
mod renumbering;
mod underway;
mod undo;
