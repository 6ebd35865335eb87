//! What is said while an extension is added or edited: about the number, the agent, other people's changes, and writes
//! that did not arrive yet.
//!
//! Knows nothing of where it is shown.

use shared::{AgentExtension, ExtensionNumberError, NumberRules};

use super::problem;
use crate::model::{
    Draft, NumberProblem, NumberWarning, PendingRemoval, PendingState, PendingWrite, Renumbering, SaveFailure,
    TheirChange, Theirs, UnfinishedRenumbering,
};

pub(crate) const KEEP_THEIRS: &str = "Keep theirs";
pub(crate) const KEEP_MINE: &str = "Keep mine";
pub(crate) const THEIRS: &str = "Theirs";
pub(crate) const MINE: &str = "Mine";
pub(crate) const REMOVED_BY_OTHER: &str = "Removed";
pub(crate) const NOBODY_YET: &str = "No agent chosen";
pub(crate) const SAVE_AGAIN: &str = "Save again";
pub(crate) const DISCARD_WRITE: &str = "Discard my change";
pub(crate) const KEEP_ROW: &str = "Keep it";
pub(crate) const KEEP_BOTH: &str = "Keep both numbers";
pub(crate) const SAVED_WHEN_BACK: &str = "The connection is lost. This is saved as soon as it is back.";

/// How many numbers or reserved ranges are listed before the rest is only counted.
const MOST_LISTED: usize = 3;

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
pub(crate) fn also_has<'a>(rows: impl Iterator<Item = &'a AgentExtension>) -> String {
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

pub(crate) fn theirs(theirs: &Theirs) -> String {
    let who = theirs.row().and_then(|row| row.updated_by.as_deref()).unwrap_or("Someone");
    match theirs {
        Theirs::Changed(_) => format!("{who} changed this extension while you were editing it."),
        Theirs::Renumbered(row) => {
            format!("{who} changed its number to {} while you were editing it.", row.extension_number)
        }
        Theirs::Removed => "Someone removed this extension while you were editing it.".to_owned(),
    }
}

pub(crate) fn keep_hint(theirs: &Theirs) -> &'static str {
    match theirs {
        Theirs::Changed(_) | Theirs::Renumbered(_) => "If you keep yours, saving replaces theirs.",
        Theirs::Removed => "If you keep yours, saving adds it anew.",
    }
}

pub(crate) fn failure(failure: &SaveFailure) -> String {
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

pub(crate) fn pending(pending: &PendingWrite, draft: &Draft) -> String {
    let (number, name) = (&pending.put.row.extension_number, &pending.put.row.worker_full_name);
    if let Some(theirs) = pending.theirs(draft) {
        let (who, now) = match theirs {
            TheirChange::Changed(row) => (row.updated_by.as_deref(), format!("gave it to {}", row.worker_full_name)),
            TheirChange::Removed => (None, "removed it".to_owned()),
        };
        let who = who.unwrap_or("Someone");
        return format!("{number} for {name} is not saved: {who} {now} meanwhile.");
    }
    match &pending.state {
        PendingState::Waiting => format!("Pending: {number} for {name} is saved as soon as the connection is back."),
        PendingState::Underway => format!("Saving {number} for {name}…"),
        PendingState::Offered(None) => {
            format!("{number} for {name} was not saved before the page was closed. Save it now?")
        }
        PendingState::Offered(Some(why)) => format!("{number} for {name} is not saved. {}", failure(why)),
    }
}

pub(crate) fn pending_removal(pending: &PendingRemoval, draft: &Draft) -> String {
    let (number, name) = (&pending.row.row.extension_number, &pending.row.row.worker_full_name);
    match (&pending.state, draft.get(&pending.row.key)) {
        (PendingState::Waiting, _) => {
            format!("Pending: {number} of {name} is removed as soon as the connection is back.")
        }
        (PendingState::Underway, _) => format!("Removing {number} of {name}…"),
        (PendingState::Offered(None), _) => {
            format!("{number} of {name} was not removed before the page was closed. Remove it now?")
        }
        (PendingState::Offered(Some(SaveFailure::ChangedByOther)), Some(now)) => {
            let who = now.updated_by.as_deref().unwrap_or("Someone");
            format!(
                "{number} is not removed: {who} changed it meanwhile, and it leads to {} now.",
                now.worker_full_name
            )
        }
        (PendingState::Offered(Some(SaveFailure::Problem(why))), _) => {
            format!("{number} of {name} is not removed. {}", problem(why))
        }
        (PendingState::Offered(Some(why)), _) => format!("{number} of {name} is not removed. {}", failure(why)),
    }
}

pub(crate) fn more_pending(more: usize) -> String {
    format!("And {} more.", super::grouped(more))
}

pub(crate) fn unfinished(found: &UnfinishedRenumbering) -> String {
    let (old, new) = (&found.old, &found.new);
    format!(
        "The change of {} ({}) to {} ({}) was cut off: both are there.",
        old.extension_number, old.worker_full_name, new.extension_number, new.worker_full_name
    )
}

pub(crate) fn remove_old(found: &UnfinishedRenumbering) -> String {
    format!("Remove {}", found.old.extension_number)
}

pub(crate) fn settling_failed(moves: &Renumbering) -> String {
    moves.problem.as_ref().map(|why| format!("That did not work. {}", problem(why))).unwrap_or_default()
}
