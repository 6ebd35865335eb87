//! Changes that did not arrive yet, or only half: each with what can be done about it.

use leptos::prelude::*;

use super::Dispatch;
use crate::model::{
    Draft, Event, Model, OutboxEvent, PendingRemoval, PendingState, PendingWrite, RenumberingEvent,
    UnfinishedRenumbering,
};
use crate::strings;

/// How many are listed; the rest is counted.
const MOST_SHOWN: usize = 5;

/// Writes that wait for the connection, or that Sync did not take.
pub(super) fn pending(model: &Model, dispatch: Dispatch) -> Option<AnyView> {
    let writes = &model.outbox.writes;
    let removals = model.outbox.removals.iter().map(|pending| removal(pending, &model.draft, dispatch));
    let shown = writes.iter().map(|pending| write(pending, &model.draft, dispatch)).chain(removals).take(MOST_SHOWN);
    list(shown.collect(), model.outbox.len(), String::new())
}

/// Changes of a number that were cut off between their two writes.
pub(super) fn unfinished(model: &Model, dispatch: Dispatch) -> Option<AnyView> {
    let found = model.unfinished_renumberings();
    let shown: Vec<_> = found.iter().take(MOST_SHOWN).map(|found| half(found, dispatch)).collect();
    list(shown, found.len(), strings::settling_failed(&model.renumbering))
}

fn list(shown: Vec<AnyView>, all: usize, problem: String) -> Option<AnyView> {
    let more = all.checked_sub(MOST_SHOWN).filter(|more| *more > 0).map(strings::more_pending);
    let view = view! {
        <div class="ade-alert ade-alert-warning">
            <div class="ade-alert-text">
                {shown} <p>{more}</p> <p role="alert">{problem}</p>
            </div>
        </div>
    };
    (all > 0).then(|| view.into_any())
}

fn write(pending: &PendingWrite, draft: &Draft, dispatch: Dispatch) -> AnyView {
    let request = pending.request;
    let [again, discard] = match pending.theirs(draft) {
        Some(_) => [strings::KEEP_MINE, strings::KEEP_THEIRS],
        None => [strings::SAVE_AGAIN, strings::DISCARD_WRITE],
    };
    let buttons = || {
        vec![
            button(again.to_owned(), Event::Outbox(OutboxEvent::AgainClicked(request)), dispatch),
            button(discard.to_owned(), Event::Outbox(OutboxEvent::DiscardClicked(request)), dispatch),
        ]
    };
    let buttons = if matches!(pending.state, PendingState::Offered(_)) { buttons() } else { Vec::new() };
    line(strings::pending(pending, draft), buttons)
}

/// A removal can be taken back until it is sent.
fn removal(pending: &PendingRemoval, draft: &Draft, dispatch: Dispatch) -> AnyView {
    let keep = || {
        let keep = Event::Outbox(OutboxEvent::DiscardClicked(pending.request));
        button(strings::KEEP_ROW.to_owned(), keep, dispatch)
    };
    let again = || {
        let again = Event::Outbox(OutboxEvent::AgainClicked(pending.request));
        button(strings::REMOVE.to_owned(), again, dispatch)
    };
    let buttons = match pending.state {
        PendingState::Waiting => vec![keep()],
        PendingState::Underway => Vec::new(),
        PendingState::Offered(_) => vec![again(), keep()],
    };
    line(strings::pending_removal(pending, draft), buttons)
}

fn half(found: &UnfinishedRenumbering, dispatch: Dispatch) -> AnyView {
    let key = found.key.clone();
    let finish = Event::Renumbering(RenumberingEvent::FinishClicked(key.clone()));
    let buttons = vec![
        button(strings::remove_old(found), finish, dispatch),
        button(strings::KEEP_BOTH.to_owned(), Event::Renumbering(RenumberingEvent::KeepBothClicked(key)), dispatch),
    ];
    line(strings::unfinished(found), buttons)
}

fn line(text: String, buttons: Vec<AnyView>) -> AnyView {
    view! {
        <div class="ade-pending">
            <p role="status">{text}</p>
            {buttons}
        </div>
    }
    .into_any()
}

fn button(name: String, event: Event, dispatch: Dispatch) -> AnyView {
    view! {
        <button type="button" class="ade-button ade-button-link" on:click=dispatch.on_press(event)>
            {name}
        </button>
    }
    .into_any()
}
