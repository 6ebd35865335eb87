//! Environments (ZE…) of our Serverless Service: which Build is deployed, and on which domain.
//!
//! Knows nothing of what is in a Build.
//! <https://www.twilio.com/docs/serverless/api/resource/environment>

use serde::Deserialize;

use super::client::Call;
use super::{Twilio, TwilioError};

/// An Environment, as far as the server looks at it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Environment {
    /// The deployed Build; none before the first Deployment.
    pub(crate) build_sid: Option<String>,
    /// Where its assets are served, such as `did-1234-dev.twil.io`.
    pub(crate) domain_name: String,
}

#[derive(Deserialize)]
struct Page {
    environments: Vec<Environment>,
}

impl Twilio {
    /// Our Environment.
    pub(crate) async fn fetch_environment(&self) -> Result<Environment, TwilioError> {
        let path = format!("/Environments/{}", self.account.serverless_environment_sid);
        self.send_for(Call::get("fetch Environment", self.serverless(&path))).await
    }

    /// All Environments of our Service. A Service has at most 25, so one page holds them.
    pub(crate) async fn list_environments(&self) -> Result<Vec<Environment>, TwilioError> {
        let page: Page =
            self.send_for(Call::get("list Environments", self.serverless("/Environments?PageSize=100"))).await?;
        Ok(page.environments)
    }
}
