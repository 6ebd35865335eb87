//! The whole set of extensions, in which one number leads to one agent.
//!
//! Call [`Directory::parse`] where one broken row refuses them all; [`Directory::changes_since`] tells how two of them
//! differ. For rows as they are found, see `reading`.
//!
//! Knows nothing of where a directory is kept: the draft and the published one are both of this type.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::{AgentExtension, ExtensionNumber, NumberRules, RowError};

/// More rows than this are not reported at once: nobody reads more, and each may repeat the name of an agent.
pub(crate) const MOST_REPORTED: usize = 1_000;

/// Extensions by number. No number stands twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    by_number: BTreeMap<ExtensionNumber, AgentExtension>,
}

/// The number is another agent's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("extension {} already belongs to {}", .owner.extension_number, .owner.worker_full_name)]
pub struct Taken {
    /// The extension that stands in the way.
    pub owner: Box<AgentExtension>,
}

/// Every row that may not be published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} rows break a rule", .rows.len())]
pub struct DirectoryError {
    /// The offending rows, in order.
    pub rows: Vec<InvalidRow>,
}

/// A row that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRow {
    /// Its position in what was sent, counted from 0.
    pub row: usize,
    /// The rule that it breaks.
    pub error: RowError,
}

/// One difference between two directories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A number that was free leads to an agent now.
    Added(AgentExtension),
    /// A number leads to another agent, or its agent has another name.
    Changed {
        /// As it was.
        before: AgentExtension,
        /// As it is.
        after: AgentExtension,
    },
    /// A number leads nowhere any more.
    Removed(AgentExtension),
}

impl Directory {
    /// Reads rows that are to be published: all of them must be sound.
    ///
    /// # Errors
    ///
    /// [`DirectoryError`] with every row that breaks a rule, but no more than 1 000 of them.
    pub fn parse(
        rows: impl IntoIterator<Item = impl Borrow<Value>>,
        rules: &NumberRules,
    ) -> Result<Self, DirectoryError> {
        let mut directory = Self::default();
        let mut wrong = Vec::new();
        for (row, value) in rows.into_iter().enumerate() {
            let read = AgentExtension::parse(value.borrow(), rules);
            if let Err(error) = read.and_then(|extension| directory.add(extension)) {
                wrong.push(InvalidRow { row, error });
            }
            if wrong.len() == MOST_REPORTED {
                break;
            }
        }
        if wrong.is_empty() { Ok(directory) } else { Err(DirectoryError { rows: wrong }) }
    }

    pub(crate) fn add(&mut self, extension: AgentExtension) -> Result<(), RowError> {
        let number = extension.extension_number.clone();
        match self.by_number.get(&number) {
            Some(owner) => Err(RowError::Taken { number, owner: owner.worker_full_name.clone() }),
            None => {
                self.by_number.insert(number, extension);
                Ok(())
            }
        }
    }

    /// Gives a number to an agent. Assigning the same number to the same agent again updates the row.
    ///
    /// # Errors
    ///
    /// [`Taken`] when the number is another agent's; nothing changes then.
    pub fn assign(&mut self, extension: AgentExtension) -> Result<(), Taken> {
        if let Some(owner) = self.by_number.get(&extension.extension_number)
            && owner.worker_sid != extension.worker_sid
        {
            return Err(Taken { owner: Box::new(owner.clone()) });
        }
        self.by_number.insert(extension.extension_number.clone(), extension);
        Ok(())
    }

    /// Frees a number and returns what it led to.
    pub fn remove(&mut self, number: &str) -> Option<AgentExtension> {
        self.by_number.remove(number)
    }

    /// The agent that a number leads to.
    #[must_use]
    pub fn get(&self, number: &str) -> Option<&AgentExtension> {
        self.by_number.get(number)
    }

    /// How many numbers there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_number.len()
    }

    /// Whether there is no number at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_number.is_empty()
    }

    /// The extensions in the order of their numbers as text.
    pub fn iter(&self) -> impl Iterator<Item = &AgentExtension> {
        self.by_number.values()
    }

    /// What publishing this directory would change in `published`, in the order of the numbers.
    #[must_use]
    pub fn changes_since(&self, published: &Self) -> Vec<Change> {
        let mut changes: Vec<_> = self
            .iter()
            .filter_map(|after| match published.get(after.extension_number.as_str()) {
                None => Some(Change::Added(after.clone())),
                Some(before) if before.leads_to_the_same_agent(after) => None,
                Some(before) => Some(Change::Changed { before: before.clone(), after: after.clone() }),
            })
            .chain(
                published
                    .iter()
                    .filter(|before| self.get(before.extension_number.as_str()).is_none())
                    .map(|before| Change::Removed(before.clone())),
            )
            .collect();
        changes.sort_unstable_by(|left, right| left.number().cmp(right.number()));
        changes
    }

    /// Whether publishing this in place of `published` must be confirmed by a person:
    /// nothing is left, or more than half of the published numbers are gone.
    #[must_use]
    pub fn loses_too_much(&self, published: &Self) -> bool {
        let kept = published.by_number.keys().filter(|number| self.by_number.contains_key(*number)).count();
        self.is_empty() || kept * 2 < published.len()
    }
}

impl Change {
    /// The number that the change is about.
    #[must_use]
    pub fn number(&self) -> &ExtensionNumber {
        match self {
            Self::Added(extension) | Self::Removed(extension) | Self::Changed { after: extension, .. } => {
                &extension.extension_number
            }
        }
    }
}

#[cfg(test)]
mod tests;
