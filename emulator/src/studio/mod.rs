//! Studio: Flows are kept, listed and checked; they are not executed.
//!
//! Knows nothing of extensions. <https://www.twilio.com/docs/studio/rest-api/v2>

mod definition;
mod flow;
mod rest;

pub use definition::{Flaw, flaws};
pub use flow::Flow;
pub use rest::router;
