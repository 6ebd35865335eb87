//! Every sentence a person reads, in one place.
//!
//! Knows nothing of where it is shown. Each failure comes with a next step.

mod publishing;
mod removing;

mod editing;
mod finding;

use shared::AgentExtension;
use shared::wire::ErrorCode;

use crate::model::{ConnectionStatus, Notification, Problem, Stage};

pub(crate) use publishing::*;
pub(crate) use removing::*;

pub(crate) use editing::*;
pub(crate) use finding::*;

pub(crate) const TITLE: &str = "Agent DID Extensions";
pub(crate) const ADD: &str = "Add extension";
pub(crate) const PUBLISH: &str = "Publish Extensions";
pub(crate) const PUBLISHING: &str = "Publishing…";
pub(crate) const PUBLISHED: &str = "Published";
pub(crate) const LOADING: &str = "Loading…";
pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const RELOAD: &str = "Reload";
pub(crate) const CHECK_AGAIN: &str = "Check again";
pub(crate) const RESUME: &str = "Continue publishing";
pub(crate) const DISMISS: &str = "Dismiss";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const SAVE: &str = "Save";
pub(crate) const SAVING: &str = "Saving…";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const EDIT: &str = "Edit";
pub(crate) const REMOVE: &str = "Remove";
pub(crate) const REMOVING: &str = "Removing…";
pub(crate) const PREVIOUS_PAGE: &str = "Previous page";
pub(crate) const NEXT_PAGE: &str = "Next page";
pub(crate) const PAGES: &str = "Pages of the table";
pub(crate) const CAPTION: &str = "Agent extensions";
pub(crate) const AGENT: &str = "Agent";
pub(crate) const EXTENSION: &str = "Extension";
pub(crate) const WORKER_SID: &str = "Worker SID";
pub(crate) const ACTIONS: &str = "Actions";
pub(crate) const ADD_TITLE: &str = "Add extension";
pub(crate) const EDIT_TITLE: &str = "Edit extension";
pub(crate) const REMOVE_TITLE: &str = "Remove extension?";
pub(crate) const EMPTY_TITLE: &str = "No extensions yet";
pub(crate) const EMPTY_TEXT: &str =
    "Give an agent an extension, then publish: callers who key it in reach that agent directly.";
pub(crate) const AGENT_HINT: &str = "Type part of the name, then choose from the list.";
pub(crate) const AGENTS_FOUND: &str = "Agents found";
pub(crate) const SEARCHING: &str = "Searching…";
pub(crate) const NO_AGENT_FOUND: &str = "No agent has this in the name. Try another part of it.";
pub(crate) const STAGES: &str = "Publish progress";

/// The seed's sentence, word for word: the published extensions are newer than those that were loaded.
pub(crate) const UPDATED_BY_OTHER: &str =
    "Routes were updated by someone else and cannot be published. Please reload and try again.";
/// The seed's sentence, word for word: a publish is half-way through.
pub(crate) const IN_PROGRESS: &str =
    "Another route publish is in progress. Publishing now will overwrite other changes.";

/// A Flex notification: its id, its template, and its type in Flex's words.
pub(crate) struct NotificationText {
    /// The id that it is registered and shown under.
    pub(crate) id: &'static str,
    /// The sentence; `{{name}}` stands for a value.
    pub(crate) text: &'static str,
    /// `success`, `error`, `warning` or `information`.
    pub(crate) kind: &'static str,
}

/// All notifications.
pub(crate) const NOTIFICATIONS: [NotificationText; 4] = [
    NotificationText {
        id: "AgentDidExtensionsSaved",
        text: "Extension {{number}} of {{agent}} is saved. Publish to let callers use it.",
        kind: "success",
    },
    NotificationText {
        id: "AgentDidExtensionsPublished",
        text: "{{extensions}} published. Callers reach them now.",
        kind: "success",
    },
    NotificationText {
        id: "AgentDidExtensionsPublishFailed",
        text: "The extensions were not published. Open Agent DID Extensions to see why.",
        kind: "error",
    },
    NotificationText {
        id: "AgentDidExtensionsSaveFailed",
        text: "The change was not saved. Open Agent DID Extensions to see why.",
        kind: "error",
    },
];

/// The notification's entry, and the values in its sentence.
pub(crate) fn notification(notification: &Notification) -> (&'static NotificationText, Vec<(&'static str, String)>) {
    let of = |row: &AgentExtension| {
        vec![("number", row.extension_number.to_string()), ("agent", row.worker_full_name.clone())]
    };
    match notification {
        Notification::Saved(row) => (&NOTIFICATIONS[0], of(row)),
        Notification::Published(rows) => (&NOTIFICATIONS[1], vec![("extensions", extensions(*rows))]),
        Notification::PublishFailed => (&NOTIFICATIONS[2], Vec::new()),
        Notification::SaveFailed => (&NOTIFICATIONS[3], Vec::new()),
    }
}

