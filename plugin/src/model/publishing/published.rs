//! What is deployed, and who is publishing.
//!
//! Knows nothing of how it is fetched.

use shared::wire::{ListReply, UnreadableAsset};
use shared::{Directory, NumberRules, OddRow, Publishing, RejectedRow};

use crate::model::{Effect, Model, Problem};

/// The deployed asset, as the server last described it.
#[derive(Clone, Debug, PartialEq)]
pub struct DeployedDirectory {
    /// The published extensions.
    pub directory: Directory,
    /// The SID of the Asset Version, none before the first publish.
    pub version: Option<String>,
    /// Whether the latest Build is the deployed one.
    pub version_is_deployed: bool,
    /// Which numbers this account allows.
    pub rules: NumberRules,
    /// The published rows that lead nowhere.
    pub rejected: Vec<RejectedRow>,
    /// The published rows that lead to their agent and are odd otherwise.
    pub odd: Vec<OddRow>,
    /// Why the published asset could not be read at all. Then nobody knows what a publish replaces.
    pub unreadable: Option<UnreadableAsset>,
}

/// What is known of what is published. An old answer stays until there is a newer one.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// The last good answer.
    pub loaded: Option<DeployedDirectory>,
    /// Why the last question brought none.
    pub problem: Option<Problem>,
    /// Rises with every good answer.
    pub stamp: usize,
    /// The last question; answers to earlier ones come too late.
    asked: u32,
    live_lock: LiveLock,
    /// Who was publishing when the server answered; it counts until Sync has said anything.
    listed_lock: Option<Publishing>,
    /// The publish of somebody else that ended last, until the next one begins.
    ended_by_other: Option<Publishing>,
}

/// The publish lock, as Sync says.
#[derive(Clone, Debug, Default)]
enum LiveLock {
    /// Sync has not said anything yet.
    #[default]
    Unknown,
    /// Nobody is publishing.
    Free,
    /// This publish is under way.
    Held(Publishing),
}

/// What happened to the knowledge of what is published.
#[derive(Clone, Debug)]
pub enum PublishedEvent {
    /// The server's answer.
    Listed {
        /// The question it answers.
        request: u32,
        /// What it says.
        answer: Result<Box<ListReply>, Problem>,
    },
    /// The person wants to load it again.
    ReloadClicked,
}

impl Published {
    /// Who is publishing right now, in this view or elsewhere.
    #[must_use]
    pub fn lock(&self) -> Option<&Publishing> {
        match &self.live_lock {
            LiveLock::Unknown => self.listed_lock.as_ref(),
            LiveLock::Free => None,
            LiveLock::Held(publishing) => Some(publishing),
        }
    }

    /// The publish of somebody else that went live last: its version is the one that is deployed.
    #[must_use]
    pub fn live_by_other(&self) -> Option<&Publishing> {
        let version = self.loaded.as_ref()?.version.as_ref();
        self.ended_by_other.as_ref().filter(|ended| ended.version.is_some() && ended.version.as_ref() == version)
    }

    /// The person has read who published.
    pub(super) fn forget_ended(&mut self) {
        self.ended_by_other = None;
    }

    /// Whether a tool that takes no lock has made a Build that is not deployed. What was listed while somebody held the lock
    /// does not say.
    pub(super) fn is_half_way(&self) -> bool {
        self.listed_lock.is_none() && self.loaded.as_ref().is_some_and(|loaded| !loaded.version_is_deployed)
    }

    /// Which numbers this account allows.
    #[must_use]
    pub fn rules(&self) -> NumberRules {
        self.loaded.as_ref().map_or_else(NumberRules::default, |loaded| loaded.rules.clone())
    }

    fn take(&mut self, reply: ListReply) {
        self.problem = None;
        self.stamp += 1;
        self.listed_lock = reply.publishing;
        let reading = Directory::read(&reply.data);
        self.loaded = Some(DeployedDirectory {
            directory: reading.directory,
            version: reply.version,
            version_is_deployed: reply.version_is_deployed,
            rules: reply.rules,
            rejected: reply.rejected,
            odd: reading.odd,
            unreadable: reply.unreadable,
        });
    }
}

impl Model {
    pub(in crate::model) fn list(&mut self) -> Effect {
        let request = self.next_request();
        self.published.asked = request;
        Effect::List { request }
    }

    pub(in crate::model) fn published_event(&mut self, event: PublishedEvent) -> Vec<Effect> {
        match event {
            PublishedEvent::ReloadClicked => {
                self.publish.conflict = None;
                return vec![self.list()];
            }
            PublishedEvent::Listed { request, answer } if request == self.published.asked => match answer {
                Ok(reply) => {
                    self.published.take(*reply);
                    let somebody_publishes = self.published.lock().is_some();
                    let settled = self.published.loaded.as_ref().is_some_and(|loaded| loaded.version_is_deployed);
                    if settled && self.published.lock().is_none() {
                        self.publish.forget_in_progress();
                    }
                    return somebody_publishes.then_some(Effect::ReadClock).into_iter().collect();
                }
                Err(problem) => self.published.problem = Some(problem),
            },
            PublishedEvent::Listed { .. } => {}
        }
        Vec::new()
    }

    /// When somebody stops publishing, what is published may have changed.
    pub(in crate::model) fn lock_changed(&mut self, lock: Option<Publishing>) -> Vec<Effect> {
        let ended = self.published.lock().is_some() && lock.is_none();
        self.discard_follows(lock.as_ref());
        let begun = lock.is_some();
        let others = self.published.lock().filter(|lock| !self.publish.is_running() && !self.publish.owns(lock));
        if begun {
            self.published.ended_by_other = None;
        } else if let Some(others) = others.cloned() {
            self.published.ended_by_other = Some(others);
        }
        self.published.live_lock = lock.map_or(LiveLock::Free, LiveLock::Held);
        if begun {
            return vec![Effect::ReadClock];
        }
        if !ended || self.publish.is_running() {
            return Vec::new();
        }
        self.publish.forget_in_progress();
        vec![self.list()]
    }
}
