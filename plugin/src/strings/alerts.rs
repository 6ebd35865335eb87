//! Sentences about what could not be read, and about the connection.

use super::problems::problem;
use crate::model::{ConnectionStatus, Problem};

pub(crate) fn draft_failed(why: &Problem) -> String {
    format!("The extensions could not be read. {}", problem(why))
}

pub(crate) fn list_failed(why: &Problem) -> String {
    format!("What is published could not be loaded. {}", problem(why))
}

pub(crate) fn unreadable(count: usize) -> String {
    let (what, is) = if count == 1 { ("Map Item", "is") } else { ("Map Items", "are") };
    format!("{count} {what} of the Sync Map {is} no agent extension, left alone and not published.")
}

pub(crate) fn rejected(count: usize) -> String {
    let (what, is) = if count == 1 { ("row", "is") } else { ("rows", "are") };
    format!("{count} published {what} {is} not readable, and will be replaced by the next publish.")
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