pub(crate) fn extensions(count: usize) -> String {
    if count == 1 { "1 extension".to_owned() } else { format!("{} extensions", grouped(count)) }
}

pub(crate) fn loading_rows(count: usize) -> String {
    format!("Loading: {} so far…", extensions(count))
}

pub(crate) fn not_published(changes: usize) -> String {
    let what = if changes == 1 { "change" } else { "changes" };
    format!("Not published · {} {what}", grouped(changes))
}

pub(crate) fn rows_shown(first: usize, last: usize, all: usize) -> String {
    format!("{}–{} of {}", grouped(first), grouped(last), grouped(all))
}

pub(crate) fn edit_label(row: &AgentExtension) -> String {
    format!("Edit extension {} of {}", row.extension_number, row.worker_full_name)
}

pub(crate) fn remove_label(row: &AgentExtension) -> String {
    format!("Remove extension {} of {}", row.extension_number, row.worker_full_name)
}

pub(crate) fn remove_question(row: &AgentExtension) -> String {
    format!(
        "Extension {} will no longer lead to {} once this is published.",
        row.extension_number, row.worker_full_name
    )
}

pub(crate) fn changed_meanwhile(row: &AgentExtension) -> String {
    format!("Someone has just changed it: {} leads to {} now.", row.extension_number, row.worker_full_name)
}

pub(crate) fn unreadable(count: usize) -> String {
    let (what, is) = if count == 1 { ("Map Item", "is") } else { ("Map Items", "are") };
    format!("{count} {what} of the Sync Map {is} no agent extension, left alone and not published.")
}

pub(crate) fn rejected(count: usize) -> String {
    let (what, is) = if count == 1 { ("row", "is") } else { ("rows", "are") };
    format!("{count} published {what} {is} not readable, and will be replaced by the next publish.")
}

pub(crate) fn more_agents(shown: usize, all: usize) -> String {
    format!("{shown} of {all} shown. Type more of the name.")
}

pub(crate) fn removal_failed(why: &Problem) -> String {
    format!("Not removed. {}", problem(why))
}

pub(crate) fn draft_failed(why: &Problem) -> String {
    format!("The extensions could not be read. {}", problem(why))
}

pub(crate) fn list_failed(why: &Problem) -> String {
    format!("What is published could not be loaded. {}", problem(why))
}

pub(crate) fn search_failed(why: &Problem) -> String {
    format!("Agents could not be searched. {}", problem(why))
}

/// What went wrong and what to do next.
pub(crate) fn problem(problem: &Problem) -> String {
    match problem {
        Problem::NotConfigured => {
            "The address of the server is not configured, so nothing can be published. Ask an administrator to set \
             functions_base in Flex's ui_attributes.agent_did_extensions, or FLEX_APP_FUNCTIONS_BASE when the plugin \
             is built."
                .to_owned()
        }
        Problem::Unreachable(_) => "The server does not answer. Check the network and try again.".to_owned(),
        Problem::Refused(body) => match body.code {
            ErrorCode::NotSignedIn => "Your Flex session has ended. Reload the page and sign in again.".to_owned(),
            ErrorCode::NotAllowed => "Only supervisors and administrators may do this. Ask one of them.".to_owned(),
            _ => body.message.clone(),
        },
        Problem::Twilio { status: 0, .. } => "The connection to Twilio was lost. Try again.".to_owned(),
        Problem::Twilio { status: 401 | 403, .. } => {
            "Twilio refused. Reload the page and sign in again; if it stays, ask an administrator.".to_owned()
        }
        Problem::Twilio { status: 429, .. } => "Twilio asks to slow down. Wait a moment and try again.".to_owned(),
        Problem::Twilio { code, message, .. } if *code > 0 => {
            format!("Twilio answered: {message} (error {code}). Try again.")
        }
        Problem::Twilio { message, .. } => format!("Twilio answered: {message}. Try again."),
    }
}

pub(crate) fn connection_status(status: ConnectionStatus) -> Option<&'static str> {
    match status {
        ConnectionStatus::Opening | ConnectionStatus::Online => None,
        ConnectionStatus::Lost => {
            Some("Connection lost. Changes by others are not shown until it is back; trying again…")
        }
        ConnectionStatus::Back => Some("Connected again. Everything is up to date."),
    }
}

pub(crate) fn stage(stage: &Stage) -> Option<&'static str> {
    match stage {
        Stage::Idle | Stage::Failed(_) => None,
        Stage::Uploading => Some("Uploading"),
        Stage::Building => Some("Building"),
        Stage::Deploying => Some("Deploying"),
        Stage::Live => Some("Live"),
    }
}

/// Digits in groups of three: 10 000 is read at a glance.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
