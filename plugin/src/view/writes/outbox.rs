//! Writes that wait for the connection, or that Sync did not take.

use leptos::prelude::*;

use super::pending_list::{MOST_SHOWN, pending_line, pending_list};
use crate::model::{Draft, Event, Model, OutboxEvent, PendingRemoval, PendingState, PendingWrite};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;
use crate::view::widgets::link_button::link_button;

pub(in crate::view) fn outbox(reader: ModelReader, dispatch: Dispatch) -> Part {
    reader.part(move |model| list(model, dispatch))
}

fn list(model: &Model, dispatch: Dispatch) -> Option<AnyView> {
    let writes = model.outbox.writes.iter().map(|pending| write(pending, &model.draft, dispatch));
    let removals = model.outbox.removals.iter().map(|pending| removal(pending, &model.draft, dispatch));
    let shown = writes.chain(removals).take(MOST_SHOWN);
    pending_list(shown.collect(), model.outbox.len(), String::new())
}

fn write(pending: &PendingWrite, draft: &Draft, dispatch: Dispatch) -> AnyView {
    let (again, discard) = match pending.theirs(draft) {
        Some(_) => (strings::KEEP_MINE, strings::KEEP_THEIRS),
        None => (strings::SAVE_AGAIN, strings::DISCARD_WRITE),
    };
    let request = pending.request;
    let buttons = match pending.state {
        PendingState::Waiting | PendingState::Underway => Vec::new(),
        PendingState::Offered(_) => {
            vec![
                link_button(again, Event::Outbox(OutboxEvent::AgainClicked(request)), dispatch),
                link_button(discard, Event::Outbox(OutboxEvent::DiscardClicked(request)), dispatch),
            ]
        }
    };
    pending_line(strings::pending_write(pending, draft), buttons)
}

/// A removal can be taken back until it is sent.
fn removal(pending: &PendingRemoval, draft: &Draft, dispatch: Dispatch) -> AnyView {
    let request = pending.request;
    let keep = || link_button(strings::KEEP_ROW, Event::Outbox(OutboxEvent::DiscardClicked(request)), dispatch);
    let again = || link_button(strings::REMOVE, Event::Outbox(OutboxEvent::AgainClicked(request)), dispatch);
    let buttons = match pending.state {
        PendingState::Waiting => vec![keep()],
        PendingState::Underway => Vec::new(),
        PendingState::Offered(_) => vec![again(), keep()],
    };
    pending_line(strings::pending_removal(pending, draft), buttons)
}
