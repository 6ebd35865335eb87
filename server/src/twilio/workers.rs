//! TaskRouter Workers (WK…): who there is, and who is in a Task Queue.
//!
//! <https://www.twilio.com/docs/taskrouter/api/worker>

use serde::Deserialize;
use serde_json::Value;

use super::{Twilio, TwilioError};

/// A Worker.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Worker {
    /// `WK…`.
    pub(crate) sid: String,
    /// Its unique name: in Flex, the identity of the person.
    pub(crate) friendly_name: String,
    /// A JSON object as text.
    attributes: String,
}

impl Worker {
    /// The name that Flex shows for the agent.
    pub(crate) fn full_name(&self) -> String {
        let attributes: Value = serde_json::from_str(&self.attributes).unwrap_or_default();
        attributes["full_name"].as_str().unwrap_or(&self.friendly_name).to_owned()
    }
}

impl Twilio {
    /// Every Worker of a Workspace.
    pub(crate) async fn list_workers(&self, workspace: &str) -> Result<Vec<Worker>, TwilioError> {
        self.list_all("list Workers", &self.workspace_url(workspace, "/Workers"), "workers").await
    }

    /// Every Worker that Tasks in a Task Queue may ring.
    pub(crate) async fn list_workers_of_queue(&self, workspace: &str, queue: &str) -> Result<Vec<Worker>, TwilioError> {
        let url = self.workspace_url(workspace, &format!("/Workers?TaskQueueSid={queue}"));
        self.list_all("list Workers of a Task Queue", &url, "workers").await
    }
}
