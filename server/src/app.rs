//! What every endpoint can reach.
//!
//! Knows nothing of HTTP.

use std::sync::Arc;

use crate::auth::Sessions;
use crate::config::Config;
use crate::directory::Carried;
use crate::home::Home;
use crate::lookup::Lookup;
use crate::twilio::Twilio;

/// The server, without the doors to it. It holds nothing that can not be rebuilt from Twilio.
pub struct App {
    pub(crate) config: Config,
    pub(crate) home: Arc<dyn Home>,
    pub(crate) twilio: Twilio,
    pub(crate) sessions: Sessions,
    pub(crate) lookup: Lookup,
    pub(crate) carried: Carried,
}

impl App {
    /// Puts the parts together. Nothing is sent yet.
    #[must_use]
    pub fn new(config: Config, home: Arc<dyn Home>) -> Self {
        let twilio = Twilio::new(config.twilio.clone(), home.clone());
        let carried = Carried::new(home.now());
        Self { config, home, twilio, sessions: Sessions::default(), lookup: Lookup::default(), carried }
    }

    /// Reads the published directory before the first caller needs it.
    pub async fn warm_up(&self) {
        self.lookup.refresh_now(self).await;
    }
}
