//! Environments: each has a domain and serves one Build.
//!
//! Knows nothing of how a Build gets there. <https://www.twilio.com/docs/serverless/api/resource/environment>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::records::{Environment, Service, find};
use super::services::url;
use crate::account::random_sid;
use crate::app::App;
use crate::records::{newest_first, put, tick};
use crate::rest::{self, Created, Credentials, Fields, Reply, Resource, RestError, by_name, date, made, page_of};

impl Resource for Environment {
    fn resource(&self, app: &App) -> Value {
        let url = format!("{}/Environments/{}", url(app, &self.service_sid), self.sid);
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

/// An Environment of a Service by its SID.
pub(super) fn environment(
    app: &App,
    service_name: &str,
    sid: &str,
    uri: &OriginalUri,
) -> Result<(Service, Environment), RestError> {
    let service = by_name::<Service>(app, service_name, uri)?;
    let environment = find(&app.store, &service.sid, sid)?.ok_or_else(|| RestError::not_found(uri.path()))?;
    Ok((service, environment))
}

fn of(service: &Service) -> impl Fn(&Environment) -> bool + use<'_> {
    |environment| environment.service_sid == service.sid
}

pub(super) async fn list(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
) -> Reply {
    let service: Service = by_name(&app, &name, &uri)?;
    page_of(&app, &uri, "environments", &newest_first(&app.store, of(&service))?)
}

pub(super) async fn create_environment(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
    fields: Fields,
) -> Created {
    let service: Service = by_name(&app, &name, &uri)?;
    let unique_name = fields.required("UniqueName")?;
    let suffix = fields.get("DomainSuffix").filter(|suffix| !suffix.is_empty());
    let domain_name = match suffix {
        Some(suffix) => format!("{}-{suffix}.twil.io", service.domain_base),
        None => format!("{}.twil.io", service.domain_base),
    };
    let taken =
        |environment: &Environment| environment.unique_name == unique_name || environment.domain_name == domain_name;
    if newest_first(&app.store, of(&service))?.iter().any(taken) {
        return Err(RestError::taken("UniqueName or DomainSuffix is taken"));
    }
    let environment = app.store.write(|tx| {
        let created = tick(tx)?;
        let environment = Environment {
            sid: random_sid("ZE"),
            service_sid: service.sid.clone(),
            unique_name: unique_name.to_owned(),
            domain_suffix: suffix.map(str::to_owned),
            domain_name: domain_name.clone(),
            build_sid: None,
            created,
            updated: created,
        };
        put(tx, &environment)?;
        Ok::<_, RestError>(environment)
    })?;
    Ok(made(&app, &environment))
}

pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    Ok(Json(environment(&app, &name, &sid, &uri)?.1.resource(&app)))
}

pub(super) async fn remove(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Result<StatusCode, RestError> {
    let (_, environment) = environment(&app, &name, &sid, &uri)?;
    rest::remove::<Environment>(&app, &environment.sid, &uri)
}
