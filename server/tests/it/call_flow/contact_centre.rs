//! An account with a Workflow that has our filters, a queue of agents and a fallback queue, set up over REST.
//!
//! Knows nothing of Flows.

use call_flow::{WorkflowSettings, merge_filter};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use crate::world::{Answer, World, answer};

/// The account, and what was set up in it.
pub(crate) struct ContactCentre {
    pub(crate) world: World,
    pub(crate) workflow: String,
    pub(crate) agents: String,
    pub(crate) fallback: String,
    /// The extension, and the Worker, of the agent whom the tests call.
    pub(crate) extension: String,
    pub(crate) worker: String,
}

impl ContactCentre {
    /// The demo's agents, one of whom is there to be called. `change` adapts the settings of the filters.
    pub(crate) async fn new(change: impl FnOnce(&mut WorkflowSettings)) -> Self {
        let world = World::new().await;
        let row = world.list().await["data"][0].clone();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let mut centre = Self {
            world,
            workflow: String::new(),
            agents: String::new(),
            fallback: String::new(),
            extension: text(&row["extensionNumber"]),
            worker: text(&row["workerSid"]),
        };
        let anyone = centre.find("Workflows", "workflows", "Assign to Anyone").await;
        centre.workflow = text(&anyone["sid"]);
        centre.agents = text(&centre.find("TaskQueues", "task_queues", "Everyone").await["sid"]);
        let fallback = [("FriendlyName", "Escalation"), ("TargetWorkers", "1==1")];
        centre.fallback = text(&centre.post("TaskQueues", &fallback).await["sid"]);
        let mut settings = WorkflowSettings::new(&centre.agents, &centre.fallback);
        change(&mut settings);
        let merged = merge_filter(anyone["configuration"].as_str().unwrap(), &settings).unwrap();
        centre.configure(&merged).await;
        centre.put_agent_into("Available").await;
        centre
    }

    /// Gives the Workflow another configuration.
    pub(crate) async fn configure(&self, configuration: &str) {
        self.post(&format!("Workflows/{}", self.workflow), &[("Configuration", configuration)]).await;
    }

    /// What Studio says to a definition before it is published.
    pub(crate) async fn validate_flow(&self, definition: &Value) -> Answer {
        let env = &self.world.env;
        let definition = definition.to_string();
        let form = [("FriendlyName", "Extensions"), ("Status", "published"), ("Definition", &definition)];
        let request = self.world.http.post(format!("{}/studio/v2/Flows/Validate", env["TWILIO_BASE_URL"])).form(&form);
        answer(self.world.with_credentials(request).send().await.unwrap()).await
    }

    pub(crate) async fn put_agent_into(&self, activity: &str) {
        let sid = self.find("Activities", "activities", activity).await["sid"].as_str().unwrap().to_owned();
        self.post(&format!("Workers/{}", self.worker), &[("ActivitySid", &sid)]).await;
    }

    pub(crate) async fn delete_agent(&self) {
        let path = format!("Workers/{}", self.worker);
        let response = self.request(Method::DELETE, &path).send().await.unwrap();
        assert_eq!(response.status(), 204);
    }

    /// The configuration of a Workflow, which TaskRouter keeps as text.
    pub(super) async fn configuration(&self, workflow: &str) -> Value {
        let workflow = self.get(&format!("Workflows/{workflow}")).await;
        serde_json::from_str(workflow["configuration"].as_str().unwrap()).unwrap()
    }

    /// The Workers whom a queue may ring.
    pub(super) async fn workers_in(&self, queue: &str) -> Vec<Value> {
        let page = self.get(&format!("Workers?TaskQueueSid={queue}&PageSize=1000")).await;
        page["workers"].as_array().unwrap().clone()
    }

    async fn find(&self, path: &str, key: &str, name: &str) -> Value {
        let page = self.get(&format!("{path}?PageSize=1000")).await;
        let rows = page[key].as_array().unwrap_or_else(|| panic!("{page}"));
        rows.iter().find(|row| row["friendly_name"] == name).unwrap().clone()
    }

    async fn get(&self, path: &str) -> Value {
        answer(self.request(Method::GET, path).send().await.unwrap()).await.body
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let Answer { status, body } = answer(self.request(Method::POST, path).form(form).send().await.unwrap()).await;
        assert!((200..300).contains(&status), "{path}: {status} {body}");
        body
    }

    /// A request to TaskRouter with the account's credentials.
    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let env = &self.world.env;
        let base = format!("{}/taskrouter/v1/Workspaces/{}", env["TWILIO_BASE_URL"], env["TASKROUTER_WORKSPACE_SID"]);
        self.world.with_credentials(self.world.http.request(method, format!("{base}/{path}")))
    }
}
