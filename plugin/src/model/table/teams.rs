//! The teams of the agents, as far as their Workers' attributes say.
//!
//! Knows nothing of how they are fetched. Teams only narrow the table down; nothing else depends on them, so a search
//! that fails is not spoken of, and made again when the view is entered again.

use std::collections::{BTreeMap, BTreeSet};

use shared::WorkerSid;

use crate::model::draft::Reading;
use crate::model::{Effect, Model, Problem};

/// The attribute of a Worker that names the team; Flex writes it.
///
/// <https://www.twilio.com/docs/flex/developer/insights/enhance-integration>
pub const TEAM_ATTRIBUTE: &str = "team_name";

/// How many Workers are asked about at a time.
const AT_A_TIME: usize = 100;

/// Teams by Worker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Teams {
    by_worker: BTreeMap<String, String>,
    asked: BTreeSet<WorkerSid>,
    /// The Workers that the search underway is about.
    underway: Vec<WorkerSid>,
    /// Rises whenever teams become known.
    pub stamp: usize,
}

impl Teams {
    /// The team of a Worker, by SID.
    #[must_use]
    pub fn of(&self, worker: &str) -> Option<&str> {
        self.by_worker.get(&worker.to_ascii_lowercase()).map(String::as_str)
    }

    /// All teams, by name.
    #[must_use]
    pub fn names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        names.extend(self.by_worker.values().map(String::as_str));
        names
    }

    /// Takes in what was found out: Worker SIDs with their teams.
    pub(super) fn learn(&mut self, found: Vec<(String, String)>) {
        self.stamp += usize::from(!found.is_empty());
        self.by_worker.extend(found.into_iter().map(|(worker, team)| (worker.to_ascii_lowercase(), team)));
    }
}

impl Model {
    /// Asks for the teams of agents that were not asked about yet, one search after the other.
    pub(in crate::model) fn fetch_teams(&mut self) -> Vec<Effect> {
        if self.draft.reading != Reading::Done || !self.teams.underway.is_empty() {
            return Vec::new();
        }
        let unknown = self.draft.iter().map(|(_, row)| &row.worker_sid).filter(|sid| !self.teams.asked.contains(*sid));
        // A Worker with several numbers is asked about once.
        let mut some: Vec<_> = unknown.take(AT_A_TIME).cloned().collect();
        if some.is_empty() {
            return Vec::new();
        }
        some.retain(|worker| self.teams.asked.insert(worker.clone()));
        self.teams.underway = some;
        vec![Effect::FetchTeams(self.teams.underway.clone())]
    }

    pub(in crate::model) fn teams_fetched(&mut self, answer: Result<Vec<(String, String)>, Problem>) -> Vec<Effect> {
        let asked = std::mem::take(&mut self.teams.underway);
        match answer {
            Ok(found) => {
                self.teams.learn(found);
                self.fetch_teams()
            }
            Err(_) => {
                self.teams.asked.retain(|sid| !asked.contains(sid));
                Vec::new()
            }
        }
    }
}
