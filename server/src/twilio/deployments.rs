//! Deployments (ZD…): making a Build the live one of our Environment.
//!
//! Does not ask whether the Build may be deployed.
//! <https://www.twilio.com/docs/serverless/api/resource/deployment>

use super::client::{Call, Sid};
use super::{Twilio, TwilioError};

impl Twilio {
    /// Deploys a Build and returns the SID of the Deployment.
    pub(crate) async fn create_deployment(&self, build_sid: &str) -> Result<String, TwilioError> {
        let path = format!("/Environments/{}/Deployments", self.account.serverless_environment_sid);
        let call = Call::post_form("create Deployment", self.serverless(&path), &[("BuildSid", build_sid)]);
        Ok(self.send_for::<Sid>(call).await?.sid)
    }
}
