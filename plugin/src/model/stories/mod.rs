//! Stories of the view, told as events and checked by what is shown and asked for. No browser is needed.

mod connection;
mod draft;
mod panel;
mod publish;
mod removal;
mod world;
