//! Serverless Services (ZS…) of the account and the Environments (ZE…) in them, as setup finds and makes them.
//!
//! Knows nothing of Builds and of which of them the server works on.
//! <https://www.twilio.com/docs/serverless/api/resource/service>

use serde::Deserialize;

use super::client::Call;
use super::{Twilio, TwilioError};

/// A Serverless Service.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ServerlessService {
    /// `ZS…`.
    pub(crate) sid: String,
    /// What its domains begin with.
    pub(crate) unique_name: String,
}

/// An Environment of any Service.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ServiceEnvironment {
    /// `ZE…`.
    pub(crate) sid: String,
    /// Its name within the Service.
    pub(crate) unique_name: String,
    /// Where it is served.
    pub(crate) domain_name: String,
}

impl Twilio {
    /// Every Serverless Service of the account.
    pub(crate) async fn list_serverless_services(&self) -> Result<Vec<ServerlessService>, TwilioError> {
        self.list_all("list Services", &self.hosts.product("serverless", "/v1/Services"), "services").await
    }

    /// Makes a Service that the Console can edit and whose Functions get the account's credentials.
    pub(crate) async fn create_serverless_service(&self, unique_name: &str) -> Result<ServerlessService, TwilioError> {
        let form = [
            ("UniqueName", unique_name),
            ("FriendlyName", unique_name),
            ("IncludeCredentials", "true"),
            ("UiEditable", "false"),
        ];
        let url = self.hosts.product("serverless", "/v1/Services");
        self.send_for(Call::post_form("create Service", url, &form)).await
    }

    /// Every Environment of a Service.
    pub(crate) async fn list_environments_of(&self, service: &str) -> Result<Vec<ServiceEnvironment>, TwilioError> {
        self.list_all("list Environments", &self.environments_url(service), "environments").await
    }

    /// Makes an Environment whose domain ends in `suffix`.
    pub(crate) async fn create_environment(
        &self,
        service: &str,
        unique_name: &str,
        suffix: &str,
    ) -> Result<ServiceEnvironment, TwilioError> {
        let form = [("UniqueName", unique_name), ("DomainSuffix", suffix)];
        self.send_for(Call::post_form("create Environment", self.environments_url(service), &form)).await
    }

    fn environments_url(&self, service: &str) -> String {
        self.hosts.product("serverless", &format!("/v1/Services/{service}/Environments"))
    }
}
