//! Every sentence of the administrator's commands, each with a next step.
//!
//! Knows nothing of when they are said.

use super::Stopped;
use super::pull::Source;
use super::setup::Change;

pub(super) const SERVICE_NOT_NAMED: &str = "The Serverless Service and Environment are not known. Set \
     TWILIO_SERVERLESS_SERVICE_SID and TWILIO_SERVERLESS_ENVIRONMENT_SID, or let `agent-extensions setup` find them.";
pub(super) const EMPTY_AND_PRIVATE: &str = "The draft has no extensions, and the published asset is private, so nobody \
     can tell whether it has any. Nothing was written. Publish from Flex first, or write [] into the file yourself if \
     callers are to find nobody.";
pub(super) const EMPTY_AND_UNSURE: &str = "There are no extensions here, and the other source could not be read to tell \
     whether that is right. Nothing was written. Try again in a moment.";

pub(super) fn private_so_draft(path: &str) -> String {
    format!(
        "The published asset {path} is private, and Twilio lets nobody read a private asset back. The draft was read \
         instead: it may hold edits that nobody published yet, and the next deploy publishes them."
    )
}

pub(super) fn rejected_rows_kept(count: usize) -> String {
    format!(
        "{count} published rows are malformed and lead nowhere. They were kept as they are; publish again from Flex to \
         be rid of them."
    )
}

pub(super) fn no_map(name: &str) -> String {
    format!(
        "There is no Sync Map {name}, so there is no draft. Run `agent-extensions setup`, or set FLEX_SYNC_MAP_NAME to \
         the Map's unique name."
    )
}

pub(super) fn draft_breaks_rules(count: usize, first: &str) -> String {
    format!(
        "{count} rows of the draft can not be published; the first one: {first}. Nothing was written. Correct them in \
         Flex, or pull with --from published."
    )
}

pub(super) fn would_lose(source: Source, other: usize) -> String {
    let (empty, full) = match source {
        Source::Published => ("Nothing is published", "the draft"),
        Source::Draft => ("The draft is empty", "the published directory"),
    };
    let from = match source {
        Source::Published => Source::Draft,
        Source::Draft => Source::Published,
    };
    format!(
        "{empty}, but {full} has {other} extensions. Nothing was written, so that a deploy does not lose them. Pull \
         with --from {from} if those are the ones that callers should reach."
    )
}

pub(super) const ENVIRONMENT_GONE: &str =
    "The Serverless Service or Environment is not there. Run `agent-extensions setup` again.";
pub(super) const BUILD_FAILED: &str = "Twilio could not make the first Build. See the Service's Builds in the Console, and run `agent-extensions setup` \
     again.";
pub(super) const BUILD_TAKES_TOO_LONG: &str =
    "Twilio is still making the first Build. Run `agent-extensions setup` again in some minutes.";
pub(super) const NO_VOICE_CHANNEL: &str =
    "The Workspace has no Task Channel voice, so it is not the one of Flex. Set TASKROUTER_WORKSPACE_SID to that one.";
pub(super) const NO_WORKSPACE: &str = "It is not clear which TaskRouter Workspace is the one of Flex. Set TASKROUTER_WORKSPACE_SID, or create the Flex \
     account first; `setup --no-call-flow` does without.";

pub(super) fn not_in_account(variable: &str) -> String {
    format!("{variable} names something that is not in this account. Correct it, or leave it out to find it by name.")
}

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

pub(super) fn go_on(error: &Stopped) -> String {
    format!("{error}\nWhat was made before stays. Run `agent-extensions setup` again to go on from here.")
}

pub(super) fn change(change: &Change) -> String {
    match change {
        Change::CreateMap { name } => format!("create the Sync Map {name}"),
        Change::CreateService { name } => format!("create the Serverless Service {name}"),
        Change::CreateEnvironment { name, suffix } => {
            format!("create its Environment {name}, with a domain that ends in -{suffix}.twil.io")
        }
        Change::PublishFirst { path } => format!("publish the asset {path} for the first time, without extensions"),
        Change::AddFilters { workflow, sid, .. } => {
            format!("add the filters of agent extensions to the Workflow {workflow} ({sid}); all else in it stays")
        }
        Change::CreateFlow { name } => format!("create and publish the Studio Flow {name}"),
        Change::ReplaceFlow { name, sid, .. } => format!("replace the Studio Flow {name} ({sid}) by a new revision"),
    }
}
