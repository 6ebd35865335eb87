//! The publish that is under way, in this view or elsewhere, and for how long.
//!
//! Knows nothing of how to read the clock: it asks for it every second while somebody is publishing.

use shared::Publishing;

use super::stage::Stage;
use crate::model::{Effect, Model, Timer, rfc3339};

/// How often the clock is read while somebody publishes, in milliseconds.
const TICK: u32 = 1000;

/// A publish as everybody sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// How far it got.
    pub stage: Stage,
    /// Who it is, unless it is this view.
    pub by: Option<String>,
    /// For how many seconds it has been going on, or how many it took.
    pub seconds: Option<i64>,
}

/// When a publish began, in milliseconds since 1970.
#[must_use]
pub fn started_at_milliseconds(lock: &Publishing) -> Option<i64> {
    rfc3339::parse(&lock.started_at)
}

impl Model {
    /// The publish to show: our own while it goes on, then another one, then how the last one ended well.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        let other = self.published.lock().filter(|lock| !self.publish.is_running() && !self.publish.owns(lock));
        match (other, &self.publish.stage) {
            (Some(lock), _) => Some(Progress {
                stage: lock.stage.into(),
                by: Some(lock.started_by.clone()),
                seconds: self.seconds_since(lock),
            }),
            (None, Stage::Idle | Stage::Failed(_)) => self.published.live_by_other().map(|ended| Progress {
                stage: Stage::Live,
                by: Some(ended.started_by.clone()),
                seconds: None,
            }),
            (None, stage) => Some(Progress { stage: stage.clone(), by: None, seconds: self.own_seconds() }),
        }
    }

    /// The clocks of two computers differ; nothing begins in the future.
    fn seconds_since(&self, lock: &Publishing) -> Option<i64> {
        Some(((self.clock? - started_at_milliseconds(lock)?) / 1000).max(0))
    }

    fn own_seconds(&self) -> Option<i64> {
        let until = self.publish.ended.or(self.clock)?;
        Some(((until - self.publish.began?) / 1000).max(0))
    }

    /// Takes the time in, and asks for it again while it matters.
    pub(in crate::model) fn clock_read(&mut self, now: i64) -> Vec<Effect> {
        self.clock = Some(now);
        let publish = &mut self.publish;
        if publish.is_running() {
            publish.began.get_or_insert(now);
        } else if publish.stage == Stage::Live {
            publish.ended.get_or_insert(now);
        }
        let going_on = self.publish.is_running() || self.published.lock().is_some();
        if going_on { vec![Effect::Wait { milliseconds: TICK, timer: Timer::Second }] } else { Vec::new() }
    }
}
