//! Every sentence of `setup`, each with a next step.

use std::fmt;

use super::change::Change;

pub(super) const ENVIRONMENT_GONE: &str =
    "The Serverless Service or Environment is not there. Run `agent-extensions setup` again.";
pub(super) const BUILD_FAILED: &str = "Twilio could not make the first Build. See the Service's Builds in the Console, and run `agent-extensions setup` \
     again.";
pub(super) const BUILD_TAKES_TOO_LONG: &str =
    "Twilio is still making the first Build. Run `agent-extensions setup` again in some minutes.";
pub(super) const NO_VOICE_CHANNEL: &str =
    "The Workspace has no Task Channel voice, so it is not the one of Flex. Set TASKROUTER_WORKSPACE_SID to that one.";

pub(super) fn no_such(what: &str, name: &str, option: &str, names: &[String]) -> String {
    let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    format!("There is no {what} {name}. Name another one with {option}; there are: {names}.")
}

pub(super) fn workflow_unreadable(name: &str, why: &str) -> String {
    format!("The Workflow {name} was left as it is: {why}.")
}

pub(super) fn flow_left_alone(name: &str) -> String {
    format!(
        "The Studio Flow {name} is there and is not quite the one that would be made. It was left as it is: \
         `agent-extensions doctor` says whether it is sound, and `setup --replace-flow` replaces it."
    )
}

/// What stopped a setup, and how to go on.
pub(super) fn go_on(error: &str) -> String {
    format!("{error}\nWhat was made before stays. Run `agent-extensions setup` again to go on from here.")
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateMap { name } => write!(formatter, "create the Sync Map {name}"),
            Self::CreateService { name } => write!(formatter, "create the Serverless Service {name}"),
            Self::CreateEnvironment { name, suffix } => {
                write!(formatter, "create its Environment {name}, with a domain that ends in -{suffix}.twil.io")
            }
            Self::PublishFirst { path } => {
                write!(formatter, "publish the asset {path} for the first time, without extensions")
            }
            Self::AddFilters { workflow, sid, .. } => {
                write!(
                    formatter,
                    "add the filters of agent extensions to the Workflow {workflow} ({sid}); all else in it stays"
                )
            }
            Self::CreateFlow { name } => write!(formatter, "create and publish the Studio Flow {name}"),
            Self::ReplaceFlow { name, sid, .. } => {
                write!(formatter, "replace the Studio Flow {name} ({sid}) by a new revision")
            }
        }
    }
}
