//! The table itself: its heads and the slots that its rows stand in.

use leptos::prelude::*;

use super::column_heads::column_heads;
use super::content::Content;
use super::pipeline::RowPipeline;
use super::row::{RowContext, row};
use super::slot_signals::SlotSignals;
use crate::strings;
use crate::view::derived::Flag;

pub(super) fn extension_table(
    rows: RowPipeline,
    slots: RwSignal<Vec<SlotSignals>>,
    content: Memo<Content>,
    context: RowContext,
) -> AnyView {
    let hidden: Flag = Box::new(move || content.get() != Content::Rows);
    view! {
        <div class="ade-table-frame" tabindex="0" role="region" aria-label=strings::CAPTION hidden=hidden>
            <table class="ade-table">
                <caption class="ade-hidden">{strings::CAPTION}</caption>
                <thead>
                    <tr>
                        {context.boxes.head()} {column_heads(rows, context.dispatch)} <th scope="col">
                            <span class="ade-hidden">{strings::ACTIONS}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || slots.get() key=|signals| signals.slot.id children=move |signals| row(signals, context) />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}
