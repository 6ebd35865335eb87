//! Somebody who publishes, as the view does: list, update, ask for the Build, deploy or discard.
//!
//! Knows nothing of what an answer claims, nor of what goes wrong.

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::Publishing;
use shared::wire::{
    BuildStatus, DiscardReply, ErrorBody, ErrorCode, ListReply, PublishReply, StatusReply, UpdateReply,
};

use crate::ledger::Ledger;
use crate::world::{TOLD_APART_BY, World};

/// How often she asks for a Build that is not ready before she leaves it.
const MOST_LOOKS: usize = 5;

/// Somebody at one server. What she is told stands in the ledger.
#[derive(Debug)]
pub(crate) struct Supervisor<'a> {
    pub(super) world: &'a World,
    pub(super) ledger: &'a Ledger,
    url: String,
    token: &'a str,
    pub(super) name: &'static str,
}

/// What she is told.
#[derive(Debug)]
pub(crate) enum Told<T> {
    /// It is done.
    Done(T),
    /// It is not done, and why.
    Refused(Refusal),
    /// No answer came.
    Nothing,
}

/// Why something is not done.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) body: ErrorBody,
}

impl Refusal {
    /// Whether it leaves open what became of the request: a Function whose time is over, a Deployment nobody heard of.
    pub(crate) fn leaves_open(&self) -> bool {
        matches!((self.status, self.body.code), (503, ErrorCode::TwilioFailed) | (_, ErrorCode::DeploymentUnclear))
    }
}

impl<T: std::fmt::Debug> Told<T> {
    /// It must be done.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub(crate) fn must_be_done(self, what: &str) -> Result<T> {
        match self {
            Self::Done(reply) => Ok(reply),
            told => bail!("with nothing going wrong, {what} was answered {told:?}"),
        }
    }
}

impl<'a> Supervisor<'a> {
    /// The demo's supervisor of this name, at the server at `url`.
    ///
    /// # Errors
    ///
    /// When there is no such person.
    pub(crate) fn at(world: &'a World, url: &str, name: &'static str, ledger: &'a Ledger) -> Result<Self> {
        let token = world.variable(&format!("DEMO_TOKEN_{name}"))?;
        Ok(Self { world, ledger, url: url.to_owned(), token, name })
    }

    /// What is published.
    ///
    /// # Errors
    ///
    /// When the answer is none that the view could read.
    pub(crate) async fn list(&self) -> Result<Told<ListReply>> {
        self.post("list", json!({})).await
    }

    /// Has a Build made of a directory like no other, on top of what she was shown.
    ///
    /// # Errors
    ///
    /// As [`Supervisor::list`].
    pub(crate) async fn update(&self, listed: &ListReply) -> Result<Told<UpdateReply>> {
        let directory = self.ledger.new_directory();
        let mut rows: Vec<Value> =
            listed.data.iter().filter(|row| row["extensionNumber"].is_string()).cloned().collect();
        rows.retain(|row| row["extensionNumber"] != TOLD_APART_BY);
        rows.push(json!({"workerFullName": "Ann", "extensionNumber": TOLD_APART_BY, "workerSid": directory}));
        let count = rows.len();
        let fields = json!({"data": rows, "version": listed.version, "confirmedCount": count});
        let told = self.post("update", fields).await?;
        self.told_of_update(&directory, listed.version.as_deref(), &told);
        Ok(told)
    }

    /// Asks for a Build until it is ready, and deploys it then. Answers whether it is live.
    ///
    /// # Errors
    ///
    /// As [`Supervisor::list`].
    pub(crate) async fn follow(&self, build_sid: &str) -> Result<bool> {
        for _ in 0..MOST_LOOKS {
            let told = self.post::<StatusReply>("update-status", json!({"buildSid": build_sid})).await?;
            self.told_of_status(build_sid, &told);
            match told {
                Told::Done(StatusReply { build_status: BuildStatus::Completed, .. }) => {
                    return Ok(matches!(self.deploy(build_sid).await?, Told::Done(_)));
                }
                Told::Done(StatusReply { build_status: BuildStatus::Failed, .. }) => return Ok(false),
                _ => {}
            }
        }
        Ok(false)
    }

    /// Has a Build deployed.
    ///
    /// # Errors
    ///
    /// As [`Supervisor::list`].
    pub(crate) async fn deploy(&self, build_sid: &str) -> Result<Told<PublishReply>> {
        let since = self.world.now();
        // It may be removed later, when what was live has to be told.
        let contents = self.world.contents_of(build_sid)?;
        self.ledger.asked_again(build_sid, contents.and_then(|contents| contents.directory).as_deref(), since);
        let told = self.post("publish", json!({"buildSid": build_sid})).await?;
        self.told_of_deploy(build_sid, since, &told);
        Ok(told)
    }

    /// Ends the publish that she was shown.
    ///
    /// # Errors
    ///
    /// As [`Supervisor::list`].
    pub(crate) async fn discard(&self, seen: &Publishing) -> Result<Told<DiscardReply>> {
        let fields = json!({"buildSid": seen.build_sid, "startedAt": seen.started_at});
        let told = self.post("discard", fields).await?;
        self.told_of_discard(seen, &told);
        Ok(told)
    }

    /// The whole chain. Answers the Build if she was told that it is live.
    ///
    /// # Errors
    ///
    /// As [`Supervisor::list`].
    pub(crate) async fn publish(&self) -> Result<Option<String>> {
        let Told::Done(listed) = self.list().await? else { return Ok(None) };
        let Told::Done(UpdateReply { build_sid, .. }) = self.update(&listed).await? else { return Ok(None) };
        Ok(self.follow(&build_sid).await?.then_some(build_sid))
    }

    /// Whatever happens, an answer is one that the view can read.
    async fn post<T: DeserializeOwned>(&self, path: &str, mut fields: Value) -> Result<Told<T>> {
        // First, as the view sends it: without it, nobody may send much.
        let mut body = json!({"Token": self.token});
        for (name, value) in fields.as_object_mut().into_iter().flatten() {
            body[name] = value.take();
        }
        let request = self.world.http.post(format!("{}/admin/{path}", self.url)).json(&body);
        let Ok(response) = request.send().await else { return Ok(Told::Nothing) };
        let status = response.status().as_u16();
        let Ok(text) = response.text().await else { return Ok(Told::Nothing) };
        let unreadable = || format!("/admin/{path} answered {status} {text:?}");
        if status == 200 {
            return Ok(Told::Done(serde_json::from_str(&text).with_context(unreadable)?));
        }
        Ok(Told::Refused(Refusal { status, body: serde_json::from_str(&text).with_context(unreadable)? }))
    }
}
