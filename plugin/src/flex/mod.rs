//! JavaScript: Flex's Manager, the Sync client, the worker search and Flex's notifications, with Rust's types.
//! From outside: [`Host`] is Flex, [`SyncConnection`] and [`SyncMap`] are Sync, [`Subscription`] ends when it is dropped.
//! Knows nothing of what the view looks like and of the server. Nothing outside this room touches a JavaScript value.

mod failure;
mod host;
pub mod json;
pub mod notifications;
mod subscription;
mod sync;
mod sync_map;
mod sys;
mod tab_storage;
mod teams;
mod time;
mod workers;

pub use failure::log;
pub use host::Host;
pub use subscription::Subscription;
pub use sync::SyncConnection;
pub use sync_map::{MapEvent, SyncMap};
pub use sys::Host as HostObject;
pub use tab_storage::{store_pending, stored_pending};
pub use time::{exact, iso, now, now_milliseconds, time_of_day};
