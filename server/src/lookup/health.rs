//! How the lookup is: what it answers from, how old that is, and what keeps it from newer rows.
//!
//! Knows nothing of who asks.

use std::sync::Arc;
use std::time::Duration;

use super::{Lookup, Problem};
use crate::base::Base;

/// How the lookup is.
#[derive(Debug, Default)]
pub(crate) struct LookupHealth {
    /// What it answers from; none if there is nothing.
    pub(crate) directory: Option<AnsweredFrom>,
    /// Why the last refresh brought nothing.
    pub(crate) problem: Option<Arc<Problem>>,
}

/// The directory that callers are answered from.
#[derive(Debug)]
pub(crate) struct AnsweredFrom {
    /// How many extensions there are.
    pub(crate) extensions: usize,
    /// The SID of the Asset Version that it was read from, where that is known.
    pub(crate) version: Option<String>,
    /// How long ago it was last seen that this is what is deployed; none if that was before this start.
    pub(crate) confirmed_ago: Option<Duration>,
}

impl Lookup {
    /// How it is right now. Nobody is asked.
    pub(crate) fn health(&self, base: &Base) -> LookupHealth {
        let state = self.state();
        let directory = state.published.map(|published| AnsweredFrom {
            extensions: published.index.len(),
            version: published.version().map(str::to_owned),
            confirmed_ago: state.confirmed.map(|at| base.home.now().duration_since(at).unsigned_abs()),
        });
        LookupHealth { directory, problem: state.problem }
    }
}
