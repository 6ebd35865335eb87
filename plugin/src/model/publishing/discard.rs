//! The question whether to discard a publish that somebody has left half-way.
//!
//! It may really be going on, so it is asked with the person's name and how far it is, live. Knows nothing of the lock.

use shared::Publishing;
use shared::wire::DiscardReply;

use crate::model::{Effect, Model, Problem};

/// The question, while it is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Discard {
    /// The publish that it is about, as it stands now.
    pub publishing: Publishing,
    /// How far it is.
    pub state: DiscardState,
    request: u32,
}

/// How far the question is.
#[derive(Clone, Debug, PartialEq)]
pub enum DiscardState {
    /// The person is being asked.
    Asking,
    /// The server is discarding it.
    Discarding,
    /// The server did not discard it.
    Failed(Problem),
    /// There is nothing to discard any more: somebody else's publish is live.
    AlreadyLive,
}

/// What happened to the question.
#[derive(Clone, Debug)]
pub enum DiscardEvent {
    /// The person wants to discard what is under way.
    Clicked,
    /// The person does want to.
    Confirmed,
    /// The person does not want to.
    Canceled,
    /// The server's answer.
    Answered {
        /// The request it belongs to.
        request: u32,
        /// What it says.
        answer: Result<DiscardReply, Problem>,
    },
}

impl Model {
    pub(in crate::model) fn discard_event(&mut self, event: DiscardEvent) -> Vec<Effect> {
        match event {
            DiscardEvent::Clicked => {
                self.discard = self.published.lock().filter(|_| !self.publish.is_running()).map(|lock| Discard {
                    publishing: lock.clone(),
                    state: DiscardState::Asking,
                    request: 0,
                });
            }
            DiscardEvent::Confirmed => return self.ask_to_discard(),
            DiscardEvent::Canceled => self.discard = None,
            DiscardEvent::Answered { request, answer } => return self.discard_answered(request, answer),
        }
        Vec::new()
    }

    fn ask_to_discard(&mut self) -> Vec<Effect> {
        let request = self.next_request();
        let Some(discard) = self.discard.as_mut().filter(|discard| discard.state != DiscardState::Discarding) else {
            return Vec::new();
        };
        discard.state = DiscardState::Discarding;
        discard.request = request;
        let Publishing { build_sid, started_at, .. } = discard.publishing.clone();
        vec![Effect::Discard { request, build_sid, started_at }]
    }

    fn discard_answered(&mut self, request: u32, answer: Result<DiscardReply, Problem>) -> Vec<Effect> {
        let Some(discard) = self.discard.as_mut().filter(|discard| discard.request == request) else {
            return Vec::new();
        };
        match answer {
            Ok(reply) => {
                let is_ours = self.publish.owns(&discard.publishing);
                match (is_ours, reply.already_live) {
                    (true, true) => self.publish.went_live(),
                    (true, false) => self.publish.give_up(),
                    (false, _) => {}
                }
                // Closed without a word it would seem to be discarded.
                discard.state = DiscardState::AlreadyLive;
                self.discard = self.discard.take().filter(|_| !is_ours && reply.already_live);
                vec![self.list()]
            }
            Err(problem) => {
                discard.state = DiscardState::Failed(problem);
                Vec::new()
            }
        }
    }

    /// Keeps the question true while the publish goes on, and takes it back when that is over.
    pub(super) fn discard_follows(&mut self, lock: Option<&Publishing>) {
        match (&mut self.discard, lock) {
            (Some(discard), _) if matches!(discard.state, DiscardState::Discarding | DiscardState::AlreadyLive) => {}
            (Some(discard), Some(lock)) if discard.publishing.started_at == lock.started_at => {
                discard.publishing = lock.clone();
            }
            _ => self.discard = None,
        }
    }
}
