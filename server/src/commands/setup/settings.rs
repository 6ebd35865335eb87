//! The settings of the server that follow from what is in the account.
//!
//! Does not know the file that they are written to.

use super::survey::Survey;
use super::survey::serverless::ServerlessEnvironment;

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
pub(super) fn settings(survey: &Survey) -> Vec<Setting> {
    let Survey { config, draft_map_sid, serverless, call_flow, .. } = survey;
    let account = &config.twilio;
    let environment = serverless.environment();
    let own_address = environment.map(ServerlessEnvironment::address);
    let address = Some(config.functions_base.clone()).filter(|address| !address.is_empty()).or(own_address);
    let found_workspace = call_flow.as_ref().map(|call_flow| call_flow.workspace_sid.clone());
    let workspace = found_workspace.or_else(|| config.workspace_sid.clone());
    let always = [
        ("TWILIO_ACCOUNT_SID", Some(account.account_sid.clone())),
        ("TWILIO_AUTH_TOKEN", Some(account.auth_token.reveal().to_owned())),
        ("FLEX_APP_FUNCTIONS_BASE", address),
        ("FLEX_SYNC_SERVICE_SID", Some(account.sync_service_sid.clone())),
        ("FLEX_SYNC_MAP_NAME", Some(config.sync_map_name.clone())),
        ("FLEX_SYNC_MAP_SID", draft_map_sid.clone()),
        ("TWILIO_SERVERLESS_SERVICE_SID", serverless.service_sid().map(str::to_owned)),
        ("TWILIO_SERVERLESS_ENVIRONMENT_SID", environment.map(|environment| environment.sid.clone())),
    ];
    let only_where_known = [("TASKROUTER_WORKSPACE_SID", workspace), ("TWILIO_BASE_URL", account.base_url.clone())];
    let only_where_known = only_where_known.into_iter().filter(|(_, value)| value.is_some());
    always.into_iter().chain(only_where_known).map(|(name, value)| Setting { name, value }).collect()
}
