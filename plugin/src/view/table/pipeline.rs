//! Which rows the table shows, worked out step by step: in order, those that match, those on the page.
//!
//! Each step is taken anew only when something that it depends on changed: a keystroke orders nothing, turning a page
//! compares nothing with what is published.

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::{Filter, Listing, Model, Roster, RowKeys, SearchSteps};
use crate::view::derived::Number;
use crate::view::model_reader::ModelReader;

/// The steps, to be followed separately.
#[derive(Clone, Copy)]
pub(super) struct RowPipeline {
    /// What the person asked for.
    pub(super) roster: Memo<Roster>,
    /// All rows that match, in order.
    pub(super) matching: Memo<Listing>,
    /// The page that is shown, counted from 0.
    pub(super) page: Number,
    /// The rows on it.
    pub(super) on_page: Memo<Vec<Arc<RowKeys>>>,
}

impl RowPipeline {
    pub(super) fn new(reader: ModelReader) -> Self {
        let roster = Memo::new(move |_| reader.roster(Roster::clone));
        let matching = matching(reader, roster);
        let page = Memo::new(move |_| Some(roster.with(|roster| matching.with(|rows| roster.page_of(rows)))));
        let size = Memo::new(move |_| Some(roster.with(|roster| roster.page_size)));
        let on_page = Memo::new(move |_| {
            let size = size.get().unwrap_or(1);
            let first = page.get().unwrap_or(0) * size;
            matching.with(|rows| rows.iter().skip(first).take(size).cloned().collect())
        });
        Self { roster, matching, page, on_page }
    }
}

fn matching(reader: ModelReader, roster: Memo<Roster>) -> Memo<Listing> {
    let sort = Memo::new(move |_| roster.with(|roster| roster.sort));
    let ordered = Memo::new(move |_| reader.draft(|draft| Roster::ordered(draft, sort.get())));
    let filter = Memo::new(move |_| roster.with(|roster| roster.filter.without_query()));
    let filtered = Memo::new(move |_| filter.with(|filter| ordered.with(|rows| filtered(filter, rows, reader))));
    let steps = StoredValue::new(None);
    Memo::new(move |_| {
        let all = filtered.get();
        let find = |steps: &mut Option<SearchSteps>| {
            let known =
                steps.take().filter(|steps| steps.begins_with(&all)).unwrap_or_else(|| SearchSteps::new(all.clone()));
            roster.with(|roster| steps.insert(known).find(&roster.filter.query))
        };
        steps.try_update_value(find).unwrap_or_else(|| all.clone())
    })
}

fn filtered(filter: &Filter, rows: &Listing, reader: ModelReader) -> Listing {
    // Both are followed only while they are asked for.
    let differences = filter.only_changed.then(|| reader.differences()).flatten();
    if filter.team.is_some() {
        reader.track_teams();
    }
    reader.with_untracked(|model: &Model| filter.apply(rows, differences.as_deref(), &model.teams))
}
