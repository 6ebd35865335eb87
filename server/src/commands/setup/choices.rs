//! What an administrator chooses before a setup.

use call_flow::Prompts;

/// What the account is to be set up as.
#[derive(Clone, Debug)]
pub struct Choices {
    /// The unique name of the Serverless Service, unless the settings name one by its SID.
    pub service: String,
    /// The name of the Environment, which is also what its domain ends in, such as `dev`.
    pub environment: String,
    /// What callers go through; none leaves Studio and TaskRouter alone.
    pub call_flow: Option<CallFlowChoices>,
}

impl Choices {
    /// The Environment's unique name as the Serverless Toolkit makes it, so that both work on the same one.
    pub(super) fn environment_unique_name(&self) -> String {
        format!("{}-environment", self.environment)
    }
}

/// Which Workflow and which queues callers go through.
#[derive(Clone, Debug)]
pub struct CallFlowChoices {
    /// The name or the SID of the Workflow that the filters are added to.
    pub workflow: String,
    /// The name or the SID of the Task Queue with all agents in it.
    pub agents_queue: String,
    /// The name or the SID of the Task Queue for callers without an agent; none for the Workflow's default.
    pub fallback_queue: Option<String>,
    /// The name of the Studio Flow.
    pub flow: String,
    /// Whether a Flow of that name is replaced when it is not the one that would be made.
    pub replace_flow: bool,
    /// What callers hear, and how often they may try.
    pub prompts: Prompts,
}
