//! The question whether to discard a publish that somebody has left half-way, or that is really going on.

use leptos::prelude::*;

use super::dialog::{self, Question};
use super::reader::Reader;
use super::{Dispatch, alerts};
use crate::flex;
use crate::model::{Discard, DiscardEvent, DiscardState, Event, Model, began};
use crate::strings;

pub(super) fn discard(reader: Reader, dispatch: Dispatch) -> AnyView {
    let confirm =
        |model: &Model| (if is_discarding(model) { strings::DISCARDING } else { strings::DISCARD_CONFIRM }).to_owned();
    let discard = Question {
        name: "ade-discard",
        title: strings::DISCARD_TITLE,
        text: reader.text(|model| model.discard.as_ref().map(question).unwrap_or_default()),
        problem: reader.part(problem),
        confirm: reader.text(confirm),
        busy: is_discarding,
        confirmed: Event::Discard(DiscardEvent::Confirmed),
        canceled: Event::Discard(DiscardEvent::Canceled),
    };
    dialog::question(discard, reader, dispatch)
}

/// The time at which a publish began, in the person's language.
pub(super) fn time_of(lock: &shared::Publishing) -> Option<String> {
    began(lock).map(flex::time_of_day)
}

fn question(discard: &Discard) -> String {
    strings::discard_question(&discard.publishing, time_of(&discard.publishing).as_deref())
}

fn is_discarding(model: &Model) -> bool {
    model.discard.as_ref().is_some_and(|discard| discard.state == DiscardState::Discarding)
}

fn problem(model: &Model) -> Option<AnyView> {
    match &model.discard.as_ref()?.state {
        DiscardState::Asking | DiscardState::Discarding => None,
        DiscardState::Failed(problem) => Some(alerts::error(strings::discard_failed(problem))),
    }
}
