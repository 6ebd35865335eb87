//! What could not be read of the Sync Map and of what is published.

use crate::model::{DraftEvent, Event, Model, PublishedEvent, Reading, ReviewEvent};
use crate::strings;
use crate::view::widgets::alert::{Alert, Severity};

pub(super) fn draft_failed(model: &Model) -> Option<Alert> {
    let Reading::Failed(problem) = &model.draft.reading else { return None };
    let actions = vec![(strings::TRY_AGAIN, Event::Draft(DraftEvent::RetryClicked))];
    Some(Alert { severity: Severity::Error, text: strings::draft_failed(problem), more: None, actions })
}

pub(super) fn list_failed(model: &Model) -> Option<Alert> {
    let text = strings::list_failed(model.published.problem.as_ref()?);
    let actions = vec![(strings::TRY_AGAIN, Event::Published(PublishedEvent::ReloadClicked))];
    Some(Alert { severity: Severity::Error, text, more: None, actions })
}

/// What is published is no array of rows, so a publish has to replace what nobody can read.
pub(super) fn asset_unreadable(model: &Model) -> Option<Alert> {
    let text = strings::asset_unreadable(model.published.loaded.as_ref()?.unreadable.as_ref()?);
    let actions = vec![(strings::PUBLISH, Event::Review(ReviewEvent::Opened))];
    Some(Alert { severity: Severity::Error, text, more: None, actions })
}

/// What the table and the review leave out, because it is no agent extension, and what is odd in what is published.
pub(super) fn left_out(model: &Model) -> Option<String> {
    let unreadable = model.draft.unreadable();
    let unreadable = (!unreadable.is_empty()).then(|| strings::unreadable(unreadable));
    let loaded = model.published.loaded.as_ref();
    let rejected = loaded.map(|loaded| &loaded.rejected).filter(|rows| !rows.is_empty());
    let odd = loaded.map(|loaded| &loaded.odd).filter(|rows| !rows.is_empty());
    let published = [rejected.map(|rows| strings::rejected(rows)), odd.map(|rows| strings::odd_published(rows))];
    let sentences: Vec<_> = unreadable.into_iter().chain(published.into_iter().flatten()).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}
