//! What every room above stands on: the settings, the way to the network, and a client for the Twilio account.
//!
//! Knows nothing of what is published, of who asks and of requests.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::bundled_asset::BundledAsset;
use crate::config::Config;
use crate::home::Home;
use crate::twilio::Twilio;

/// One account, as it is reached from here. It holds nothing that can not be rebuilt from Twilio.
#[derive(Clone)]
pub struct Base {
    pub(crate) config: Arc<Config>,
    pub(crate) home: Arc<dyn Home>,
    pub(crate) twilio: Twilio,
    /// The private version of the published asset that this process reads without asking Twilio.
    pub(crate) bundled_asset: Arc<BundledAsset>,
}

impl Base {
    /// Puts the parts together. Nothing is sent yet.
    #[must_use]
    pub fn new(config: Config, home: Arc<dyn Home>) -> Self {
        let twilio = Twilio::new(config.twilio.clone(), home.clone());
        let bundled_asset = Arc::new(BundledAsset::new(home.clone(), config.asset_name.clone()));
        Self { config: Arc::new(config), home, twilio, bundled_asset }
    }

    /// The same for answering one request that begins now: what Twilio is asked ends in time to tidy up and to answer.
    #[must_use]
    pub(crate) fn for_request(&self) -> Self {
        self.until(self.home.longest_request() * 3 / 4)
    }

    /// The same for tidying up after a request that begins now.
    #[must_use]
    pub(crate) fn for_tidying_up(&self) -> Self {
        self.until(self.home.longest_request() / 4)
    }

    fn until(&self, limit: Duration) -> Self {
        let deadline = self.home.now().saturating_add(limit).unwrap_or(Timestamp::MAX);
        Self { twilio: self.twilio.until(deadline), ..self.clone() }
    }

    /// The same account with the asset published in another Serverless Service (`ZS…`) and Environment (`ZE…`).
    #[must_use]
    pub fn aimed_at(&self, service_sid: &str, environment_sid: &str) -> Self {
        let mut config = Config::clone(&self.config);
        config.twilio.serverless_service_sid = service_sid.to_owned();
        config.twilio.serverless_environment_sid = environment_sid.to_owned();
        let twilio = Twilio::new(config.twilio.clone(), self.home.clone());
        Self { config: Arc::new(config), twilio, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scripted_home::{Answer, ScriptedHome, config};

    #[tokio::test]
    async fn a_request_and_tidying_up_after_it_end_in_time_while_twilio_says_nothing() {
        let home = Arc::new(ScriptedHome::new(|_| Answer::Silence));
        let base = Base::new(config(), home.clone());
        let (began, longest) = (home.now(), home.longest_request());
        let request = base.for_request();
        while request.twilio.fetch_environment().await.is_err_and(|error| error.is_unclear()) {}
        let tidying_up = base.for_tidying_up();
        while tidying_up.twilio.fetch_environment().await.is_err_and(|error| error.is_unclear()) {}
        let took = Duration::try_from(home.now().duration_since(began)).unwrap();
        assert!(took <= longest && took > longest / 2, "{took:?} of {longest:?}");
    }
}
