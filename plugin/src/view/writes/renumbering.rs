//! Changes of a number that were cut off between their two writes.

use leptos::prelude::*;

use super::pending_list::{MOST_SHOWN, pending_line, pending_list};
use crate::model::{Event, Model, RenumberingEvent, UnfinishedRenumbering};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;
use crate::view::widgets::link_button::link_button;

pub(in crate::view) fn renumbering(reader: ModelReader, dispatch: Dispatch) -> Part {
    reader.part(move |model| list(model, dispatch))
}

fn list(model: &Model, dispatch: Dispatch) -> Option<AnyView> {
    let found = model.unfinished_renumberings();
    let shown: Vec<_> = found.iter().take(MOST_SHOWN).map(|found| unfinished(found, dispatch)).collect();
    pending_list(shown, found.len(), strings::renumbering_failed(&model.renumbering))
}

fn unfinished(found: &UnfinishedRenumbering, dispatch: Dispatch) -> AnyView {
    let finish = Event::Renumbering(RenumberingEvent::FinishClicked(found.key.clone()));
    let keep_both = Event::Renumbering(RenumberingEvent::KeepBothClicked(found.key.clone()));
    let buttons = vec![
        link_button(&strings::remove_old_number(found), finish, dispatch),
        link_button(strings::KEEP_BOTH, keep_both, dispatch),
    ];
    pending_line(strings::unfinished_renumbering(found), buttons)
}
