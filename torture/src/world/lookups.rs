//! What a caller is told.
//!
//! Knows nothing of who else asks at the same time.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::Client;
use serde_json::Value;
use test_world::Env;

use super::World;

/// The extension whose agent tells one directory from another.
pub(crate) const TOLD_APART_BY: &str = "2000";

/// How long Studio waits for an answer.
///
/// <https://www.twilio.com/docs/studio/widget-library/http-request>
const STUDIO_WAITS: Duration = Duration::from_secs(10);

/// Whoever asks the lookup, with the account's credentials.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    http: Client,
    url: String,
    account_sid: String,
    auth_token: String,
}

impl World {
    /// Somebody who asks the server at `url`.
    ///
    /// # Errors
    ///
    /// When the account is not known.
    pub(crate) fn caller(&self, url: &str) -> Result<Caller> {
        Caller::of(&self.env, self.http.clone(), url)
    }
}

impl Caller {
    /// Somebody of the account that these variables name, who asks the server at `url`.
    ///
    /// # Errors
    ///
    /// When they name none.
    pub(crate) fn of(env: &Env, http: Client, url: &str) -> Result<Self> {
        let variable = |name| env.get(name).cloned().with_context(|| format!("{name} is not set"));
        let (account_sid, auth_token) = (variable("TWILIO_ACCOUNT_SID")?, variable("TWILIO_AUTH_TOKEN")?);
        Ok(Self { http, url: format!("{url}/agentExtensions"), account_sid, auth_token })
    }

    /// The same with a connection of its own for each question.
    pub(crate) fn always_anew(self) -> Self {
        let http = Client::builder().pool_max_idle_per_host(0).build().unwrap_or_default();
        Self { http, ..self }
    }

    /// What the lookup answers about an extension.
    ///
    /// # Errors
    ///
    /// When it does not answer as long as Studio waits, or not with 200 and JSON.
    pub(crate) async fn ask(&self, extension: &str) -> Result<Value> {
        match self.answer(extension).await? {
            (200, body) => Ok(body),
            (status, body) => bail!("a caller was answered {status} {body}"),
        }
    }

    /// Where there is no directory to answer from, the lookup says so.
    ///
    /// # Errors
    ///
    /// When it says nothing, or anything else.
    pub(crate) async fn must_be_refused_in_words(&self) -> Result<()> {
        match self.answer(TOLD_APART_BY).await? {
            (503, body) if body["message"].is_string() => Ok(()),
            (status, body) => bail!("with nothing to answer from, a caller was answered {status} {body}"),
        }
    }

    /// Where there is no directory to answer from, or an empty one, nobody gets an agent, and hears so.
    ///
    /// # Errors
    ///
    /// When it says nothing, or anything else.
    pub(crate) async fn must_get_no_agent(&self) -> Result<()> {
        match self.answer(TOLD_APART_BY).await? {
            (503, body) if body["message"].is_string() => Ok(()),
            (200, body) if body["found"] == false => Ok(()),
            (status, body) => bail!("with no agent to lead to, a caller was answered {status} {body}"),
        }
    }

    /// Status and JSON of the answer about an extension.
    async fn answer(&self, extension: &str) -> Result<(u16, Value)> {
        let request = self.http.get(&self.url).query(&[("agentExt", extension)]).timeout(STUDIO_WAITS);
        let response = request.basic_auth(&self.account_sid, Some(&self.auth_token)).send().await;
        let response = response.context("a caller got no answer")?;
        let (status, text) = (response.status(), response.text().await.context("a caller got half an answer")?);
        let body = serde_json::from_str(&text).with_context(|| format!("a caller was answered {status} {text}"))?;
        Ok((status.as_u16(), body))
    }

    /// Which directory the lookup answers from: the agent of the extension that tells one from another.
    ///
    /// # Errors
    ///
    /// As [`Caller::ask`], and when there is no such agent.
    pub(crate) async fn directory(&self) -> Result<String> {
        let body = self.ask(TOLD_APART_BY).await?;
        let worker = body["workerSID"].as_str().map(str::to_owned);
        worker.with_context(|| format!("a caller did not get the agent: {body}"))
    }
}
