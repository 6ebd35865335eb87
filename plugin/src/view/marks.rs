//! What others changed, for those who do not see the marks in the table: one sentence for all that came together.

use leptos::prelude::*;

use super::reader::Reader;
use crate::strings;

pub(super) fn said(reader: Reader) -> AnyView {
    let text =
        reader.text(|model| model.recent_changes.announcement.as_ref().map(strings::noticed).unwrap_or_default());
    view! {
        <p class="ade-hidden" role="status">
            {text}
        </p>
    }
    .into_any()
}
