//! Every sentence a person reads, in rooms as the model and the view have them.
//! From outside: all of them by their names, as `strings::SAVE` and `strings::remove_question(…)`.
//! Knows nothing of where a sentence is shown. Each failure comes with a next step.

mod alerts;
mod buttons;
mod counts;
mod editing;
mod notifications;
mod problems;
mod publishing;
mod table;
mod writes;

pub(crate) use alerts::*;
pub(crate) use buttons::*;
pub(crate) use counts::extension_count;
pub(crate) use editing::*;
pub(crate) use notifications::*;
pub(crate) use problems::*;
pub(crate) use publishing::*;
pub(crate) use table::*;
pub(crate) use writes::*;
