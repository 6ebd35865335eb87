//! Publishing: the reviewed rows go to the server, their Build is waited for, and deployed.
//!
//! Knows nothing of HTTP. Editing goes on meanwhile, because what is published is the draft as it was reviewed.

use serde_json::Value;
use shared::Publishing;
use shared::wire::{BuildStatus, ErrorCode, PublishReply, UpdateReply};

use super::progress;
use super::stage::{Conflict, PublishFailure, Stage};
use crate::model::{Effect, Model, Notification, Problem, Timer};

/// How long to wait between two questions for the Build's status, in milliseconds.
const POLL_EVERY: u32 = 2000;

/// How often to ask before saying that it takes too long: five minutes in all.
const MOST_POLLS: u32 = 150;

/// The publish that this view runs.
#[derive(Clone, Debug, Default)]
pub struct Publish {
    /// How far it got.
    pub stage: Stage,
    /// What the server said stands in the way.
    pub(super) conflict: Option<Conflict>,
    /// The Build of this publish, once there is one. It stays, so that our own lock is known as ours.
    build_sid: Option<String>,
    /// When it began and when it was live, in milliseconds since 1970.
    pub(super) began: Option<i64>,
    pub(super) ended: Option<i64>,
    /// The Build that other tools deployed in the same moment, and whose code is not live now.
    pub overtaken: Option<String>,
    attempt: u32,
    rows: usize,
    polls: u32,
}

/// What happened to a publish.
#[derive(Clone, Debug)]
pub enum PublishEvent {
    /// The person wants to go on with the Build that took too long or could not be deployed, or that somebody else left.
    ResumeClicked,
    /// The person has read how it ended.
    Dismissed,
    /// The server's answer to the rows.
    Updated {
        /// The attempt it belongs to.
        attempt: u32,
        /// What it says.
        answer: Result<UpdateReply, Problem>,
    },
    /// It is time to ask for the status again.
    PollDue(u32),
    /// The server's answer about the Build.
    BuildStatusFetched {
        /// The attempt it belongs to.
        attempt: u32,
        /// What it says.
        answer: Result<BuildStatus, Problem>,
    },
    /// The server's answer to deploying.
    Deployed {
        /// The attempt it belongs to.
        attempt: u32,
        /// What it says.
        answer: Result<PublishReply, Problem>,
    },
}

impl Publish {
    /// Whether a publish of this view is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.stage, Stage::Uploading | Stage::Building | Stage::Deploying)
    }

    /// Whether a publish that stopped has a Build to go on with.
    #[must_use]
    pub fn may_resume(&self) -> bool {
        match self.stage {
            Stage::Failed(PublishFailure::TooLong(_) | PublishFailure::Problem(_)) => self.build_sid.is_some(),
            _ => false,
        }
    }

    /// Whether this lock is held for our own Build.
    #[must_use]
    pub fn owns(&self, lock: &Publishing) -> bool {
        lock.build_sid.is_some() && lock.build_sid == self.build_sid
    }

    /// Callers reach it, whatever was said of it before.
    pub(super) fn went_live(&mut self) {
        self.stage = Stage::Live;
    }

    /// Forgets everything about it. Answers that are still on their way come too late.
    pub(super) fn give_up(&mut self) {
        *self = Self { attempt: self.attempt + 1, ..Self::default() };
    }

    pub(super) fn forget_in_progress(&mut self) {
        if matches!(self.conflict, Some(Conflict::InProgress(_))) {
            self.conflict = None;
        }
    }

    fn fetch_build_status(&self) -> Vec<Effect> {
        let attempt = self.attempt;
        self.build_sid.clone().map(|build_sid| Effect::FetchBuildStatus { attempt, build_sid }).into_iter().collect()
    }

    fn poll_later(&mut self) -> Vec<Effect> {
        self.polls += 1;
        if self.polls >= MOST_POLLS {
            return self.fail(PublishFailure::TooLong(self.build_sid.clone().unwrap_or_default()));
        }
        vec![Effect::Wait { milliseconds: POLL_EVERY, timer: Timer::Poll(self.attempt) }]
    }

    fn fail(&mut self, failure: PublishFailure) -> Vec<Effect> {
        let over = match &failure {
            PublishFailure::BuildFailed(_) => true,
            PublishFailure::TooLong(_) => false,
            PublishFailure::Problem(problem) => {
                matches!(problem.code(), Some(ErrorCode::PublishDiscarded | ErrorCode::UnknownBuild))
            }
        };
        if over {
            self.build_sid = None;
        }
        self.stage = Stage::Failed(failure);
        vec![Effect::Notify(Notification::PublishFailed)]
    }

    /// A conflict is no failure of this publish: nothing was changed, and the alert says what to do.
    fn refuse(&mut self, problem: Problem) -> Vec<Effect> {
        let conflict = match &problem {
            Problem::Refused(body) if body.code == ErrorCode::VersionConflict => Conflict::UpdatedByOther,
            Problem::Refused(body) if body.code == ErrorCode::PublishInProgress => {
                let by = body.detail.as_ref().and_then(|detail| detail.get("startedBy")).and_then(Value::as_str);
                Conflict::InProgress(by.map(str::to_owned))
            }
            _ => return self.fail(PublishFailure::Problem(problem)),
        };
        self.stage = Stage::Idle;
        self.build_sid = None;
        self.conflict = Some(conflict);
        Vec::new()
    }

    fn build_status_fetched(&mut self, answer: Result<BuildStatus, Problem>) -> Vec<Effect> {
        match answer {
            Ok(BuildStatus::Building) => self.poll_later(),
            Ok(BuildStatus::Failed) => {
                self.fail(PublishFailure::BuildFailed(self.build_sid.clone().unwrap_or_default()))
            }
            Ok(BuildStatus::Completed) => {
                self.stage = Stage::Deploying;
                let attempt = self.attempt;
                let build_sid = self.build_sid.clone();
                build_sid.map(|build_sid| Effect::Deploy { attempt, build_sid }).into_iter().collect()
            }
            // The Build goes on, whether or not this question was answered.
            Err(problem) if problem.is_passing() => self.poll_later(),
            Err(problem) => self.refuse(problem),
        }
    }
}

