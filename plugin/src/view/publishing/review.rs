//! The review before a publish: what will be different for callers, and what must be put right or confirmed first.
//!
//! What is listed was taken when the review opened, so it is built once; what stands in the way follows the model.

use leptos::prelude::*;

use super::count_field::count_field;
use super::review_lists::review_lists;
use super::review_notes::{left_out, obstacle, unsent};
use crate::model::{Event, Model, Review, ReviewEvent};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::focus::{Focus, ReturnTo};
use crate::view::model_reader::ModelReader;
use crate::view::widgets::dialog::dialog;

pub(in crate::view) fn review(reader: ModelReader, focus: Focus, dispatch: Dispatch) -> Part {
    let open = reader.opening(|model| model.review.as_ref().map(|review| review.opening));
    focus.return_when_closed(open, ReturnTo { opener: Some(focus.review), or_else: focus.publish_button });
    open.then(move || review_dialog(reader, dispatch))
}

fn review_dialog(reader: ModelReader, dispatch: Dispatch) -> AnyView {
    let listed = untrack(reader.part(|model| model.review.as_ref().map(review_lists)));
    let count = untrack(reader.part(move |model| count_field(model.review.as_ref()?, reader, dispatch)));
    let cancel = Event::Review(ReviewEvent::Canceled);
    let content = view! {
        <h2 class="ade-panel-title" id="ade-review-title">
            {strings::REVIEW_TITLE}
        </h2>
        <p class="ade-dialog-text" id="ade-review-text">
            {untrack(reader.text(|model| text(model, strings::review_summary)))}
        </p>
        {listed}
        {count}
        {obstacle(reader, dispatch)}
        {left_out(reader)}
        {unsent(reader)}
        <div class="ade-form-actions">
            <button
                type="button"
                class="ade-button ade-button-primary"
                disabled=reader.flag(|model| model.obstacle().is_some())
                on:click=dispatch.on_press(Event::Review(ReviewEvent::Confirmed))
            >
                {untrack(reader.text(|model| text(model, |review| strings::publish_rows(review.count))))}
            </button>
            <button type="button" class="ade-button ade-button-secondary" on:click=dispatch.on_press(cancel.clone())>
                {strings::CANCEL}
            </button>
        </div>
    };
    dialog("ade-review", cancel, content.into_any(), dispatch)
}

fn text(model: &Model, read: fn(&Review) -> String) -> String {
    model.review.as_ref().map(read).unwrap_or_default()
}
