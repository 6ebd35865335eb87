//! The question whether to remove an extension.

use leptos::prelude::*;

use crate::model::{Event, Model, RemovalEvent, RemovalState};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::focus::{Focus, ReturnTo};
use crate::view::model_reader::ModelReader;
use crate::view::widgets::alert;
use crate::view::widgets::question::{Question, question};

pub(in crate::view) fn removal(reader: ModelReader, focus: Focus, dispatch: Dispatch) -> Part {
    let open = reader.condition(|model| model.removal.is_some());
    focus.return_when_closed(open, ReturnTo { opener: Some(focus.removal), or_else: focus.undo_button });
    open.then(move || removal_dialog(reader, dispatch))
}

fn removal_dialog(reader: ModelReader, dispatch: Dispatch) -> AnyView {
    let removal = Question {
        name: "ade-remove",
        title: strings::REMOVE_TITLE,
        text: reader.text(text),
        problem: reader.part(problem),
        confirm: reader.text(confirm),
        busy: reader.condition(is_removing),
        confirmed: Event::Removal(RemovalEvent::Confirmed),
        canceled: Event::Removal(RemovalEvent::Canceled),
    };
    question(removal, dispatch)
}

fn is_removing(model: &Model) -> bool {
    model.removal.as_ref().is_some_and(|removal| removal.state == RemovalState::Removing)
}

fn confirm(model: &Model) -> String {
    (if is_removing(model) { strings::REMOVING } else { strings::REMOVE }).to_owned()
}

fn text(model: &Model) -> String {
    model.removal.as_ref().map(|removal| strings::remove_question(&removal.extension)).unwrap_or_default()
}

fn problem(model: &Model) -> Option<AnyView> {
    let removal = model.removal.as_ref()?;
    match &removal.state {
        RemovalState::Asking | RemovalState::Removing => None,
        RemovalState::ChangedMeanwhile => Some(alert::error(strings::changed_meanwhile(&removal.extension))),
        RemovalState::Failed(problem) => Some(alert::error(strings::removal_failed(problem))),
    }
}
