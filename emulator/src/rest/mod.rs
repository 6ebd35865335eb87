//! What all of Twilio's REST APIs have in common: how refusals, forms, dates and pages of lists look.
//! From outside: every product may use `RestError`, `Fields`, `date` and `page`.
//! Does not know the account, nor anything else of the state that is served.

mod date;
mod error;
mod form;
mod page;

pub(crate) use date::date;
pub(crate) use error::RestError;
pub(crate) use form::Fields;
pub(crate) use page::page;
