//! The heads of the table's columns. Pressing one puts the rows into its order; pressing it again turns that round.

use leptos::prelude::*;

use super::Dispatch;
use super::rows::Rows;
use crate::model::{Column, Event, RosterEvent};
use crate::strings;

pub(super) fn heads(rows: Rows, dispatch: Dispatch) -> AnyView {
    let columns = [
        (Column::Agent, strings::AGENT, ""),
        (Column::Number, strings::EXTENSION, ""),
        (Column::Worker, strings::WORKER_SID, "ade-wide"),
        (Column::UpdatedBy, strings::UPDATED_BY, "ade-middle"),
        (Column::UpdatedAt, strings::UPDATED_AT, "ade-middle"),
    ];
    let heads: Vec<_> = columns.into_iter().map(|column| head(column, rows, dispatch)).collect();
    heads.into_any()
}

fn head((column, name, class): (Column, &'static str, &'static str), rows: Rows, dispatch: Dispatch) -> AnyView {
    let sorted = move || {
        let sort = rows.roster.with(|roster| roster.sort);
        (sort.column == column).then_some(if sort.descending { "descending" } else { "ascending" })
    };
    view! {
        <th scope="col" class=class aria-sort=sorted>
            <button
                type="button"
                class="ade-button ade-sort"
                on:click=dispatch.on_press(Event::Roster(RosterEvent::SortPressed(column)))
            >
                {name}
                <span class="ade-sort-mark" aria-hidden="true"></span>
            </button>
        </th>
    }
    .into_any()
}
