//! The agents from whom one is chosen.

use shared::WorkerSid;

use crate::model::Problem;

/// A Worker who may be given an extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The Worker's SID.
    pub worker_sid: WorkerSid,
    /// The Worker's full name, or the friendly name where there is none.
    pub full_name: String,
}

/// How the search for an agent goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum AgentSearch {
    /// Nothing is looked for.
    #[default]
    Idle,
    /// On its way.
    Underway,
    /// These agents match.
    Found(Vec<Agent>),
    /// It could not be done.
    Failed(Problem),
}
