//! What could not be read of the Sync Map and of what is published.

use crate::model::{DraftEvent, Event, Model, PublishedEvent, Reading};
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

/// What the table and the review leave out, because it is no agent extension.
pub(super) fn left_out(model: &Model) -> Option<String> {
    let unreadable = model.draft.unreadable();
    let rejected = model.published.loaded.as_ref().map_or(0, |loaded| loaded.rejected);
    let sentences: Vec<_> = [(unreadable, strings::unreadable as fn(usize) -> String), (rejected, strings::rejected)]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, sentence)| sentence(count))
        .collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}
