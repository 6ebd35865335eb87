//! Studio Flows (FW…).
//!
//! Knows nothing of what a definition means. <https://www.twilio.com/docs/studio/rest-api/v2/flow>

use serde::Deserialize;
use serde_json::Value;

use super::client::Call;
use super::{Twilio, TwilioError};

/// A Flow as a list shows it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct FlowRow {
    /// `FW…`.
    pub(crate) sid: String,
    /// Its name.
    pub(crate) friendly_name: String,
}

/// A Flow with what it does.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct StudioFlow {
    /// Its name.
    pub(crate) friendly_name: String,
    /// The widgets and how they lead to each other.
    pub(crate) definition: Value,
}

impl Twilio {
    /// Every Flow of the account, without definitions.
    pub(crate) async fn list_flows(&self) -> Result<Vec<FlowRow>, TwilioError> {
        self.list_all("list Flows", &self.hosts.product("studio", "/v2/Flows"), "flows").await
    }

    /// One Flow.
    pub(crate) async fn fetch_flow(&self, sid: &str) -> Result<StudioFlow, TwilioError> {
        self.send_for(Call::get("fetch Flow", self.hosts.product("studio", &format!("/v2/Flows/{sid}")))).await
    }

    /// Asks Studio whether it takes a definition. Nothing is made.
    pub(crate) async fn validate_flow(&self, friendly_name: &str, definition: &Value) -> Result<(), TwilioError> {
        let url = self.hosts.product("studio", "/v2/Flows/Validate");
        self.send(flow_call("validate Flow", url, friendly_name, definition).repeatable()).await.map(|_| ())
    }

    /// Makes a published Flow.
    pub(crate) async fn create_flow(&self, friendly_name: &str, definition: &Value) -> Result<FlowRow, TwilioError> {
        let url = self.hosts.product("studio", "/v2/Flows");
        self.send_for(flow_call("create Flow", url, friendly_name, definition)).await
    }

    /// Writes a new revision of a Flow and publishes it. The earlier ones are kept by Studio.
    pub(crate) async fn update_flow(
        &self,
        sid: &str,
        friendly_name: &str,
        definition: &Value,
    ) -> Result<(), TwilioError> {
        let url = self.hosts.product("studio", &format!("/v2/Flows/{sid}"));
        self.send(flow_call("update Flow", url, friendly_name, definition)).await.map(|_| ())
    }
}

fn flow_call(operation: &'static str, url: String, friendly_name: &str, definition: &Value) -> Call {
    let definition = definition.to_string();
    let form = [
        ("FriendlyName", friendly_name),
        ("Status", "published"),
        ("Definition", &definition),
        ("CommitMessage", "agent-extensions setup"),
    ];
    Call::post_form(operation, url, &form)
}
