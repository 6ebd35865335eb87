//! What a person must know before going on: conflicts, failures, a lost connection. Each comes with a next step.

use leptos::prelude::*;

use super::Dispatch;
use super::reader::Reader;
use crate::model::{Conflict, DraftEvent, Event, Model, PublishEvent, PublishedEvent, Reading, Stage};
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
            {reader.part(|model| left_out(model).map(|text| note(text, "note")))}
            <div role="status">
                {reader.part(|model| strings::link(model.connection.link).map(|text| note(text.to_owned(), "none")))}
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
            more: by.as_deref().map(strings::in_progress_by),
            actions: vec![(strings::CHECK_AGAIN, reload)],
        },
    })
}

fn publish(model: &Model) -> Option<Alert> {
    let Stage::Failed(failure) = &model.publish.stage else { return None };
    let next = if model.publish.may_resume() {
        (strings::RESUME, Event::Publish(PublishEvent::ResumeClicked))
    } else {
        (strings::TRY_AGAIN, Event::Publish(PublishEvent::Clicked))
    };
    let dismiss = (strings::DISMISS, Event::Publish(PublishEvent::Dismissed));
    Some(Alert { class: ERROR, text: strings::publish_failed(failure), more: None, actions: vec![next, dismiss] })
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

/// A step that an alert offers.
pub(super) fn button(name: &'static str, event: Event, dispatch: Dispatch) -> AnyView {
    view! {
        <button type="button" class="ade-button ade-button-link" on:click=dispatch.on_press(event)>
            {name}
        </button>
    }
    .into_any()
}
