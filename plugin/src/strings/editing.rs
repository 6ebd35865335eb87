//! Sentences about the panel: the number, the agent, and what somebody else made of the row meanwhile.

use shared::{AgentExtension, ExtensionNumberError, NumberRules, WorkerSid};

use super::problems::problem;
use crate::model::{NumberProblem, NumberWarning, Problem, SaveFailure, Theirs};

pub(crate) const ADD_TITLE: &str = "Add extension";
pub(crate) const EDIT_TITLE: &str = "Edit extension";
pub(crate) const SAVE: &str = "Save";
pub(crate) const SAVING: &str = "Saving…";
pub(crate) const AGENT_HINT: &str = "Type part of the name, then choose from the list.";
pub(crate) const AGENTS_FOUND: &str = "Agents found";
pub(crate) const SEARCHING: &str = "Searching…";
pub(crate) const NO_AGENT_FOUND: &str = "No agent has this in the name. Try another part of it.";
pub(crate) const THEIRS: &str = "Theirs";
pub(crate) const MINE: &str = "Mine";
pub(crate) const REMOVED_BY_OTHER: &str = "Removed";
pub(crate) const NOBODY_YET: &str = "No agent chosen";
pub(crate) const SAVED_WHEN_BACK: &str = "The connection is lost. This is saved as soon as it is back.";

/// How many numbers or reserved ranges are listed before the rest is only counted.
const MOST_LISTED: usize = 3;

/// What to do about a row without a name; the list shows the Worker SIDs beside the names.
pub(crate) fn nameless_hint(worker: &WorkerSid) -> String {
    format!("No name is stored here. {AGENT_HINT} The Worker is {worker} so far.")
}

pub(crate) fn more_agents(shown: usize, all: usize) -> String {
    format!("{shown} of {all} shown. Type more of the name.")
}

pub(crate) fn search_failed(why: &Problem) -> String {
    format!("Agents could not be searched. {}", problem(why))
}

pub(crate) fn number_hint(rules: &NumberRules) -> String {
    let (min, max) = rules.lengths();
    let length = if min == max { format!("{min} digits") } else { format!("{min} to {max} digits") };
    let reserved: Vec<_> = rules.reserved.iter().map(ToString::to_string).collect();
    if reserved.is_empty() {
        format!("{length}. Leading zeros count.")
    } else {
        format!("{length}. Leading zeros count. Reserved: {}.", listed(&reserved))
    }
}

pub(crate) fn number_problem(problem: &NumberProblem) -> String {
    match problem {
        NumberProblem::Rule(ExtensionNumberError::Empty) => "Enter an extension.".to_owned(),
        NumberProblem::Rule(ExtensionNumberError::NotDigits) => "Use only the digits 0 to 9.".to_owned(),
        NumberProblem::Rule(ExtensionNumberError::Length { min, max }) if min == max => {
            format!("Use exactly {min} digits.")
        }
        NumberProblem::Rule(ExtensionNumberError::Length { min, max }) => format!("Use {min} to {max} digits."),
        NumberProblem::Rule(ExtensionNumberError::Reserved(range)) => {
            format!("{range} is reserved. Choose another number.")
        }
        NumberProblem::Taken(owner) => taken(owner),
    }
}

pub(crate) fn number_warning(warning: &NumberWarning) -> String {
    match warning {
        NumberWarning::BeginsWith(row) => format!(
            "It begins with {} of {}: callers who pause there reach {} instead.",
            row.extension_number, row.worker_full_name, row.worker_full_name
        ),
        NumberWarning::IsBeginningOf(row) => format!(
            "{} of {} begins with it: callers who pause while keying that in end up here.",
            row.extension_number, row.worker_full_name
        ),
    }
}

pub(crate) fn use_suggestion(number: &str) -> String {
    format!("Use next free number {number}")
}

/// Which other numbers an agent has, so that nobody gives a second one unknowingly.
pub(crate) fn other_numbers<'a>(rows: impl Iterator<Item = &'a AgentExtension>) -> String {
    let numbers: Vec<_> = rows.map(|row| row.extension_number.to_string()).collect();
    if numbers.is_empty() { String::new() } else { format!("Also has {}.", listed(&numbers)) }
}

fn listed(words: &[String]) -> String {
    match words.len().checked_sub(MOST_LISTED) {
        Some(more @ 1..) => format!("{} and {more} more", words[..MOST_LISTED].join(", ")),
        _ => words.join(", "),
    }
}

fn taken(owner: &AgentExtension) -> String {
    format!("{} already belongs to {}. Choose another number.", owner.extension_number, owner.worker_full_name)
}

pub(crate) fn edit_conflict(theirs: &Theirs) -> String {
    let who = theirs.row().and_then(|row| row.updated_by.as_deref()).unwrap_or("Someone");
    match theirs {
        Theirs::Changed(_) => format!("{who} changed this extension while you were editing it."),
        Theirs::Renumbered(row) => {
            format!("{who} changed its number to {} while you were editing it.", row.extension_number)
        }
        Theirs::Removed => "Someone removed this extension while you were editing it.".to_owned(),
    }
}

pub(crate) fn keep_mine_hint(theirs: &Theirs) -> &'static str {
    match theirs {
        Theirs::Changed(_) | Theirs::Renumbered(_) => "If you keep yours, saving replaces theirs.",
        Theirs::Removed => "If you keep yours, saving adds it anew.",
    }
}

pub(crate) fn save_failure(failure: &SaveFailure) -> String {
    match failure {
        SaveFailure::AgentMissing => "Choose an agent from the list.".to_owned(),
        SaveFailure::Taken(owner) => taken(owner),
        SaveFailure::ChangedByOther => "Someone else changed or removed it meanwhile.".to_owned(),
        SaveFailure::Unreadable => {
            "Something else is stored under this number in the Sync Map. Choose another number.".to_owned()
        }
        SaveFailure::OldNumberStays(why) => {
            format!(
                "The new number is saved, but the old one is still there. Save again to remove it. {}",
                problem(why)
            )
        }
        SaveFailure::Problem(why) => format!("Not saved. {}", problem(why)),
    }
}
