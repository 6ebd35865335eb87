//! Whether the agents of the extensions are still there, under the same name.
//!
//! Whether they are in the right queue is for `call_flow`.

use std::collections::HashMap;

use shared::AgentExtension;

use super::directory::Directories;
use super::{Finding, strings};
use crate::base::Base;
use crate::commands::CommandError;
use crate::commands::workspace::find_workspace;

/// Looks for every extension's Worker.
pub(super) async fn check(base: &Base, directories: &Directories) -> Result<Vec<Finding>, CommandError> {
    let Some(directory) = directories.live() else { return Ok(Vec::new()) };
    let workspace = find_workspace(base).await?;
    let workers = base.twilio.list_workers(&workspace).await?;
    let names: HashMap<_, _> = workers.iter().map(|worker| (worker.sid.as_str(), worker.full_name())).collect();
    let (mut deleted, mut renamed) = (Vec::new(), Vec::new());
    for extension in directory.iter() {
        match names.get(extension.worker_sid.as_str()) {
            None => deleted.push(number_and_name(extension)),
            Some(name) if *name != extension.worker_full_name => {
                renamed.push(format!("{} (now {name})", number_and_name(extension)));
            }
            Some(_) => {}
        }
    }
    let mut findings = Vec::new();
    if !deleted.is_empty() {
        findings.push(Finding::error("worker-deleted", first_few(&deleted), strings::deleted(deleted.len())));
    }
    if !renamed.is_empty() {
        findings.push(Finding::warning("worker-renamed", first_few(&renamed), strings::renamed(renamed.len())));
    }
    Ok(findings)
}

/// An extension and its agent.
pub(super) fn number_and_name(extension: &AgentExtension) -> String {
    format!("{} {}", extension.extension_number.as_str(), extension.worker_full_name)
}

/// The first few, and how many more there are.
pub(super) fn first_few(all: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown = all.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
