//! The server's `/admin/*`, in the words of `shared::wire`.
//!
//! The token travels in the body, never in a URL. Knows nothing of when to ask.

use gloo_net::http::{Request, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use shared::wire::{
    BuildRequest, BuildStatus, DiscardReply, DiscardRequest, ErrorBody, FlexToken, ListReply, ListRequest,
    PublishReply, StatusReply, UpdateReply, UpdateRequest,
};

use crate::flex::json;
use crate::model::Problem;

/// The server at one address.
#[derive(Clone, Debug)]
pub(crate) struct Backend {
    base: Option<String>,
}

impl Backend {
    /// The server at `base`, such as `https://extensions.example.com`; none where nobody configured it.
    #[must_use]
    pub(crate) fn new(base: Option<String>) -> Self {
        Self { base }
    }

    /// What is published.
    ///
    /// # Errors
    ///
    /// [`Problem`], like all requests here.
    pub(crate) async fn list(&self, token: FlexToken) -> Result<ListReply, Problem> {
        self.post("/admin/list", &ListRequest { token }).await
    }

    /// Asks for a Build that holds these rows.
    ///
    /// # Errors
    ///
    /// [`Problem`]; the code `version-conflict` or `publish-in-progress` where somebody else was faster.
    pub(crate) async fn update(
        &self,
        token: FlexToken,
        rows: Vec<Value>,
        version: Option<String>,
        confirmed_count: Option<usize>,
    ) -> Result<UpdateReply, Problem> {
        self.post("/admin/update", &UpdateRequest { token, data: rows, version, confirmed_count }).await
    }

    /// How a Build is doing.
    ///
    /// # Errors
    ///
    /// [`Problem`], like all requests here.
    pub(crate) async fn build_status(&self, token: FlexToken, build_sid: String) -> Result<BuildStatus, Problem> {
        let reply: StatusReply = self.post("/admin/update-status", &BuildRequest { token, build_sid }).await?;
        Ok(reply.build_status)
    }

    /// Deploys a Build.
    ///
    /// # Errors
    ///
    /// [`Problem`], like all requests here.
    pub(crate) async fn deploy(&self, token: FlexToken, build_sid: String) -> Result<PublishReply, Problem> {
        self.post("/admin/publish", &BuildRequest { token, build_sid }).await
    }

    /// Ends a publish that nobody goes on with.
    ///
    /// # Errors
    ///
    /// [`Problem`]; the code `publish-in-progress` where somebody does go on with it.
    pub(crate) async fn discard(
        &self,
        token: FlexToken,
        build_sid: Option<String>,
        started_at: String,
    ) -> Result<DiscardReply, Problem> {
        self.post("/admin/discard", &DiscardRequest { token, build_sid, started_at: Some(started_at) }).await
    }

    async fn post<Reply: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<Reply, Problem> {
        let base = self.base.as_ref().ok_or(Problem::NotConfigured)?;
        let request: RequestBuilder = Request::post(&format!("{base}{path}"));
        let unreachable = |error: gloo_net::Error| Problem::Unreachable(error.to_string());
        let body = json::stringify(&serde_json::to_value(body).unwrap_or(Value::Null));
        let request = request.header("Content-Type", "application/json").body(body).map_err(unreachable)?;
        let response = request.send().await.map_err(unreachable)?;
        let answer = json::parse(&response.text().await.map_err(unreachable)?);
        if response.ok() {
            return serde_json::from_value(answer).map_err(|error| Problem::Unreachable(error.to_string()));
        }
        match serde_json::from_value::<ErrorBody>(answer) {
            Ok(body) => Err(Problem::Refused(body)),
            Err(_) => Err(Problem::Unreachable(format!("HTTP {} without a reason", response.status()))),
        }
    }
}
