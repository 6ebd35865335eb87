//! The question whether to remove an extension.

use leptos::prelude::*;

use super::dialog::{self, Question};
use super::reader::Reader;
use super::{Dispatch, alerts};
use crate::model::{Event, Model, RemovalEvent, RemovalState};
use crate::strings;

pub(super) fn removal(reader: Reader, dispatch: Dispatch) -> AnyView {
    let removal = Question {
        name: "ade-remove",
        title: strings::REMOVE_TITLE,
        text: reader.text(question),
        problem: reader.part(problem),
        confirm: reader.text(remove),
        busy: is_removing,
        confirmed: Event::Removal(RemovalEvent::Confirmed),
        canceled: Event::Removal(RemovalEvent::Canceled),
    };
    dialog::question(removal, reader, dispatch)
}

fn is_removing(model: &Model) -> bool {
    model.removal.as_ref().is_some_and(|removal| removal.state == RemovalState::Removing)
}

fn remove(model: &Model) -> String {
    (if is_removing(model) { strings::REMOVING } else { strings::REMOVE }).to_owned()
}

fn question(model: &Model) -> String {
    model.removal.as_ref().map(|removal| strings::remove_question(&removal.extension)).unwrap_or_default()
}

fn problem(model: &Model) -> Option<AnyView> {
    let removal = model.removal.as_ref()?;
    match &removal.state {
        RemovalState::Asking | RemovalState::Removing => None,
        RemovalState::ChangedMeanwhile => Some(alerts::error(strings::changed_meanwhile(&removal.extension))),
        RemovalState::Failed(problem) => Some(alerts::error(strings::removal_failed(problem))),
    }
}
