//! The question whether to discard a publish that somebody has left half-way, or that is really going on.

use leptos::prelude::*;

use super::start_time::start_time;
use crate::model::{Discard, DiscardEvent, DiscardState, Event, Model};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::focus::{Focus, ReturnTo};
use crate::view::model_reader::ModelReader;
use crate::view::widgets::alert;
use crate::view::widgets::question::{Question, question};

pub(in crate::view) fn discard(reader: ModelReader, focus: Focus, dispatch: Dispatch) -> Part {
    let open = reader.condition(|model| model.discard.is_some());
    // What it was asked in goes when the publish is discarded.
    focus.return_when_closed(open, ReturnTo { opener: None, or_else: focus.publish_button });
    open.then(move || discard_dialog(reader, dispatch))
}

fn discard_dialog(reader: ModelReader, dispatch: Dispatch) -> AnyView {
    let discard = Question {
        name: "ade-discard",
        title: strings::DISCARD_TITLE,
        text: reader.text(|model| model.discard.as_ref().map(text).unwrap_or_default()),
        problem: reader.part(problem),
        confirm: reader.text(confirm),
        busy: reader.condition(is_discarding),
        confirmed: Event::Discard(DiscardEvent::Confirmed),
        canceled: Event::Discard(DiscardEvent::Canceled),
    };
    question(discard, dispatch)
}

fn text(discard: &Discard) -> String {
    strings::discard_question(&discard.publishing, start_time(&discard.publishing).as_deref())
}

fn confirm(model: &Model) -> String {
    (if is_discarding(model) { strings::DISCARDING } else { strings::DISCARD_CONFIRM }).to_owned()
}

fn is_discarding(model: &Model) -> bool {
    model.discard.as_ref().is_some_and(|discard| discard.state == DiscardState::Discarding)
}

fn problem(model: &Model) -> Option<AnyView> {
    match &model.discard.as_ref()?.state {
        DiscardState::Asking | DiscardState::Discarding => None,
        DiscardState::AlreadyLive => Some(alert::warning(strings::ALREADY_LIVE.to_owned())),
        DiscardState::Failed(problem) => Some(alert::error(strings::discard_failed(problem))),
    }
}
