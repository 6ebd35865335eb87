//! How much of the Sync Map is there while its pages arrive. How much there will be is guessed from what is published.

use leptos::prelude::*;

use crate::model::Reading;
use crate::strings;
use crate::view::derived::Part;
use crate::view::model_reader::ModelReader;

pub(super) fn loading_progress(reader: ModelReader) -> Part {
    let loaded = Memo::new(move |_| reader.draft(|draft| (draft.reading == Reading::Underway).then(|| draft.len())));
    let expected = reader.number(|model| model.published.loaded.as_ref().map(|loaded| loaded.directory.len()));
    Box::new(move || {
        let (loaded, expected) = (loaded.get()?, expected.get().filter(|expected| *expected > 0)?);
        let (value, most) = (loaded.min(expected).to_string(), expected.to_string());
        Some(
            view! { <progress class="ade-loaded" aria-label=strings::LOADED value=value max=most></progress> }
                .into_any(),
        )
    })
}
