//! Publishing: the snapshot goes to the server, its Build is waited for, and deployed.
//!
//! Knows nothing of HTTP. Editing goes on meanwhile, because what is published is the draft as it stood at the click.

use serde_json::Value;
use shared::wire::{BuildStatus, ErrorCode, PublishReply, UpdateReply};

use super::{Effect, Model, Notification, Problem, Reading, Timer};

/// How long to wait between two questions for the Build's status, in milliseconds.
const POLL_EVERY: u32 = 2000;

/// How often to ask before saying that it takes too long: five minutes in all.
const MOST_POLLS: u32 = 150;

/// How far a publish got.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// None was started.
    #[default]
    Idle,
    /// The rows are on their way to the server.
    Uploading,
    /// Twilio is making the Build.
    Building,
    /// The Build is being deployed.
    Deploying,
    /// Callers reach what was published.
    Live,
    /// It stopped.
    Failed(PublishFailure),
}

/// Why a publish stopped.
#[derive(Clone, Debug, PartialEq)]
pub enum PublishFailure {
    /// Twilio could not make the Build.
    BuildFailed,
    /// The Build is not done after five minutes; it may still get done.
    TooLong,
    /// A request failed.
    Problem(Problem),
}

/// What stands in the way of publishing.
#[derive(Clone, Debug, PartialEq)]
pub enum Conflict {
    /// Somebody else published since the published extensions were loaded.
    UpdatedByOther,
    /// Somebody is publishing right now; holds the name where it is known.
    InProgress(Option<String>),
}

/// The publish that this view runs.
#[derive(Clone, Debug, Default)]
pub struct Publish {
    /// How far it got.
    pub stage: Stage,
    /// What the server said stands in the way.
    pub(super) conflict: Option<Conflict>,
    /// The Build of this publish, once there is one. It stays, so that our own lock is known as ours.
    build_sid: Option<String>,
    attempt: u32,
    rows: usize,
    polls: u32,
}

/// What happened to a publish.
#[derive(Clone, Debug)]
pub enum PublishEvent {
    /// The button was pressed.
    Clicked,
    /// The person wants to go on with the Build that took too long or could not be deployed.
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
    StatusFetched {
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
            Stage::Failed(PublishFailure::TooLong | PublishFailure::Problem(_)) => self.build_sid.is_some(),
            _ => false,
        }
    }

    pub(super) fn forget_in_progress(&mut self) {
        if matches!(self.conflict, Some(Conflict::InProgress(_))) {
            self.conflict = None;
        }
    }

    fn fetch_status(&self) -> Vec<Effect> {
        let attempt = self.attempt;
        self.build_sid.clone().map(|build_sid| Effect::FetchStatus { attempt, build_sid }).into_iter().collect()
    }

    fn poll_later(&mut self) -> Vec<Effect> {
        self.polls += 1;
        if self.polls >= MOST_POLLS {
            return self.fail(PublishFailure::TooLong);
        }
        vec![Effect::Wait { milliseconds: POLL_EVERY, timer: Timer::Poll(self.attempt) }]
    }

    fn fail(&mut self, failure: PublishFailure) -> Vec<Effect> {
        if failure == PublishFailure::BuildFailed {
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

    fn status_fetched(&mut self, answer: Result<BuildStatus, Problem>) -> Vec<Effect> {
        match answer {
            Ok(BuildStatus::Building) => self.poll_later(),
            Ok(BuildStatus::Failed) => self.fail(PublishFailure::BuildFailed),
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
    /// What stands in the way of publishing now. Our own publish does not.
    #[must_use]
    pub fn conflict(&self) -> Option<Conflict> {
        if self.publish.conflict.is_some() {
            return self.publish.conflict.clone();
        }
        if self.publish.is_running() {
            return None;
        }
        match self.published.lock() {
            Some(lock) if lock.build_sid.is_some() && lock.build_sid == self.publish.build_sid => None,
            Some(lock) => Some(Conflict::InProgress(Some(lock.started_by.clone()))),
            None if self.publish.may_resume() => None,
            None => {
                let half_way = self.published.loaded.as_ref().is_some_and(|loaded| !loaded.version_is_deployed);
                half_way.then_some(Conflict::InProgress(None))
            }
        }
    }

    /// Whether the button can be pressed: everything is loaded, and no publish of this view is under way.
    #[must_use]
    pub fn may_publish(&self) -> bool {
        self.draft.reading == Reading::Done && self.published.loaded.is_some() && !self.publish.is_running()
    }

    pub(super) fn publish_event(&mut self, event: PublishEvent) -> Vec<Effect> {
        if matches!(event, PublishEvent::Clicked) {
            return if self.may_publish() { self.start_publish() } else { Vec::new() };
        }
        let publish = &mut self.publish;
        match event {
            PublishEvent::ResumeClicked if publish.may_resume() => {
                publish.attempt += 1;
                publish.polls = 0;
                publish.stage = Stage::Building;
                publish.fetch_status()
            }
            PublishEvent::Dismissed if !publish.is_running() => {
                publish.stage = Stage::Idle;
                Vec::new()
            }
            PublishEvent::Updated { attempt, answer } if publish.awaits(attempt, &Stage::Uploading) => match answer {
                Ok(reply) => {
                    publish.build_sid = Some(reply.build_sid);
                    publish.stage = Stage::Building;
                    publish.fetch_status()
                }
                Err(problem) => publish.refuse(problem),
            },
            PublishEvent::PollDue(attempt) if publish.awaits(attempt, &Stage::Building) => publish.fetch_status(),
            PublishEvent::StatusFetched { attempt, answer } if publish.awaits(attempt, &Stage::Building) => {
                publish.status_fetched(answer)
            }
            PublishEvent::Deployed { attempt, answer } if publish.awaits(attempt, &Stage::Deploying) => {
                self.deployed(answer)
            }
            // An answer to an earlier attempt, or a button that is not there any more.
            _ => Vec::new(),
        }
    }

    fn start_publish(&mut self) -> Vec<Effect> {
        let Some(loaded) = &self.published.loaded else { return Vec::new() };
        let rows = self.draft.snapshot();
        self.publish = Publish {
            stage: Stage::Uploading,
            attempt: self.publish.attempt + 1,
            rows: rows.len(),
            ..Publish::default()
        };
        vec![Effect::Update { attempt: self.publish.attempt, rows, version: loaded.version.clone() }]
    }

    fn deployed(&mut self, answer: Result<PublishReply, Problem>) -> Vec<Effect> {
        match answer {
            Ok(_) => {
                self.publish.stage = Stage::Live;
                vec![Effect::Notify(Notification::Published(self.publish.rows)), self.list()]
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
