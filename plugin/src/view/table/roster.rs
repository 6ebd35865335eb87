//! The main part of the screen: what was asked of the table, how much was found, and the rows.

use leptos::prelude::*;

use super::content::{Content, instead_of_rows};
use super::extension_table::extension_table;
use super::loading_progress::loading_progress;
use super::pager::pager;
use super::pipeline::RowPipeline;
use super::progressive_rendering::render_progressively;
use super::row::RowContext;
use super::selection_bar::selection_bar;
use super::selection_boxes::SelectionBoxes;
use super::summary::summary;
use super::time_ago::clock;
use super::toolbar::toolbar;
use crate::view::derived::Condition;
use crate::view::dispatch::Dispatch;
use crate::view::focus::Focus;
use crate::view::model_reader::ModelReader;

pub(in crate::view) fn roster(reader: ModelReader, focus: Focus, dispatch: Dispatch) -> AnyView {
    let rows = RowPipeline::new(reader);
    let slots = render_progressively(rows);
    let boxes = SelectionBoxes::new(reader, rows.on_page, dispatch);
    let context = RowContext { reader, boxes, clock: clock(), focus, dispatch };
    let content = Memo::new(move |_| Content::of(rows, reader));
    let has_table = Condition::new(move || content.get().has_table());
    view! {
        <div class="ade-main">
            {toolbar(reader, dispatch)}
            <div class="ade-summary">
                <p class="ade-count" role="status">
                    {summary(rows, reader)}
                </p>
                {loading_progress(reader)} {selection_bar(reader, focus.bulk_removal, dispatch)}
                {pager(rows, dispatch)}
            </div>
            {has_table.then(move || extension_table(rows, slots, content, context))}
            {instead_of_rows(content, dispatch)}
        </div>
    }
    .into_any()
}
