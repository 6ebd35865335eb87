//! The account itself: its credentials, its Sync Maps, and who may call the server.

use shared::publishing_map_name;

use super::{Finding, strings};
use crate::base::Base;
use crate::commands::CommandError;
use crate::config::Config;
use crate::twilio::TwilioError;

/// Where Twilio serves Flex.
pub(super) const FLEX: &str = "https://flex.twilio.com";

/// Whether Twilio takes the credentials.
pub(super) async fn credentials(base: &Base) -> Result<Vec<Finding>, CommandError> {
    match base.twilio.list_serverless_services().await {
        Ok(_) => Ok(Vec::new()),
        Err(TwilioError::Unauthorized { .. }) => {
            Ok(vec![Finding::error("credentials", "TWILIO_AUTH_TOKEN", strings::credentials())])
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether pages of Flex may call the server.
pub(super) fn origins(config: &Config) -> Vec<Finding> {
    if config.flex_origins.iter().any(|origin| origin.trim_end_matches('/') == FLEX) {
        return Vec::new();
    }
    vec![Finding::error("cors-origin", "FLEX_ORIGINS", strings::origins(FLEX, &config.flex_origins))]
}

/// Whether the Sync Maps are there.
pub(super) async fn maps(base: &Base) -> Result<Vec<Finding>, CommandError> {
    let draft = &base.config.sync_map_name;
    let mut findings = Vec::new();
    for name in [draft.clone(), publishing_map_name(draft)] {
        if base.twilio.fetch_map(&name).await?.is_none() {
            let words = strings::no_map(&name);
            findings.push(match name == *draft {
                true => Finding::error("map-missing", name, words),
                // The server makes it at the first publish.
                false => Finding::warning("publishing-map-missing", name, words),
            });
        }
    }
    Ok(findings)
}
