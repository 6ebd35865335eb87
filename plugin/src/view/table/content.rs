//! Whether there is a table, and what stands there instead.

use leptos::prelude::*;

use super::pipeline::RowPipeline;
use super::show_all_button::show_all_button;
use crate::model::Reading;
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;

/// What stands below the summary.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing: no row has been loaded so far.
    Nothing,
    /// The rows that match.
    Rows,
    /// There are no extensions.
    NoExtensions,
    /// There are extensions, and none of them matches.
    NoMatch,
    /// None of those that were loaded so far matches.
    NoMatchYet,
}

impl Content {
    pub(super) fn of(rows: RowPipeline, reader: ModelReader) -> Self {
        let matches = rows.matching.with(|rows| !rows.is_empty());
        reader.draft(|draft| match draft.reading {
            _ if matches => Self::Rows,
            Reading::Done if draft.is_empty() => Self::NoExtensions,
            Reading::Underway if !draft.is_empty() => Self::NoMatchYet,
            _ if draft.is_empty() => Self::Nothing,
            _ => Self::NoMatch,
        })
    }

    /// Whether there is a table. While nothing matches it is only hidden: the next letter may bring it back.
    pub(super) fn has_table(self) -> bool {
        matches!(self, Self::Rows | Self::NoMatch | Self::NoMatchYet)
    }
}

/// What is said where no row is shown.
pub(super) fn instead_of_rows(content: Memo<Content>, dispatch: Dispatch) -> Part {
    Box::new(move || match content.get() {
        Content::Nothing | Content::Rows => None,
        Content::NoExtensions => Some(message(strings::EMPTY_TITLE, strings::EMPTY_TEXT, None)),
        Content::NoMatch => {
            let show_all = Some(show_all_button(dispatch));
            Some(message(strings::NOTHING_MATCHES, strings::NOTHING_MATCHES_TEXT, show_all))
        }
        Content::NoMatchYet => Some(message(strings::NOTHING_MATCHES, strings::NOTHING_MATCHES_YET, None)),
    })
}

fn message(title: &'static str, text: &'static str, step: Option<AnyView>) -> AnyView {
    view! {
        <div class="ade-empty">
            <h2 class="ade-empty-title">{title}</h2>
            <p class="ade-empty-text">{text}</p>
            {step}
        </div>
    }
    .into_any()
}
