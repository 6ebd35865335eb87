//! What reaches Twilio, and what that changes: what is live from then on, and a Build that is to be a special one.
//!
//! Knows nothing of the way there.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde_json::Value;

use crate::call::Subject;
use crate::history::Deployer;
use crate::oddities::NextBuild;
use crate::world::World;

impl World {
    /// Delivers a request of `sender` to Twilio and takes note of what it changed.
    pub(crate) async fn deliver(&self, request: Request<Bytes>, sender: Deployer) -> Response<Bytes> {
        let subject = Subject::of(&request);
        if subject == Subject::Domain
            && let Some(content) = self.old_asset()
        {
            return Response::new(content);
        }
        let response = self.twilio.answer(request).await;
        if response.status() == StatusCode::CREATED {
            match subject {
                Subject::Deployment => self.went_live(sender),
                Subject::NewBuild => self.spoil_build(&response),
                _ => {}
            }
        }
        response
    }

    /// Takes note of the Build that is live by now.
    pub(crate) fn went_live(&self, by: Deployer) {
        let Some(build) = self.twilio.environment().build_sid.and_then(|sid| self.twilio.build(&sid)) else { return };
        let (now, directory) = (self.executor.elapsed(), self.twilio.directory(&build));
        let late = self.oddities().next_deployment_is_late.take();
        if let Some(late) = late {
            let before = self.checks().history.now().map(|live| live.build.clone());
            let content = before.and_then(|build| self.twilio.asset_content(&build));
            if let Some(content) = content {
                self.oddities().serve_old_asset(content.into(), now + late);
            }
        }
        self.trace(|| {
            format!("{} with {} is live, deployed by {by:?}", build.sid, directory.as_deref().unwrap_or("-"))
        });
        self.checks().went_live(now, build, directory, by);
        if by != Deployer::Beginning {
            self.deployed.notify_one();
        }
    }

    /// What the asset of the Build holds that is live.
    #[must_use]
    pub(crate) fn live_asset(&self) -> Option<Bytes> {
        let build = self.twilio.build(&self.twilio.environment().build_sid?)?;
        Some(self.twilio.asset_content(&build)?.into())
    }

    /// What the domain serves in place of the asset that is live.
    #[must_use]
    pub(crate) fn old_asset(&self) -> Option<Bytes> {
        self.oddities().old_asset(self.executor.elapsed())
    }

    fn spoil_build(&self, response: &Response<Bytes>) {
        let Some(next) = self.oddities().next_build.take() else { return };
        let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let Some(mut build) = body["sid"].as_str().and_then(|sid| self.twilio.build(sid)) else { return };
        match next {
            NextBuild::Fails => build.fails = true,
            NextBuild::IsEndless => build.ready = i64::MAX,
        }
        self.twilio.put_build(&build);
        self.trace(|| format!("{} {next:?}", build.sid));
    }
}
