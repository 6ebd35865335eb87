//! Sentences about what could not be read, and about the connection.

use std::collections::BTreeMap;

use shared::wire::UnreadableAsset;
use shared::{OddRow, Oddity, RejectedRow, RowError, WorkerNameError};

use super::counts::grouped;
use super::problems::problem;
use crate::model::{ConnectionStatus, Problem};

/// How many rows one sentence names.
const MOST_NAMED: usize = 3;

pub(crate) fn draft_failed(why: &Problem) -> String {
    format!("The extensions could not be read. {}", problem(why))
}

pub(crate) fn list_failed(why: &Problem) -> String {
    format!("What is published could not be loaded. {}", problem(why))
}

/// The published asset is no array of rows.
pub(crate) fn asset_unreadable(asset: &UnreadableAsset) -> String {
    format!(
        "What is published can not be read: {}. The server answers callers from the last directory that it could read. \
         Publish the extensions below to put that right.",
        asset.problem
    )
}

pub(crate) fn unreadable(rows: &BTreeMap<String, RowError>) -> String {
    let (what, is) = if rows.len() == 1 { ("Map Item", "is") } else { ("Map Items", "are") };
    let named = rows.iter().map(|(key, why)| format!("{key} ({why})"));
    let named = listed(named, rows.len());
    format!("{} {what} of the Sync Map {is} no agent extension, left alone and not published: {named}.", rows.len())
}

pub(crate) fn rejected(rows: &[RejectedRow]) -> String {
    let (what, lead) = if rows.len() == 1 { ("row", "leads") } else { ("rows", "lead") };
    let named = rows.iter().map(|one| format!("row {} ({})", one.row + 1, one.problem));
    let named = listed(named, rows.len());
    format!("{} published {what} {lead} nowhere, and will be replaced by the next publish: {named}.", rows.len())
}

/// Published rows that lead to their agent and have something odd in them.
pub(crate) fn odd_published(rows: &[OddRow]) -> String {
    let (what, is) = if rows.len() == 1 { ("row", "is") } else { ("rows", "are") };
    let named = rows.iter().map(|one| format!("extension {} ({})", one.number, oddities(&one.oddities)));
    let named = listed(named, rows.len());
    format!("{} published {what} {is} odd, and put right by the next publish: {named}.", rows.len())
}

/// What is odd in a row.
pub(crate) fn oddities(oddities: &[Oddity]) -> String {
    oddities.iter().map(oddity).collect::<Vec<_>>().join(", ")
}

pub(super) fn oddity(oddity: &Oddity) -> String {
    match oddity {
        Oddity::NameMissing | Oddity::Name(WorkerNameError::Invisible) => "has no name".to_owned(),
        Oddity::Name(WorkerNameError::Control) => "the name has control characters".to_owned(),
        Oddity::Name(WorkerNameError::TooLong { max }) => format!("the name has more than {max} characters"),
        Oddity::Damaged { field: "workerFullName" } => "the name has characters that can not be read".to_owned(),
        Oddity::Damaged { field } => format!("{field} has characters that can not be read"),
        Oddity::OtherUnreadable => "a field of another tool can not be read".to_owned(),
        Oddity::NotText { field } => format!("{field} is not text"),
    }
}

fn listed(named: impl Iterator<Item = String>, count: usize) -> String {
    let first: Vec<_> = named.take(MOST_NAMED).collect();
    match count.checked_sub(MOST_NAMED) {
        Some(more @ 1..) => format!("{} and {} more", first.join(", "), grouped(more)),
        _ => first.join(", "),
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
