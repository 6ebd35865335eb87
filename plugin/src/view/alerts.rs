//! What a person must know before going on: conflicts, failures, a lost connection. Each comes with a next step.

use leptos::prelude::*;

use super::reader::Reader;
use super::{Dispatch, discard, pending};
use crate::model::{
    Conflict, DiscardEvent, DraftEvent, Event, Model, PublishEvent, PublishedEvent, Reading, ReviewEvent, Stage,
};
use crate::strings;

/// An alert: its class, what happened, more about it, and what can be done.
struct Alert {
    class: &'static str,
    text: String,
    more: Option<String>,
    actions: Vec<(&'static str, Event)>,
}

const ERROR: &str = "ade-alert ade-alert-error";
const WARNING: &str = "ade-alert ade-alert-warning";

pub(super) fn alerts(reader: Reader, dispatch: Dispatch) -> AnyView {
    let part = move |read: fn(&Model) -> Option<Alert>| {
        reader.part(move |model| read(model).map(|alert| show(alert, dispatch)))
    };
    view! {
        <div class="ade-alerts">
            {part(conflict)} {part(publish)} {part(list)} {part(draft)}
            {reader.part(move |model| pending::pending(model, dispatch))}
            {reader.part(move |model| pending::unfinished(model, dispatch))}
            {reader.part(|model| left_out(model).map(|text| note(text, "note")))}
            <div role="status">
                {reader.part(|model| strings::connection_status(model.connection.status).map(|text| note(text.to_owned(), "none")))}
            </div>
        </div>
    }
    .into_any()
}

fn conflict(model: &Model) -> Option<Alert> {
    let reload = Event::Published(PublishedEvent::ReloadClicked);
    Some(match model.conflict()? {
        Conflict::UpdatedByOther => Alert {
            class: ERROR,
            text: strings::UPDATED_BY_OTHER.to_owned(),
            more: None,
            actions: vec![(strings::RELOAD, reload)],
        },
        Conflict::InProgress(by) => Alert {
            class: WARNING,
            text: strings::IN_PROGRESS.to_owned(),
            more: left_by_other(model).or_else(|| by.as_deref().map(strings::is_publishing)),
            actions: [vec![(strings::CHECK_AGAIN, reload)], take_over(model)].concat(),
        },
    })
}

/// Who began when, and how far it got.
fn left_by_other(model: &Model) -> Option<String> {
    let lock = model.published.lock()?;
    Some(strings::began_publishing(lock, discard::time_of(lock).as_deref()))
}

/// What can be done about a publish that nobody goes on with. Without a Build there is nothing to go on with.
fn take_over(model: &Model) -> Vec<(&'static str, Event)> {
    let Some(lock) = model.published.lock() else { return Vec::new() };
    let resume = lock.build_sid.as_ref().map(|_| (strings::RESUME, Event::Publish(PublishEvent::ResumeClicked)));
    resume.into_iter().chain([(strings::DISCARD, Event::Discard(DiscardEvent::Clicked))]).collect()
}

fn publish(model: &Model) -> Option<Alert> {
    let Stage::Failed(failure) = &model.publish.stage else { return None };
    let next = if model.publish.may_resume() {
        (strings::RESUME, Event::Publish(PublishEvent::ResumeClicked))
    } else {
        (strings::TRY_AGAIN, Event::Review(ReviewEvent::Opened))
    };
    let dismiss = (strings::DISMISS, Event::Publish(PublishEvent::Dismissed));
    let owned = model.published.lock().is_some_and(|lock| model.publish.owns(lock));
    let discard = owned.then_some((strings::DISCARD, Event::Discard(DiscardEvent::Clicked)));
    let actions = [next].into_iter().chain(discard).chain([dismiss]).collect();
    Some(Alert { class: ERROR, text: strings::publish_failed(failure), more: None, actions })
}

fn list(model: &Model) -> Option<Alert> {
    let text = strings::list_failed(model.published.problem.as_ref()?);
    let actions = vec![(strings::TRY_AGAIN, Event::Published(PublishedEvent::ReloadClicked))];
    Some(Alert { class: ERROR, text, more: None, actions })
}

fn draft(model: &Model) -> Option<Alert> {
    let Reading::Failed(problem) = &model.draft.reading else { return None };
    let actions = vec![(strings::TRY_AGAIN, Event::Draft(DraftEvent::RetryClicked))];
    Some(Alert { class: ERROR, text: strings::draft_failed(problem), more: None, actions })
}

/// What is not shown in the table, because it could not be read.
fn left_out(model: &Model) -> Option<String> {
    let unreadable = model.draft.unreadable();
    let rejected = model.published.loaded.as_ref().map_or(0, |loaded| loaded.rejected);
    let sentences: Vec<_> = [(unreadable, strings::unreadable as fn(usize) -> String), (rejected, strings::rejected)]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, sentence)| sentence(count))
        .collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn note(text: String, role: &'static str) -> AnyView {
    view! {
        <div class="ade-alert" role=role>
            <p class="ade-alert-text">{text}</p>
        </div>
    }
    .into_any()
}

fn show(alert: Alert, dispatch: Dispatch) -> AnyView {
    let buttons: Vec<_> = alert.actions.into_iter().map(|(name, event)| button(name, event, dispatch)).collect();
    view! {
        <div class=alert.class>
            <div class="ade-alert-text" role="alert">
                <p>{alert.text}</p>
                <p>{alert.more}</p>
            </div>
            {buttons}
        </div>
    }
    .into_any()
}

/// What went wrong in a dialog, where its buttons are the next step.
pub(super) fn error(text: String) -> AnyView {
    view! {
        <div class=ERROR>
            <p class="ade-alert-text" role="alert">
                {text}
            </p>
        </div>
    }
    .into_any()
}

/// A step that an alert offers.
pub(super) fn button(name: &'static str, event: Event, dispatch: Dispatch) -> AnyView {
    view! {
        <button type="button" class="ade-button ade-button-link" on:click=dispatch.on_press(event)>
            {name}
        </button>
    }
    .into_any()
}
