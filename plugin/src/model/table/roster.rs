//! Which rows the table shows: what was looked for, in which order, and which page of it.
//!
//! Knows nothing of how a row looks. It is part of the model, so it stays when the view is left.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::listing::Listing;
use super::order::{Column, Sort};
use super::teams::Teams;
use crate::model::draft::{Draft, RowKeys};
use crate::model::publishing::Differences;
use crate::model::{Effect, Model};

/// How many rows a page of the table may have.
pub const PAGE_SIZES: [usize; 3] = [25, 50, 100];

/// What a row must have to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What was typed, as it was typed.
    pub query: String,
    /// Only rows that differ from what is published.
    pub only_changed: bool,
    /// Only rows that this person changed last.
    pub updater: Option<String>,
    /// Only rows of agents of this team.
    pub team: Option<String>,
}

/// The part of the table that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// Which rows.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// How many at a time.
    pub page_size: usize,
    /// Rises with every letter that is typed into the search box.
    pub keystrokes: usize,
    /// The page that was asked for, counted from 0. There may be fewer by now.
    page: usize,
    /// The row that was the first of it. The page follows that row when others come and go before it.
    first: Option<String>,
}

/// What a person does to find rows.
#[derive(Clone, Debug)]
pub enum RosterEvent {
    /// Something else stands in the search box.
    QueryTyped(String),
    /// Only what is not published yet, or everything.
    OnlyChangedSet(bool),
    /// Only what one person changed, or everything.
    UpdaterChosen(Option<String>),
    /// Only the agents of one team, or all.
    TeamChosen(Option<String>),
    /// Everything again.
    FilterCleared,
    /// The head of a column was pressed.
    SortPressed(Column),
    /// Pages of another size.
    PageSizeChosen(usize),
    /// Another page, counted from 0.
    PageChosen {
        /// Which one.
        page: usize,
        /// The key of the first row on it.
        first: Option<String>,
    },
}

impl Default for Roster {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            sort: Sort::default(),
            page_size: PAGE_SIZES[2],
            keystrokes: 0,
            page: 0,
            first: None,
        }
    }
}

impl Filter {
    /// Whether anything keeps rows from being shown.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.query.trim().is_empty() || self.only_changed || self.updater.is_some() || self.team.is_some()
    }

    /// The same without what was typed, for which there is the [`super::SearchSteps`].
    #[must_use]
    pub fn without_query(&self) -> Self {
        Self { query: String::new(), ..self.clone() }
    }

    /// The rows that have everything but what was typed. What differs from what is published is not known until both
    /// are loaded.
    #[must_use]
    pub fn apply(&self, rows: &Listing, differences: Option<&Differences>, teams: &Teams) -> Listing {
        let updater = self.updater.as_deref();
        let fits = |row: &RowKeys| {
            (!self.only_changed || differences.is_some_and(|differences| differences.has(&row.key)))
                && (updater.is_none() || row.updated_by.as_deref() == updater)
                && self.team.as_deref().is_none_or(|team| teams.of(row.worker()) == Some(team))
        };
        if !self.without_query().is_on() {
            return rows.clone();
        }
        rows.iter().filter(|row| fits(row)).cloned().collect()
    }
}

impl Roster {
    /// All rows in the order that was asked for.
    #[must_use]
    pub fn ordered(draft: &Draft, sort: Sort) -> Listing {
        let mut rows: Vec<_> = draft.row_keys().cloned().collect();
        sort.apply(&mut rows);
        rows.into_iter().collect()
    }

    /// Everybody who changed a row last, by name.
    #[must_use]
    pub fn updaters(draft: &Draft) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for name in draft.row_keys().filter_map(|row| row.updated_by.as_ref()) {
            if !names.contains(name) {
                names.insert(name.clone());
            }
        }
        names
    }

    /// How many pages that many rows fill; an empty table has one.
    #[must_use]
    pub fn pages(&self, rows: usize) -> usize {
        rows.div_ceil(self.page_size).max(1)
    }

    /// The page to show. The first page stays the first; any other follows the row that it began with, and is the
    /// one asked for, or the last one, where that row is gone.
    #[must_use]
    pub fn page_of(&self, rows: &[Arc<RowKeys>]) -> usize {
        let first = self.first.as_ref().filter(|_| self.page > 0);
        let position = first.and_then(|first| rows.iter().position(|row| row.key == *first));
        position.map_or(self.page, |position| position / self.page_size).min(self.pages(rows.len()) - 1)
    }

    fn back_to_the_start(&mut self) {
        self.page = 0;
        self.first = None;
    }
}

impl Model {
    pub(in crate::model) fn roster_event(&mut self, event: RosterEvent) -> Vec<Effect> {
        let roster = &mut self.roster;
        match event {
            RosterEvent::PageChosen { page, first } => {
                roster.page = page;
                roster.first = first;
                return Vec::new();
            }
            RosterEvent::PageSizeChosen(size) => {
                roster.page = roster.page * roster.page_size / size.max(1);
                roster.page_size = size.max(1);
                return Vec::new();
            }
            RosterEvent::QueryTyped(query) => {
                roster.keystrokes += 1;
                roster.filter.query = query;
            }
            RosterEvent::OnlyChangedSet(only) => roster.filter.only_changed = only,
            RosterEvent::UpdaterChosen(updater) => roster.filter.updater = updater,
            RosterEvent::TeamChosen(team) => roster.filter.team = team,
            RosterEvent::FilterCleared => roster.filter = Filter::default(),
            RosterEvent::SortPressed(column) => roster.sort = roster.sort.pressed(column),
        }
        roster.back_to_the_start();
        Vec::new()
    }
}
