//! Deployments (ZD…): making a Build the live one of our Environment.
//!
//! Does not ask whether the Build may be deployed.
//! <https://www.twilio.com/docs/serverless/api/resource/deployment>

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde::Deserialize;

use super::client::{Call, Sid};
use super::settle::Attempt;
use super::{Twilio, TwilioError};

/// How long one try may take. Twilio may still deploy after that, so this is the call that is waited for longest.
const DEPLOYING: Duration = Duration::from_secs(30);

/// A Build that is live now.
#[derive(Debug)]
pub(crate) struct Deployed {
    /// The SID of the Deployment (`ZD…`); none if it was somebody else's, or the answer got lost.
    pub(crate) deployment_sid: Option<String>,
    /// Whether a request may still be on its way that nobody knows the end of.
    pub(crate) is_another_on_its_way: bool,
}

/// A Deployment of our Environment.
#[derive(Debug, Deserialize)]
pub(crate) struct Deployment {
    /// The Build that it made the live one.
    pub(crate) build_sid: String,
}

#[derive(Deserialize)]
struct Page {
    deployments: Vec<Deployment>,
}

impl Twilio {
    /// Deploys a Build in place of the one with the SID `before`. A Build that is live already is a success, whoever
    /// deployed it. After an unclear try it is not tried again once anything else has been deployed.
    pub(crate) async fn create_deployment(
        &self,
        build_sid: &str,
        before: Option<&str>,
    ) -> Result<Deployed, TwilioError> {
        let unclear = &AtomicBool::new(false);
        let deploy = || -> Attempt<'_, _> {
            Box::pin(async {
                if unclear.load(Ordering::Relaxed) {
                    self.must_be_live(&[before, Some(build_sid)]).await?;
                }
                let sid = self.request_deployment(build_sid).await;
                unclear.fetch_or(sid.as_ref().is_err_and(TwilioError::is_unclear), Ordering::Relaxed);
                sid.map(Some)
            })
        };
        let look = || -> Attempt<'_, _> { Box::pin(async { Ok(self.is_live(build_sid).await?.then_some(None)) }) };
        let deployment_sid = self.settle(deploy, look).await?;
        Ok(Deployed { deployment_sid, is_another_on_its_way: unclear.load(Ordering::Relaxed) })
    }

    async fn must_be_live(&self, either: &[Option<&str>]) -> Result<(), TwilioError> {
        let live = self.fetch_environment().await?.build_sid;
        if either.contains(&live.as_deref()) {
            return Ok(());
        }
        let message = "another Build was deployed meanwhile".to_owned();
        Err(TwilioError::Rejected { operation: "create Deployment", status: 409, code: None, message })
    }

    async fn request_deployment(&self, build_sid: &str) -> Result<String, TwilioError> {
        let call = Call::post_form("create Deployment", self.deployments(), &[("BuildSid", build_sid)]);
        Ok(self.send_for::<Sid>(Call { patience: DEPLOYING, ..call }).await?.sid)
    }

    /// Whether our Environment has deployed this Build.
    pub(crate) async fn is_live(&self, build_sid: &str) -> Result<bool, TwilioError> {
        Ok(self.fetch_environment().await?.build_sid.as_deref() == Some(build_sid))
    }

    /// The latest Deployments of our Environment, newest first.
    pub(crate) async fn list_latest_deployments(&self) -> Result<Vec<Deployment>, TwilioError> {
        let call = Call::get("list Deployments", format!("{}?PageSize=20", self.deployments()));
        Ok(self.send_for::<Page>(call).await?.deployments)
    }

    /// Whether this Build was live lately, or is.
    pub(crate) async fn was_deployed(&self, build_sid: &str) -> Result<bool, TwilioError> {
        let deployments = self.list_latest_deployments().await?;
        Ok(deployments.iter().any(|deployment| deployment.build_sid == build_sid))
    }

    fn deployments(&self) -> String {
        self.serverless(&format!("/Environments/{}/Deployments", self.account.serverless_environment_sid))
    }
}
