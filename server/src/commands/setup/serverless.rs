//! The Serverless Service, its Environment, and whether the asset is published there.
//!
//! Knows nothing of what the asset holds.

use super::{Change, Choices, Plan};
use crate::app::App;
use crate::base::Base;
use crate::commands::{Stopped, strings};
use crate::directory::{Deployed, fetch_deployed};
use crate::twilio::ServiceEnvironment;

/// Where the directory is published, as far as it is there.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub(super) service_sid: Option<String>,
    pub(super) environment: Option<ServiceEnvironment>,
    pub(super) deployed: Option<Deployed>,
}

impl Place {
    /// What publishes to this place.
    pub(super) fn base(&self, app: &App) -> Result<Base, Stopped> {
        match (&self.service_sid, &self.environment) {
            (Some(service), Some(environment)) => Ok(app.base.aimed_at(service, &environment.sid)),
            _ => Err(Stopped::new(strings::ENVIRONMENT_GONE)),
        }
    }
}

/// Plans what is missing.
pub(super) async fn survey(app: &App, choices: &Choices, plan: &mut Plan) -> Result<Place, Stopped> {
    let first = Change::PublishFirst { path: app.base.config.asset_name.clone() };
    let (name, suffix) = (unique_name(choices), choices.environment.clone());
    let Some(service_sid) = find_service(app, &choices.service).await? else {
        plan.changes.push(Change::CreateService { name: choices.service.clone() });
        plan.changes.extend([Change::CreateEnvironment { name, suffix }, first]);
        return Ok(Place::default());
    };
    let Some(environment) = find_environment(app, &service_sid, &name).await? else {
        plan.changes.extend([Change::CreateEnvironment { name, suffix }, first]);
        return Ok(Place { service_sid: Some(service_sid), ..Place::default() });
    };
    let deployed = fetch_deployed(&app.base.aimed_at(&service_sid, &environment.sid)).await?;
    if deployed.asset().is_none() {
        plan.changes.push(first);
    }
    Ok(Place { service_sid: Some(service_sid), environment: Some(environment), deployed: Some(deployed) })
}

/// The Environment's name in the way of the Serverless Toolkit, so that both work on the same one.
fn unique_name(choices: &Choices) -> String {
    format!("{}-environment", choices.environment)
}

async fn find_service(app: &App, name: &str) -> Result<Option<String>, Stopped> {
    let services = app.base.twilio.list_serverless_services().await?;
    let wanted = &app.base.config.twilio.serverless_service_sid;
    if wanted.is_empty() {
        return Ok(services.into_iter().find(|service| service.unique_name == name).map(|service| service.sid));
    }
    match services.into_iter().find(|service| service.sid == *wanted) {
        Some(service) => Ok(Some(service.sid)),
        None => Err(Stopped::new(strings::not_in_account("TWILIO_SERVERLESS_SERVICE_SID"))),
    }
}

async fn find_environment(app: &App, service: &str, name: &str) -> Result<Option<ServiceEnvironment>, Stopped> {
    let environments = app.base.twilio.list_environments_of(service).await?;
    let wanted = &app.base.config.twilio.serverless_environment_sid;
    if wanted.is_empty() {
        return Ok(environments.into_iter().find(|environment| environment.unique_name == name));
    }
    let found = environments.into_iter().find(|environment| environment.sid == *wanted);
    found.map(Some).ok_or_else(|| Stopped::new(strings::not_in_account("TWILIO_SERVERLESS_ENVIRONMENT_SID")))
}

pub(super) async fn create_service(app: &App, name: &str) -> Result<(), Stopped> {
    if find_service(app, name).await?.is_none() {
        app.base.twilio.create_serverless_service(name).await?;
    }
    Ok(())
}

pub(super) async fn create(app: &App, choices: &Choices, name: &str, suffix: &str) -> Result<(), Stopped> {
    let service = find_service(app, &choices.service).await?;
    let service = service.ok_or_else(|| Stopped::new(strings::ENVIRONMENT_GONE))?;
    if find_environment(app, &service, name).await?.is_none() {
        app.base.twilio.create_environment(&service, name, suffix).await?;
    }
    Ok(())
}
