//! Every sentence of this crate: what a caller hears, and what an administrator reads about a finding.
//!
//! Knows nothing of when a sentence is said.

mod findings;
mod spoken;

pub(crate) use findings::{advice, sentence};
pub use spoken::Spoken;
