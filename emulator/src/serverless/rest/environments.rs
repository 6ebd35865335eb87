//! Environments: each has a domain and serves one Build.
//!
//! <https://www.twilio.com/docs/serverless/api/resource/environment>

use serde_json::{Value, json};

use super::in_service::{InEnvironment, InService};
use super::services::service_url;
use crate::resource::{Created, Removed, Reply, Resource};
use crate::rest::{Fields, RestError, date};
use crate::serverless::records::Environment;
use crate::sid::random_sid;
use crate::state::AppState;

/// The address of an Environment.
pub(super) fn environment_url(app: &AppState, service_sid: &str, sid: &str) -> String {
    format!("{}/Environments/{sid}", service_url(app, service_sid))
}

impl Resource for Environment {
    fn to_json(&self, app: &AppState) -> Value {
        let url = environment_url(app, &self.service_sid, &self.sid);
        let link = |name: &str| format!("{url}/{name}");
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "service_sid": self.service_sid,
            "build_sid": self.build_sid,
            "unique_name": self.unique_name,
            "domain_suffix": self.domain_suffix,
            "domain_name": self.domain_name,
            "date_created": date(self.created),
            "date_updated": date(self.updated),
            "url": url,
            "links": {"variables": link("Variables"), "deployments": link("Deployments"), "logs": link("Logs")},
        })
    }
}

pub(super) async fn list(service: InService) -> Reply {
    service.request.page_of("environments", &service.newest_first::<Environment>()?)
}

pub(super) async fn create(in_service: InService, fields: Fields) -> Created {
    let unique_name = fields.required("UniqueName")?;
    let suffix = fields.get("DomainSuffix").filter(|suffix| !suffix.is_empty());
    let domain_base = &in_service.service.domain_base;
    let domain_name = match suffix {
        Some(suffix) => format!("{domain_base}-{suffix}.twil.io"),
        None => format!("{domain_base}.twil.io"),
    };
    require_free_names(&in_service, unique_name, &domain_name)?;
    let InService { request, service } = in_service;
    request.create(|created| Environment {
        sid: random_sid("ZE"),
        service_sid: service.sid,
        unique_name: unique_name.to_owned(),
        domain_suffix: suffix.map(str::to_owned),
        domain_name,
        build_sid: None,
        created,
        updated: created,
    })
}

fn require_free_names(in_service: &InService, unique_name: &str, domain_name: &str) -> Result<(), RestError> {
    let has_one = |other: &Environment| other.unique_name == unique_name || other.domain_name == domain_name;
    if in_service.newest_first()?.iter().any(has_one) {
        return Err(RestError::conflict("UniqueName or DomainSuffix is taken"));
    }
    Ok(())
}

pub(super) async fn fetch(InEnvironment { request, environment, .. }: InEnvironment) -> Reply {
    request.reply(&environment)
}

pub(super) async fn remove(InEnvironment { request, environment, .. }: InEnvironment) -> Removed {
    request.remove::<Environment>(&environment.sid)
}
