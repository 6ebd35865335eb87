//! Stories of this room; see `crate::model::stories`.

mod numbers;
mod panel;
mod theirs;
