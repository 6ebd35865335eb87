//! TaskRouter Workspaces (WS…) and what in them rarely changes: Task Channels (TC…) and Task Queues (WQ…).
//!
//! <https://www.twilio.com/docs/taskrouter/api/workspace>

use serde::Deserialize;

use super::{Twilio, TwilioError};

/// Anything in TaskRouter that has a name for people.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NamedResource {
    /// Its SID.
    pub(crate) sid: String,
    /// Its name.
    pub(crate) friendly_name: String,
}

/// A Task Channel.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct TaskChannel {
    /// `TC…`.
    pub(crate) sid: String,
    /// `voice`, `chat`, …
    pub(crate) unique_name: String,
}

impl Twilio {
    /// Every Workspace of the account.
    pub(crate) async fn list_workspaces(&self) -> Result<Vec<NamedResource>, TwilioError> {
        self.list_all("list Workspaces", &self.hosts.product("taskrouter", "/v1/Workspaces"), "workspaces").await
    }

    /// Every Task Channel of a Workspace.
    pub(crate) async fn list_task_channels(&self, workspace: &str) -> Result<Vec<TaskChannel>, TwilioError> {
        self.list_all("list Task Channels", &self.workspace_url(workspace, "/TaskChannels"), "channels").await
    }

    /// Every Task Queue of a Workspace.
    pub(crate) async fn list_task_queues(&self, workspace: &str) -> Result<Vec<NamedResource>, TwilioError> {
        self.list_all("list Task Queues", &self.workspace_url(workspace, "/TaskQueues"), "task_queues").await
    }

    /// The address of something in a Workspace; `path` begins with a slash.
    pub(super) fn workspace_url(&self, workspace: &str, path: &str) -> String {
        self.hosts.product("taskrouter", &format!("/v1/Workspaces/{workspace}{path}"))
    }
}
