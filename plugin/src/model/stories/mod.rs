//! Stories of the view, told as events and checked by what is shown and asked for. No browser is needed.

mod bulk;
mod connection;
mod draft;
mod left_publish;
mod marks;
mod moves;
mod numbers;
mod outbox;
mod panel;
mod publish;
mod removal;
mod removals_later;
mod review;
mod roster;
mod selection;
mod theirs;
mod undo;
mod world;
