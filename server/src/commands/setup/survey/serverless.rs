//! The Serverless Service and its Environment, and what is deployed there.
//!
//! Does not know what the published asset holds.

use crate::base::Base;
use crate::commands::setup::choices::Choices;
use crate::commands::{CommandError, strings};
use crate::directory::fetch_deployed;
use crate::twilio::ServiceEnvironment;

/// The path of the lookup, at a server and among Functions.
pub(crate) const LOOKUP_PATH: &str = "/agentExtensions";

/// Where the directory is published, as far as it is there.
#[derive(Clone, Debug)]
pub(crate) enum ServerlessPlace {
    /// There is no such Service.
    NoService,
    /// There is the Service, without the Environment.
    NoEnvironment {
        /// `ZS…`.
        service_sid: String,
    },
    /// There are both.
    Environment(ServerlessEnvironment),
}

/// The Environment, and what is deployed there.
#[derive(Clone, Debug)]
pub(crate) struct ServerlessEnvironment {
    /// The Service (`ZS…`).
    pub(crate) service_sid: String,
    /// `ZE…`.
    pub(crate) sid: String,
    /// Where it is served.
    pub(crate) domain_name: String,
    /// Whether the directory is published there.
    pub(crate) has_asset: bool,
    /// The Function (`ZH…`) that looks extensions up; none where a server does.
    pub(crate) lookup_function_sid: Option<String>,
}

impl ServerlessPlace {
    /// The Service's SID, if it is there.
    pub(crate) fn service_sid(&self) -> Option<&str> {
        match self {
            Self::NoService => None,
            Self::NoEnvironment { service_sid } => Some(service_sid),
            Self::Environment(environment) => Some(&environment.service_sid),
        }
    }

    /// The Environment, if it is there.
    pub(crate) fn environment(&self) -> Option<&ServerlessEnvironment> {
        if let Self::Environment(environment) = self { Some(environment) } else { None }
    }
}

impl ServerlessEnvironment {
    /// The address that it is served at.
    pub(crate) fn address(&self) -> String {
        format!("https://{}", self.domain_name)
    }
}

/// Looks for both, and at what is deployed.
pub(crate) async fn find(base: &Base, choices: &Choices) -> Result<ServerlessPlace, CommandError> {
    let Some(service_sid) = find_service(base, &choices.service).await? else { return Ok(ServerlessPlace::NoService) };
    let name = choices.environment_unique_name();
    let Some(environment) = find_environment(base, &service_sid, &name).await? else {
        return Ok(ServerlessPlace::NoEnvironment { service_sid });
    };
    let deployed = fetch_deployed(&base.aimed_at(&service_sid, &environment.sid)).await?;
    let function = deployed.build.as_ref().and_then(|build| build.function_at(LOOKUP_PATH));
    Ok(ServerlessPlace::Environment(ServerlessEnvironment {
        has_asset: deployed.asset().is_some(),
        lookup_function_sid: function.map(str::to_owned),
        service_sid,
        sid: environment.sid,
        domain_name: environment.domain_name,
    }))
}

/// The Service that the settings name by its SID, or else the one of this unique name.
async fn find_service(base: &Base, name: &str) -> Result<Option<String>, CommandError> {
    let services = base.twilio.list_serverless_services().await?;
    let set = &base.config.twilio.serverless_service_sid;
    if set.is_empty() {
        return Ok(services.into_iter().find(|service| service.unique_name == name).map(|service| service.sid));
    }
    match services.into_iter().find(|service| service.sid == *set) {
        Some(service) => Ok(Some(service.sid)),
        None => Err(CommandError::new(strings::not_in_account("TWILIO_SERVERLESS_SERVICE_SID"))),
    }
}

/// The Environment that the settings name by its SID, or else the one of this unique name.
async fn find_environment(base: &Base, service: &str, name: &str) -> Result<Option<ServiceEnvironment>, CommandError> {
    let environments = base.twilio.list_environments_of(service).await?;
    let set = &base.config.twilio.serverless_environment_sid;
    if set.is_empty() {
        return Ok(environments.into_iter().find(|environment| environment.unique_name == name));
    }
    let found = environments.into_iter().find(|environment| environment.sid == *set);
    found.map(Some).ok_or_else(|| CommandError::new(strings::not_in_account("TWILIO_SERVERLESS_ENVIRONMENT_SID")))
}
