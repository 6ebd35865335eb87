//! TaskRouter Workflows (WW…): their configuration is a text, and stays one.
//!
//! Knows nothing of what a configuration means. <https://www.twilio.com/docs/taskrouter/api/workflow>

use serde::Deserialize;

use super::client::Call;
use super::{Twilio, TwilioError};

/// A Workflow.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Workflow {
    /// `WW…`.
    pub(crate) sid: String,
    /// Its name.
    pub(crate) friendly_name: String,
    /// The routing, JSON as it was written.
    pub(crate) configuration: String,
}

impl Twilio {
    /// Every Workflow of a Workspace.
    pub(crate) async fn list_workflows(&self, workspace: &str) -> Result<Vec<Workflow>, TwilioError> {
        self.list_all("list Workflows", &self.workspace_url(workspace, "/Workflows"), "workflows").await
    }

    /// Writes a Workflow's configuration.
    pub(crate) async fn update_workflow(
        &self,
        workspace: &str,
        sid: &str,
        configuration: &str,
    ) -> Result<(), TwilioError> {
        let url = self.workspace_url(workspace, &format!("/Workflows/{sid}"));
        let call = Call::post_form("update Workflow", url, &[("Configuration", configuration)]);
        self.send(call.repeatable()).await.map(|_| ())
    }
}
