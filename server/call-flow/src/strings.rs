//! Every sentence of this crate.
//!
//! Take [`Spoken`] for what a caller hears, `sentence` and `advice` for what an administrator reads about a problem.
//!
//! It does not know the widgets that speak and the rules that find a problem.

mod findings;
mod spoken;

pub(crate) use findings::{advice, sentence};
pub use spoken::Spoken;
