//! Stories of this room; see `crate::model::stories`.

mod left_publish;
mod publish;
mod review;
