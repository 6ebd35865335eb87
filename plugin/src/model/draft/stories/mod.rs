//! Stories of this room; see `crate::model::stories`.

mod reading;
