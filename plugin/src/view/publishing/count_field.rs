//! The field where a person types how many extensions will be left, where publishing loses so many of them.

use leptos::prelude::*;

use crate::model::{Event, Review, ReviewEvent};
use crate::strings;
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;

pub(super) fn count_field(review: &Review, reader: ModelReader, dispatch: Dispatch) -> Option<AnyView> {
    review.loses?;
    let typed = move |event| dispatch.send(Event::Review(ReviewEvent::CountTyped(event_target_value(&event))));
    let value = reader.text(|model| model.review.as_ref().map(|review| review.typed.clone()).unwrap_or_default());
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
                    prop:value=value
                    on:input=typed
                />
            </div>
        </div>
    };
    Some(view.into_any())
}
