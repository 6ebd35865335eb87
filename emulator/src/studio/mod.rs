//! Studio: Flows are kept, listed and checked.
//! [`router`] is all that may be called from outside.
//! Does not know what the widgets of a Flow do: no Flow is executed. <https://www.twilio.com/docs/studio/rest-api/v2>

mod definition;
mod flow;
mod rest;

pub(crate) use rest::router;
