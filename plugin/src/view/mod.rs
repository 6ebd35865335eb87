//! What the view shows: Leptos components, in rooms by journey as in the model, one component in each file.
//! From outside: `shell` is mounted into an element of the page, and `Dispatch` takes what a person does out of it.
//! Knows nothing of Sync, of the server and of how the model changes.

mod alerts;
mod derived;
mod dispatch;
mod editing;
mod focus;
mod header;
mod model_reader;
mod publishing;
mod shell;
mod table;
mod widgets;
mod writes;

pub(crate) use dispatch::Dispatch;
pub(crate) use shell::shell;
