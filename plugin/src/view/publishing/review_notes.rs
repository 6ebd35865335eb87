//! What stands in the way of publishing what is reviewed, and what the person should know before.

use leptos::prelude::*;

use crate::model::{Event, Model, Obstacle, ReviewEvent};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;
use crate::view::widgets::alert;
use crate::view::widgets::link_button::link_button;

/// What keeps the person from publishing, or that the draft was edited since the review opened.
pub(super) fn obstacle(reader: ModelReader, dispatch: Dispatch) -> Part {
    reader.part(move |model| obstacle_note(model, dispatch))
}

fn obstacle_note(model: &Model, dispatch: Dispatch) -> Option<AnyView> {
    let obstacle = model.obstacle();
    let blocks = obstacle.and_then(strings::obstacle);
    let text = blocks.or_else(|| model.edited_since_review().then_some(strings::EDITED_SINCE))?;
    let again = (obstacle == Some(Obstacle::Outdated) || model.edited_since_review())
        .then(|| link_button(strings::REVIEW_AGAIN, Event::Review(ReviewEvent::Opened), dispatch));
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

/// What stands in the draft and is no agent extension is not part of it.
pub(super) fn left_out(reader: ModelReader) -> Part {
    reader.part(|model| {
        let rows = &model.review.as_ref()?.left_out;
        (!rows.is_empty()).then(|| alert::warning(strings::left_out(rows)))
    })
}

/// What this browser has not sent yet can not be part of it.
pub(super) fn unsent(reader: ModelReader) -> Part {
    reader.part(|model| {
        let count = model.outbox.len();
        (count > 0).then(|| alert::warning(strings::unsent(count)))
    })
}
