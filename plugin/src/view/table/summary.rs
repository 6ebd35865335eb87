//! How many extensions there are, or match.

use leptos::prelude::With;

use super::pipeline::RowPipeline;
use crate::model::{Draft, Reading};
use crate::strings;
use crate::view::derived::Text;
use crate::view::model_reader::ModelReader;

pub(super) fn summary(rows: RowPipeline, reader: ModelReader) -> Text {
    Box::new(move || {
        let matching = rows.roster.with(|roster| roster.filter.is_on()).then(|| rows.matching.with(|rows| rows.len()));
        reader.draft(|draft| text(draft, matching))
    })
}

/// `matching` is how many rows match, where any are left out.
fn text(draft: &Draft, matching: Option<usize>) -> String {
    match (&draft.reading, matching) {
        (Reading::NotYet, _) => strings::LOADING.to_owned(),
        (Reading::Underway, _) => strings::loading_rows(draft.len()),
        (Reading::Failed(_), _) if draft.is_empty() => String::new(),
        (_, Some(matching)) => strings::count_matching(matching, draft.len()),
        (_, None) => strings::extension_count(draft.len()),
    }
}
