//! What others changed, for those who do not see the marks in the table: one sentence for all that came together.

use leptos::prelude::*;

use crate::strings;
use crate::view::model_reader::ModelReader;

pub(in crate::view) fn announcement(reader: ModelReader) -> AnyView {
    let text =
        reader.text(|model| model.recent_changes.announcement.as_ref().map(strings::announcement).unwrap_or_default());
    view! {
        <p class="ade-hidden" role="status">
            {text}
        </p>
    }
    .into_any()
}
