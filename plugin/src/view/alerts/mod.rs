//! What a person must know before going on: conflicts, failures, a lost connection. Each comes with a next step.
//! From outside: `alerts`, all of them in their order.
//! Knows nothing of how a publish or a write goes on after its button was pressed.

mod alert_list;
mod loading;
mod publishing;

pub(super) use alert_list::alerts;
