//! What stands in the way of publishing: somebody else's publish, or that ours failed.

use crate::model::{Conflict, DiscardEvent, Event, Model, PublishEvent, PublishedEvent, ReviewEvent, Stage};
use crate::strings;
use crate::view::publishing::start_time;
use crate::view::widgets::alert::{Alert, Severity};

pub(super) fn conflict(model: &Model) -> Option<Alert> {
    let reload = Event::Published(PublishedEvent::ReloadClicked);
    Some(match model.conflict()? {
        Conflict::UpdatedByOther => Alert {
            severity: Severity::Error,
            text: strings::UPDATED_BY_OTHER.to_owned(),
            more: None,
            actions: vec![(strings::RELOAD, reload)],
        },
        Conflict::InProgress(by) => Alert {
            severity: Severity::Warning,
            text: strings::IN_PROGRESS.to_owned(),
            more: publish_by_other(model).or_else(|| by.as_deref().map(strings::is_publishing)),
            actions: [vec![(strings::CHECK_AGAIN, reload)], take_over(model)].concat(),
        },
    })
}

/// Who began when, and how far it got.
fn publish_by_other(model: &Model) -> Option<String> {
    let lock = model.published.lock()?;
    Some(strings::began_publishing(lock, start_time(lock).as_deref()))
}

/// What can be done about a publish that nobody goes on with. Without a Build there is nothing to go on with.
fn take_over(model: &Model) -> Vec<(&'static str, Event)> {
    let Some(lock) = model.published.lock() else { return Vec::new() };
    let resume = lock.build_sid.as_ref().map(|_| (strings::RESUME, Event::Publish(PublishEvent::ResumeClicked)));
    resume.into_iter().chain([(strings::DISCARD, Event::Discard(DiscardEvent::Clicked))]).collect()
}

/// Our publish is live, but something that others deployed beside it is not any more.
pub(super) fn overtaken(model: &Model) -> Option<Alert> {
    let build_sid = model.publish.overtaken.as_ref()?;
    let dismiss = (strings::DISMISS, Event::Publish(PublishEvent::Dismissed));
    Some(Alert { severity: Severity::Warning, text: strings::overtaken(build_sid), more: None, actions: vec![dismiss] })
}

pub(super) fn publish_failed(model: &Model) -> Option<Alert> {
    let Stage::Failed(failure) = &model.publish.stage else { return None };
    let next = if model.publish.may_resume() {
        (strings::RESUME, Event::Publish(PublishEvent::ResumeClicked))
    } else {
        (strings::TRY_AGAIN, Event::Review(ReviewEvent::Opened))
    };
    let dismiss = (strings::DISMISS, Event::Publish(PublishEvent::Dismissed));
    let owned = model.published.lock().is_some_and(|lock| model.publish.owns(lock));
    let discard = owned.then_some((strings::DISCARD, Event::Discard(DiscardEvent::Clicked)));
    let actions = [next].into_iter().chain(discard).chain([dismiss]).collect();
    Some(Alert { severity: Severity::Error, text: strings::publish_failed(failure), more: None, actions })
}
