//! The question whether to remove all chosen extensions, how far it got, and what failed.

use leptos::prelude::*;

use crate::model::{BulkRemoval, BulkRemovalEvent, BulkRemovalState, Event, Model};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::focus::{Focus, ReturnTo};
use crate::view::model_reader::ModelReader;
use crate::view::widgets::alert;
use crate::view::widgets::dialog::dialog;

pub(in crate::view) fn bulk_removal(reader: ModelReader, focus: Focus, dispatch: Dispatch) -> Part {
    let open = reader.condition(|model| model.bulk_removal.is_some());
    focus.return_when_closed(open, ReturnTo { opener: Some(focus.bulk_removal), or_else: focus.undo_button });
    open.then(move || bulk_dialog(reader, dispatch))
}

fn bulk_dialog(reader: ModelReader, dispatch: Dispatch) -> AnyView {
    let content = view! {
        <h2 class="ade-panel-title" id="ade-bulk-title">
            {reader.text(|model| text(model, |bulk| format!("{}?", strings::remove_many(bulk.rows.len()))))}
        </h2>
        <p class="ade-dialog-text" id="ade-bulk-text">
            {reader.text(|model| text(model, |bulk| strings::remove_many_question(&bulk.rows)))}
        </p>
        {reader.part(|model| state(model.bulk_removal.as_ref()?))}
        <div class="ade-form-actions">
            <button
                type="button"
                class="ade-button ade-button-danger"
                disabled=reader.flag(is_removing)
                on:click=dispatch.on_press(Event::BulkRemoval(BulkRemovalEvent::Confirmed))
            >
                {reader.text(|model| text(model, confirm))}
            </button>
            <button
                type="button"
                class="ade-button ade-button-secondary"
                autofocus=true
                on:click=dispatch.on_press(Event::BulkRemoval(BulkRemovalEvent::Canceled))
            >
                {reader.text(|model| text(model, cancel))}
            </button>
        </div>
    };
    dialog("ade-bulk", Event::BulkRemoval(BulkRemovalEvent::Canceled), content.into_any(), dispatch)
}

fn text(model: &Model, read: fn(&BulkRemoval) -> String) -> String {
    model.bulk_removal.as_ref().map(read).unwrap_or_default()
}

fn is_removing(model: &Model) -> bool {
    model.bulk_removal.as_ref().is_some_and(|bulk| matches!(bulk.state, BulkRemovalState::Removing(_)))
}

fn confirm(bulk: &BulkRemoval) -> String {
    match &bulk.state {
        BulkRemovalState::Failed(_) => strings::TRY_AGAIN.to_owned(),
        _ => strings::remove_many(bulk.rows.len()),
    }
}

fn cancel(bulk: &BulkRemoval) -> String {
    let name = match &bulk.state {
        BulkRemovalState::Removing(_) => strings::STOP,
        BulkRemovalState::Failed(_) => strings::CLOSE,
        BulkRemovalState::Asking | BulkRemovalState::ChangedMeanwhile => strings::CANCEL,
    };
    name.to_owned()
}

fn state(bulk: &BulkRemoval) -> Option<AnyView> {
    match &bulk.state {
        BulkRemovalState::Asking => None,
        BulkRemovalState::ChangedMeanwhile => Some(alert::error(strings::BULK_CHANGED.to_owned())),
        BulkRemovalState::Failed(failed) => Some(alert::error(strings::not_removed(failed))),
        BulkRemovalState::Removing(batch) => Some(progress(batch.settled(), batch.total())),
    }
}

fn progress(settled: usize, total: usize) -> AnyView {
    let text = strings::removing_many(settled, total);
    view! {
        <div class="ade-bulk-progress">
            <progress max=total value=settled aria-label=text.clone() />
            <span aria-hidden="true">{text}</span>
        </div>
    }
    .into_any()
}
