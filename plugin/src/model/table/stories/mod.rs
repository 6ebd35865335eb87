//! Stories of this room; see `crate::model::stories`.

mod recent_changes;
mod roster;
mod selection;
