//! The settings of the server that follow from what setup found and made.
//!
//! Knows nothing of the file that they are written to.

use super::serverless::Place;
use crate::config::Config;

/// A variable, and its value once that is known. It may be a secret, so there is no Debug output of it.
#[derive(Clone)]
pub struct Setting {
    /// The variable's name.
    pub name: &'static str,
    /// Its value; none before what it names is made.
    pub value: Option<String>,
}

impl std::fmt::Debug for Setting {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Every setting that the account decides.
pub(super) fn settings(
    config: &Config,
    place: &Place,
    map_sid: Option<String>,
    workspace: Option<String>,
) -> Vec<Setting> {
    let account = &config.twilio;
    let environment = place.environment.as_ref();
    let domain = environment.map(|environment| format!("https://{}", environment.domain_name));
    let base = Some(config.functions_base.clone()).filter(|base| !base.is_empty()).or(domain);
    let always = [
        ("TWILIO_ACCOUNT_SID", Some(account.account_sid.clone())),
        ("TWILIO_AUTH_TOKEN", Some(account.auth_token.reveal().to_owned())),
        ("FLEX_APP_FUNCTIONS_BASE", base),
        ("FLEX_SYNC_SERVICE_SID", Some(account.sync_service_sid.clone())),
        ("FLEX_SYNC_MAP_NAME", Some(config.sync_map_name.clone())),
        ("FLEX_SYNC_MAP_SID", map_sid),
        ("TWILIO_SERVERLESS_SERVICE_SID", place.service_sid.clone()),
        ("TWILIO_SERVERLESS_ENVIRONMENT_SID", environment.map(|environment| environment.sid.clone())),
    ];
    let sometimes = [("TASKROUTER_WORKSPACE_SID", workspace), ("TWILIO_BASE_URL", account.base_url.clone())];
    let sometimes = sometimes.into_iter().filter(|(_, value)| value.is_some());
    always.into_iter().chain(sometimes).map(|(name, value)| Setting { name, value }).collect()
}
