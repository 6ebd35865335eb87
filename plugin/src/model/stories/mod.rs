//! Stories of the view, told as events and checked by what is shown and asked for. No browser is needed.
//! From outside: each room tells stories of its own with `world`; here are those of the connection.
//! They know nothing of Leptos, Sync and the server: whatever those would answer is an event that a story makes up.

mod connection;
pub(super) mod world;
