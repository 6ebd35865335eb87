//! The review before a publish: what it would change for callers, and what must be put right or confirmed first.
//!
//! What is reviewed is what is published: the rows are taken when the review opens. Knows nothing of how they are sent.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::{AgentExtension, Change, Directory, InvalidRow, RowError};

use super::published::DeployedDirectory;
use crate::model::{Effect, Model};

/// What publishing would do.
#[derive(Clone, Debug)]
pub struct Review {
    /// Numbers that lead to somebody for the first time.
    pub added: Vec<AgentExtension>,
    /// Numbers that lead to somebody else, or to the same agent under another name.
    pub changed: Vec<ChangedRow>,
    /// Numbers that lead nowhere any more.
    pub removed: Vec<AgentExtension>,
    /// Rows that break a rule; while there are any, nothing can be published.
    pub broken: Vec<BrokenRow>,
    /// How many extensions there will be.
    pub count: usize,
    /// What is lost, where it is so much that the new count must be typed in.
    pub loses: Option<Loss>,
    /// What stands in the draft and is no extension, by the keys of the Map Items: it is not published.
    pub left_out: BTreeMap<String, RowError>,
    /// Rises with every review, so that one that is taken anew is told apart.
    pub opening: usize,
    /// What was typed in as the count.
    pub typed: String,
    rows: Vec<Value>,
    version: Option<String>,
    draft_stamp: usize,
}

/// What publishing takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// More than half of this many extensions, or all of them.
    MostOf(usize),
    /// Nobody can tell, because what is published can not be read.
    Unknown,
}

/// What publishing would make of a number that leads to somebody already.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangedRow {
    /// Whom callers reach now.
    pub before: AgentExtension,
    /// Whom they would reach.
    pub after: AgentExtension,
}

/// A row that may not be published.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokenRow {
    /// Its number.
    pub number: String,
    /// Its agent's name.
    pub agent: String,
    /// The rule.
    pub why: RowError,
}

/// Why what is reviewed can not be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Rows break a rule.
    BrokenRows,
    /// What is published has changed since the review opened, so it compares with the wrong rows.
    Outdated,
    /// The count has to be typed in.
    CountNeeded,
}

/// What happened to the review.
#[derive(Clone, Debug)]
pub enum ReviewEvent {
    /// The person wants to publish, or to see the review as it would be now.
    Opened,
    /// The count was typed in.
    CountTyped(String),
    /// The person wants to publish what is reviewed.
    Confirmed,
    /// The person does not want to publish now.
    Canceled,
}

impl Review {
    fn new(model: &Model, opening: usize) -> Option<Self> {
        let published = model.published.loaded.as_ref()?;
        let (draft, rows) = (model.draft.directory(), model.draft.snapshot());
        let mut review = Self {
            added: Vec::new(),
            changed: Vec::new(),
            removed: Vec::new(),
            broken: broken(&rows, model),
            count: draft.len(),
            loses: loss(&draft, published),
            left_out: model.draft.unreadable().clone(),
            opening,
            typed: String::new(),
            rows,
            version: published.version.clone(),
            draft_stamp: model.draft.stamp,
        };
        for change in draft.changes_since(&published.directory) {
            match change {
                Change::Added(row) => review.added.push(row),
                Change::Changed { before, after } => review.changed.push(ChangedRow { before, after }),
                Change::Removed(row) => review.removed.push(row),
            }
        }
        Some(review)
    }

    /// Whether publishing changes nothing for callers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    fn count_is_confirmed(&self) -> bool {
        self.loses.is_none() || self.typed.trim().parse() == Ok(self.count)
    }
}

/// What must be confirmed, by the rules of the server.
fn loss(draft: &Directory, published: &DeployedDirectory) -> Option<Loss> {
    if published.unreadable.is_some() {
        return Some(Loss::Unknown);
    }
    draft.loses_too_much(&published.directory).then(|| Loss::MostOf(published.directory.len()))
}

/// The rows that the server would refuse, by the same rules.
fn broken(rows: &[Value], model: &Model) -> Vec<BrokenRow> {
    let Err(error) = Directory::parse(rows, &model.published.rules()) else { return Vec::new() };
    let text = |row: &Value, field| row.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let row = |invalid: InvalidRow| {
        let row = rows.get(invalid.row)?;
        Some(BrokenRow { number: text(row, "extensionNumber"), agent: text(row, "workerFullName"), why: invalid.error })
    };
    error.rows.into_iter().filter_map(row).collect()
}

impl Model {
    /// Why what is reviewed can not be published, if anything.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        let review = self.review.as_ref()?;
        let version = self.published.loaded.as_ref().and_then(|loaded| loaded.version.as_ref());
        match review {
            _ if review.version.as_ref() != version => Some(Obstacle::Outdated),
            _ if !review.broken.is_empty() => Some(Obstacle::BrokenRows),
            _ if !review.count_is_confirmed() => Some(Obstacle::CountNeeded),
            _ => None,
        }
    }

    /// Whether the draft was edited since the review opened.
    #[must_use]
    pub fn edited_since_review(&self) -> bool {
        self.review.as_ref().is_some_and(|review| review.draft_stamp != self.draft.stamp)
    }

    pub(in crate::model) fn review_event(&mut self, event: ReviewEvent) -> Vec<Effect> {
        match event {
            ReviewEvent::Opened if self.may_publish() => {
                let opening = self.next_request() as usize;
                self.review = Review::new(self, opening);
            }
            ReviewEvent::CountTyped(text) => {
                if let Some(review) = &mut self.review {
                    review.typed = text;
                }
            }
            ReviewEvent::Canceled => self.review = None,
            ReviewEvent::Confirmed if self.may_publish() && self.obstacle().is_none() => {
                let Some(review) = self.review.take() else { return Vec::new() };
                let confirmed_count = review.loses.map(|_| review.count);
                return self.start_publish(review.rows, review.version, confirmed_count);
            }
            ReviewEvent::Opened | ReviewEvent::Confirmed => {}
        }
        Vec::new()
    }
}
