//! Rows as they are found: one that leads nowhere takes nothing else down, and what is odd beside the number and the Worker
//! costs nobody the agent.
//!
//! Call [`Directory::read`] for rows that are all there, and [`Reading::take`] for one after another.
//!
//! Knows nothing of where the rows come from.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::directory::MOST_REPORTED;
use crate::{AgentExtension, Directory, ExtensionNumber, Oddity, RowError};

/// A row that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// Its position in what was read, counted from 0.
    pub row: usize,
    /// What is wrong with it; empty after the first 1 000 such rows, because nobody reads more.
    pub problem: String,
    /// The row itself, as far as it was read; null after the first 1 000 such rows.
    pub value: Value,
}

/// A row that leads to its agent, and has something in it that may not be published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddRow {
    /// Its position in what was read, counted from 0.
    pub row: usize,
    /// Its number.
    pub number: ExtensionNumber,
    /// What is odd.
    pub oddities: Vec<Oddity>,
}

/// What came of reading rows that may be malformed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// How many rows there are, whatever is in them.
    pub rows: usize,
    /// The rows that lead to an agent.
    pub directory: Directory,
    /// Those of them that are odd otherwise; in the directory that is left out or put right.
    pub odd: Vec<OddRow>,
    /// The rows that lead nowhere.
    pub rejected: Vec<RejectedRow>,
}

impl Directory {
    /// Reads all rows.
    #[must_use]
    pub fn read(rows: &[Value]) -> Reading {
        let mut reading = Reading::default();
        rows.iter().for_each(|row| reading.take(row));
        reading
    }
}

impl Reading {
    /// Reads one more row.
    pub fn take(&mut self, value: &Value) {
        let row = self.rows;
        self.rows += 1;
        if let Err(error) = self.add(row, value) {
            let is_reported = self.rejected.len() < MOST_REPORTED;
            let (problem, value) =
                if is_reported { (error.to_string(), value.clone()) } else { (String::new(), Value::Null) };
            self.rejected.push(RejectedRow { row, problem, value });
        }
    }

    fn add(&mut self, row: usize, value: &Value) -> Result<(), RowError> {
        let (extension, oddities) = AgentExtension::read(value)?;
        let number = extension.extension_number.clone();
        self.directory.add(extension)?;
        if !oddities.is_empty() {
            self.odd.push(OddRow { row, number, oddities });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