impl Model {
    pub(in crate::model) fn publish_event(&mut self, event: PublishEvent) -> Vec<Effect> {
        let publish = &mut self.publish;
        match event {
            PublishEvent::ResumeClicked => self.resume(),
            PublishEvent::Dismissed if !publish.is_running() => {
                // What stopped half-way is from now on somebody's whom everybody may go on for.
                if publish.stage != Stage::Live {
                    publish.build_sid = None;
                }
                publish.stage = Stage::Idle;
                publish.overtaken = None;
                self.published.forget_ended();
                Vec::new()
            }
            PublishEvent::Updated { attempt, answer } if publish.awaits(attempt, &Stage::Uploading) => match answer {
                Ok(reply) => {
                    publish.build_sid = Some(reply.build_sid);
                    publish.stage = Stage::Building;
                    publish.fetch_build_status()
                }
                Err(problem) => publish.refuse(problem),
            },
            PublishEvent::PollDue(attempt) if publish.awaits(attempt, &Stage::Building) => publish.fetch_build_status(),
            PublishEvent::BuildStatusFetched { attempt, answer } if publish.awaits(attempt, &Stage::Building) => {
                publish.build_status_fetched(answer)
            }
            PublishEvent::Deployed { attempt, answer } if publish.awaits(attempt, &Stage::Deploying) => {
                self.deployed(answer)
            }
            // An answer to an earlier attempt, or a button that is not there any more.
            _ => Vec::new(),
        }
    }

    pub(super) fn start_publish(
        &mut self,
        rows: Vec<Value>,
        version: Option<String>,
        confirmed_count: Option<usize>,
    ) -> Vec<Effect> {
        let attempt = self.publish.attempt + 1;
        self.publish = Publish { stage: Stage::Uploading, attempt, rows: rows.len(), ..Publish::default() };
        vec![Effect::Update { attempt, rows, version, confirmed_count }, Effect::ReadClock]
    }

    /// Goes on with our own Build, or with the one that somebody else left. Deploying a Build twice does no harm.
    fn resume(&mut self) -> Vec<Effect> {
        if self.publish.is_running() {
            return Vec::new();
        }
        if !self.publish.may_resume() {
            let Some(lock) = self.published.lock().filter(|lock| lock.build_sid.is_some()) else { return Vec::new() };
            self.publish = Publish {
                build_sid: lock.build_sid.clone(),
                began: progress::started_at_milliseconds(lock),
                attempt: self.publish.attempt,
                rows: lock.rows.unwrap_or_else(|| self.draft.len()),
                ..Publish::default()
            };
        }
        self.publish.attempt += 1;
        self.publish.polls = 0;
        self.publish.stage = Stage::Building;
        let mut effects = self.publish.fetch_build_status();
        effects.push(Effect::ReadClock);
        effects
    }

    fn deployed(&mut self, answer: Result<PublishReply, Problem>) -> Vec<Effect> {
        match answer {
            Ok(reply) => {
                self.publish.stage = Stage::Live;
                self.publish.overtaken = reply.overtaken_build_sid;
                vec![Effect::Notify(Notification::Published(self.publish.rows)), self.list(), Effect::ReadClock]
            }
            Err(problem) => self.publish.refuse(problem),
        }
    }
}

impl Publish {
    fn awaits(&self, attempt: u32, stage: &Stage) -> bool {
        self.attempt == attempt && self.stage == *stage
    }
}
