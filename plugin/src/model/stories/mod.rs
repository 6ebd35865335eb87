//! Stories of the view, told as events and checked by what is shown and asked for. No browser is needed.
//! Each room has its own beside it; here is what all of them are told with.

mod connection;
pub(super) mod world;
