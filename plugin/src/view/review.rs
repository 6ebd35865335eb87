//! The review before a publish: what will be different for callers, and what must be put right or confirmed first.
//!
//! What is listed was taken when the review opened, so it is built once; what stands in the way follows the model.

use leptos::prelude::*;

use super::dialog::dialog;
use super::reader::Reader;
use super::{Dispatch, alerts, review_rows};
use crate::model::{Event, Model, Obstacle, Review, ReviewEvent};
use crate::strings;

pub(super) fn review(reader: Reader, dispatch: Dispatch) -> AnyView {
    let listed = untrack(reader.part(|model| model.review.as_ref().map(review_rows::review_rows)));
    let count = untrack(reader.part(move |model| count_field(model.review.as_ref()?, reader, dispatch)));
    let cancel = Event::Review(ReviewEvent::Canceled);
    let content = view! {
        <h2 class="ade-panel-title" id="ade-review-title">
            {strings::REVIEW_TITLE}
        </h2>
        <p class="ade-dialog-text" id="ade-review-text">
            {untrack(reader.text(|model| of(model, strings::review_summary)))}
        </p>
        {listed}
        {count}
        {reader.part(move |model| note(model, dispatch))}
        {reader.part(unsent)}
        <div class="ade-form-actions">
            <button
                type="button"
                class="ade-button ade-button-primary"
                disabled=reader.flag(|model| model.obstacle().is_some())
                on:click=dispatch.on_press(Event::Review(ReviewEvent::Confirmed))
            >
                {untrack(reader.text(|model| of(model, |review| strings::publish_rows(review.count))))}
            </button>
            <button type="button" class="ade-button ade-button-secondary" on:click=dispatch.on_press(cancel.clone())>
                {strings::CANCEL}
            </button>
        </div>
    };
    dialog("ade-review", cancel, content.into_any(), dispatch)
}

fn of(model: &Model, read: fn(&Review) -> String) -> String {
    model.review.as_ref().map(read).unwrap_or_default()
}

/// Where so much is lost that a person has to say the count.
fn count_field(review: &Review, reader: Reader, dispatch: Dispatch) -> Option<AnyView> {
    review.loses?;
    let typed = move |event| dispatch.send(Event::Review(ReviewEvent::CountTyped(event_target_value(&event))));
    let view = view! {
        <div class="ade-alert ade-alert-warning ade-review-count">
            <div class="ade-field">
                <p id="ade-count-hint">{strings::count_needed(review)}</p>
                <label class="ade-label" for="ade-count">
                    {strings::COUNT_LABEL}
                </label>
                <input
                    id="ade-count"
                    class="ade-input"
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-describedby="ade-count-hint"
                    prop:value=reader.text(|model| of(model, |review| review.typed.clone()))
                    on:input=typed
                />
            </div>
        </div>
    };
    Some(view.into_any())
}

/// What stands in the way, or what the person should know.
fn note(model: &Model, dispatch: Dispatch) -> Option<AnyView> {
    let obstacle = model.obstacle();
    let blocks = obstacle.and_then(strings::obstacle);
    let text = blocks.or_else(|| model.edited_since_review().then_some(strings::EDITED_SINCE))?;
    let again = (obstacle == Some(Obstacle::Outdated) || model.edited_since_review())
        .then(|| alerts::button(strings::REVIEW_AGAIN, Event::Review(ReviewEvent::Opened), dispatch));
    let class = if blocks.is_some() { "ade-alert ade-alert-error" } else { "ade-alert" };
    let view = view! {
        <div class=class>
            <p class="ade-alert-text" role="status">
                {text}
            </p>
            {again}
        </div>
    };
    Some(view.into_any())
}

/// What this browser has not sent yet can not be part of it.
fn unsent(model: &Model) -> Option<AnyView> {
    let count = model.outbox.len();
    let view = || {
        view! {
            <div class="ade-alert ade-alert-warning">
                <p class="ade-alert-text" role="status">
                    {strings::unsent(count)}
                </p>
            </div>
        }
        .into_any()
    };
    (count > 0).then(view)
}
