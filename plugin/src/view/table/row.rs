//! One extension in the table.

use std::sync::Arc;

use leptos::prelude::*;
use shared::AgentExtension;

use super::highlight::highlight;
use super::row_actions::row_actions;
use super::selection_boxes::SelectionBoxes;
use super::slot_signals::SlotSignals;
use super::time_ago::time_ago;
use crate::model::RowKeys;
use crate::strings::{self, ToCorrect};
use crate::view::derived::{Flag, Part, Text};
use crate::view::dispatch::Dispatch;
use crate::view::focus::Focus;
use crate::view::model_reader::ModelReader;

/// What all rows need.
#[derive(Clone, Copy)]
pub(super) struct RowContext {
    pub(super) reader: ModelReader,
    pub(super) boxes: SelectionBoxes,
    pub(super) clock: RwSignal<Option<usize>>,
    pub(super) focus: Focus,
    pub(super) dispatch: Dispatch,
}

/// Whatever happens to other rows, what stands in this slot is drawn anew only when it was written itself, or when it
/// becomes another row.
pub(super) fn row(signals: SlotSignals, context: RowContext) -> AnyView {
    let RowContext { reader, clock, .. } = context;
    let slot = signals.slot.id;
    let (row, words) = (RwSignal::from(signals.row), RwSignal::from(signals.words));
    let hidden: Flag = Box::new(move || signals.waits.get());
    let highlighted = |read: fn(&AgentExtension) -> String| -> Part {
        Box::new(move || Some(words.with(|words| highlight(&reader.row_text(row, read), words))))
    };
    let updater: Text = Box::new(move || {
        let name = row.get().and_then(|row| row.updated_by.clone());
        name.unwrap_or_else(|| strings::UNKNOWN.to_owned())
    });
    let updated_at: Part = Box::new(move || {
        let moment = row.get()?.updated_at;
        Some(moment.map_or_else(|| strings::UNKNOWN.into_any(), |moment| time_ago(moment, clock)))
    });
    view! {
        <tr hidden=hidden data-place=slot.to_string()>
            {context.boxes.cell(row)} <th scope="row">{highlighted(strings::agent_name)}</th>
            <td class="ade-number">{highlighted(|row| row.extension_number.to_string())} {odd(row, reader)}</td>
            <td class="ade-wide ade-sid">{highlighted(|row| row.worker_sid.to_string())}</td>
            <td class="ade-middle ade-updater">{updater}</td>
            <td class="ade-middle ade-ago">{updated_at} {not_published(row, reader)}</td>
            {row_actions(row, context.reader, context.focus, context.dispatch)}
        </tr>
    }
    .into_any()
}

/// The mark on a row that leads to its agent and has something odd in it, which saving it puts right. What there is no
/// room for is for whoever points at it or listens.
fn odd(row: RwSignal<Option<Arc<RowKeys>>>, reader: ModelReader) -> Part {
    Box::new(move || {
        let row = row.get()?;
        let ToCorrect { short, rest } =
            reader.with_untracked(|model| strings::to_correct(model.draft.oddities(&row.key)))?;
        let heard = rest.clone().map(|rest| view! { <span class="ade-hidden">{format!(": {rest}")}</span> });
        Some(view! { <span class="ade-mark ade-mark-odd" title=rest>{short} {heard}</span> }.into_any())
    })
}

/// The mark on a row that callers do not know yet.
fn not_published(row: RwSignal<Option<Arc<RowKeys>>>, reader: ModelReader) -> Part {
    let view = || view! { <span class="ade-mark">{strings::NOT_PUBLISHED}</span> }.into_any();
    Box::new(move || {
        let row = row.get()?;
        reader.differences().is_some_and(|differences| differences.has(&row.key)).then(view)
    })
}
