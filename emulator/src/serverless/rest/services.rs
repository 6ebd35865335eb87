//! Services: the root of everything Serverless. <https://www.twilio.com/docs/serverless/api/resource/service>

use serde_json::{Value, json};

use super::in_service::InService;
use crate::records::{newest_first, put};
use crate::resource::{Created, Removed, Reply, Resource, RestRequest};
use crate::rest::{Fields, date};
use crate::serverless::records::Service;
use crate::sid::{random_digits, random_sid};
use crate::state::AppState;

impl Resource for Service {
    fn to_json(&self, app: &AppState) -> Value {
        let url = service_url(app, &self.sid);
        let link = |name: &str| format!("{url}/{name}");
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "unique_name": self.unique_name,
            "friendly_name": self.friendly_name,
            "domain_base": self.domain_base,
            "include_credentials": true,
            "ui_editable": true,
            "date_created": date(self.created),
            "date_updated": date(self.created),
            "url": url,
            "links": {
                "environments": link("Environments"),
                "functions": link("Functions"),
                "assets": link("Assets"),
                "builds": link("Builds"),
            },
        })
    }
}

/// The address of a Service.
pub(super) fn service_url(app: &AppState, sid: &str) -> String {
    format!("{}/serverless/v1/Services/{sid}", app.base)
}

pub(super) async fn list(request: RestRequest) -> Reply {
    request.page_of("services", &newest_first::<Service>(&request.app.store, |_| true)?)
}

pub(super) async fn create(request: RestRequest, fields: Fields) -> Created {
    let (unique_name, friendly_name) = (fields.required("UniqueName")?, fields.required("FriendlyName")?);
    request.require_free_name::<Service>(unique_name)?;
    request.create(|created| Service {
        sid: random_sid("ZS"),
        unique_name: unique_name.to_owned(),
        friendly_name: friendly_name.to_owned(),
        domain_base: format!("{unique_name}-{}", random_digits()),
        created,
    })
}

pub(super) async fn update(InService { request, mut service }: InService, fields: Fields) -> Reply {
    if let Some(friendly_name) = fields.get("FriendlyName") {
        service.friendly_name = friendly_name.to_owned();
    }
    request.app.store.write(|tx| put(tx, &service))?;
    request.reply(&service)
}

pub(super) async fn remove(InService { request, service }: InService) -> Removed {
    request.remove::<Service>(&service.sid)
}
