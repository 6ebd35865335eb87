//! The heads of the table's columns. Pressing one sorts the rows by that column; pressing it again reverses the order.

use leptos::prelude::*;

use super::pipeline::RowPipeline;
use crate::model::{Column, Event, RosterEvent};
use crate::strings;
use crate::view::dispatch::Dispatch;

struct Head {
    column: Column,
    name: &'static str,
    /// The class by which a narrow table leaves the column out.
    class: &'static str,
}

const HEADS: [Head; 5] = [
    Head { column: Column::Agent, name: strings::AGENT, class: "" },
    Head { column: Column::Number, name: strings::EXTENSION, class: "" },
    Head { column: Column::Worker, name: strings::WORKER_SID, class: "ade-wide" },
    Head { column: Column::UpdatedBy, name: strings::UPDATED_BY, class: "ade-middle" },
    Head { column: Column::UpdatedAt, name: strings::UPDATED_AT, class: "ade-middle" },
];

pub(super) fn column_heads(rows: RowPipeline, dispatch: Dispatch) -> AnyView {
    let heads: Vec<_> = HEADS.into_iter().map(|head| column_head(head, rows, dispatch)).collect();
    heads.into_any()
}

fn column_head(Head { column, name, class }: Head, rows: RowPipeline, dispatch: Dispatch) -> AnyView {
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
