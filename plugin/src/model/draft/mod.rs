//! The draft: the Sync Map as far as it has been read, and what a guarded write of one Map Item is.
//! From outside: [`Draft`] is read by every room, [`Write`]s are judged by their [`Guard`] against what Sync holds.
//! Knows nothing of who edits and of what is published, and has no effects: it is data and its rules.

mod guard;
mod index;
mod item;
mod items;
mod row_keys;
mod search_text;
#[cfg(test)]
mod stories;
mod write;

pub use guard::{Guard, Refusal};
pub use item::{Item, KeyedRow};
pub use items::{Draft, Reading};
pub use row_keys::RowKeys;
pub use search_text::{matches, words};
pub(in crate::model) use write::NotWritten;
pub use write::{Put, Write, Written};
