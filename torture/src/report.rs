//! The table of what was tried, survived and lost, and how a lost case is done again.
//!
//! Knows nothing of what a case does.

use std::time::Duration;

use anyhow::{Error, Result};

use crate::kind::Kind;

/// What came of all kinds.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) rows: Vec<Row>,
}

/// What came of one kind.
#[derive(Debug)]
pub(crate) struct Row {
    kind: Kind,
    of: u64,
    pub(crate) tried: usize,
    lost: Vec<Lost>,
    /// What the last case says that has something to say.
    note: String,
    pub(crate) took: Duration,
}

#[derive(Debug)]
struct Lost {
    /// None if no case could be tried.
    seed: Option<u64>,
    why: String,
}

impl Row {
    pub(crate) fn new(kind: Kind, of: u64) -> Self {
        Self { kind, of, tried: 0, lost: Vec::new(), note: String::new(), took: Duration::ZERO }
    }

    /// A kind whose cases could not even be told: that is a loss, too.
    pub(crate) fn never_tried(kind: Kind, error: &Error) -> Self {
        Self { lost: vec![Lost { seed: None, why: format!("{error:#}") }], ..Self::new(kind, 0) }
    }

    pub(crate) fn add(&mut self, seed: u64, outcome: Result<String>) {
        self.tried += 1;
        match outcome {
            Ok(note) if note.is_empty() => {}
            Ok(note) => self.note = note,
            Err(error) => self.lost.push(Lost { seed: Some(seed), why: format!("{error:#}") }),
        }
    }

    fn survived(&self) -> usize {
        self.tried.saturating_sub(self.lost.len())
    }

    /// The row of the table.
    pub(crate) fn line(&self) -> String {
        let Self { kind, of, tried, lost, note, took } = self;
        let (survived, lost, took) = (self.survived(), lost.len(), took.as_secs());
        format!("{kind:<18} {tried:>6} {survived:>8} {lost:>5} {of:>6} {took:>5} s  {note}").trim_end().to_owned()
    }
}

impl Report {
    /// How many cases were lost.
    pub(crate) fn lost(&self) -> usize {
        self.rows.iter().map(|row| row.lost.len()).sum()
    }

    /// Prints the table, and why each lost case is lost.
    pub(crate) fn print(&self) {
        println!("{:<18} {:>6} {:>8} {:>5} {:>6} {:>7}", "kind", "tried", "survived", "lost", "of", "took");
        for row in &self.rows {
            println!("{}", row.line());
        }
        for (row, lost) in self.rows.iter().flat_map(|row| row.lost.iter().map(move |lost| (row, lost))) {
            println!("\nlost: {}", lost.why);
            if let Some(seed) = lost.seed {
                println!("  again: cargo xtask torture --only {} --seed {seed}", row.kind);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_that_could_not_be_tried_is_lost_like_a_case() {
        let mut row = Row::new(Kind::Kills, 9);
        row.add(1, Ok("note".to_owned()));
        row.add(2, Ok(String::new()));
        row.add(3, Err(Error::msg("gone")));
        assert_eq!(row.line().split_whitespace().collect::<Vec<_>>(), ["kills", "3", "2", "1", "9", "0", "s", "note"]);
        let never = Row::never_tried(Kind::Calls, &Error::msg("no server"));
        assert_eq!(Report { rows: vec![row, never] }.lost(), 2);
    }
}
