//! What every endpoint can reach: the base, and what the server remembers between two requests.
//!
//! Knows nothing of HTTP.

use std::sync::Arc;
use std::time::Duration;

use async_lock::Semaphore;

use crate::auth::Sessions;
use crate::base::Base;
use crate::config::Config;
use crate::home::Home;
use crate::lookup::Lookup;

/// The server without its routes. It holds nothing that can not be rebuilt from Twilio.
pub struct App {
    pub(crate) base: Base,
    pub(crate) sessions: Sessions,
    pub(crate) lookup: Lookup,
    pub(crate) large_bodies: LargeBodies,
}

/// What keeps large bodies from filling the memory.
pub(crate) struct LargeBodies {
    /// Room for what has arrived of them, in pieces of 64 kB: 50 MB in all. Who sends slowly takes little of it.
    pub(crate) room: Arc<Semaphore>,
    /// The turn to be read once all of it has arrived. Reading takes several times the size.
    pub(crate) turn: Arc<Semaphore>,
}

/// How many pieces of large bodies may be in memory at once.
pub(crate) const MOST_PIECES: usize = 800;

impl Default for LargeBodies {
    fn default() -> Self {
        Self { room: Arc::new(Semaphore::new(MOST_PIECES)), turn: Arc::new(Semaphore::new(1)) }
    }
}

impl App {
    /// Puts the parts together. Nothing is sent yet.
    #[must_use]
    pub fn new(config: Config, home: Arc<dyn Home>) -> Self {
        Self {
            base: Base::new(config, home),
            sessions: Sessions::default(),
            lookup: Lookup::default(),
            large_bodies: LargeBodies::default(),
        }
    }

    /// Reads the published directory where that is due, and says after how long it is to be called again. A home that
    /// says [`Home::refreshes_unseen`] calls it from the start on.
    pub async fn keep_fresh(&self) -> Duration {
        self.lookup.keep_fresh(&self.base).await
    }
}
