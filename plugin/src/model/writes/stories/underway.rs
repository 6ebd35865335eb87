//! Whoever asked for a write is told its answer, and nobody else.

use crate::model::stories::world::{World, extension, item, stands};
use crate::model::{DraftEvent, Effect, Event, Notification, PanelEvent, RemovalEvent, RemovalState, Written};

fn answered(world: &mut World, request: u32, answer: Written) {
    world.tell(Event::Answered { request, answer: Ok(answer) });
}

#[test]
fn an_answer_that_comes_again_or_belongs_to_nothing_changes_nothing() {
    let mut world = World::loaded();
    world.save(PanelEvent::AddClicked, "7777", 7);
    let request = world.request();
    answered(&mut world, request, stands(item("7777", 7, 3)));
    assert_eq!(world.asked, [Effect::Notify(Notification::Saved(extension("7777", 7)))]);
    world.save(PanelEvent::AddClicked, "8888", 8);
    answered(&mut world, request, stands(item("7777", 9, 4)));
    assert_eq!(world.asked, []);
    assert_eq!(world.model.draft.get("7777"), Some(&extension("7777", 7)));
    assert!(world.model.panel.as_ref().unwrap().saving, "the next one still waits for its own answer");
}

#[test]
fn a_row_that_sync_says_is_gone_goes_whatever_is_asked_by_then() {
    let mut world = World::loaded();
    world.tell(Event::Removal(RemovalEvent::Asked("1111".to_owned())));
    world.tell(Event::Removal(RemovalEvent::Confirmed));
    let request = world.request();
    world.tell(Event::Removal(RemovalEvent::Asked("2222".to_owned())));
    answered(&mut world, request, Written::default());
    assert_eq!(world.numbers(), ["2222"]);
    assert_eq!(world.model.removal.as_ref().unwrap().state, RemovalState::Asking, "the question about the other stays");
}

#[test]
fn an_event_about_a_row_whose_write_is_underway_is_nobody_elses_change() {
    let mut world = World::loaded();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1212", 1);
    let request = world.request();
    world.draft(DraftEvent::Written(item("1212", 1, 3)));
    assert!(!world.model.recent_changes.has("1212"));
    answered(&mut world, request, stands(item("1212", 1, 3)));
    world.draft(DraftEvent::Removed("1111".to_owned()));
    assert_eq!(world.asked, [], "the old row is ours to remove");
}
