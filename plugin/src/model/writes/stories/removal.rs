//! Removing an extension.

use crate::model::stories::world::{World, extension, item, lost};
use crate::model::{DraftEvent, Effect, Event, RemovalEvent, RemovalState, Write, Written};

fn asked() -> World {
    let mut world = World::loaded();
    world.tell(Event::Removal(RemovalEvent::Asked("1111".to_owned())));
    assert_eq!(world.asked, [], "nothing is removed without a yes");
    world
}

#[test]
fn an_extension_is_removed_after_a_yes() {
    let mut world = asked();
    world.tell(Event::Removal(RemovalEvent::Confirmed));
    let request = world.request();
    world.tell(Event::Answered { request, answer: Ok(Written::default()) });
    assert_eq!(world.numbers(), ["2222"]);
    assert!(world.model.removal.is_none());
}

#[test]
fn an_extension_that_somebody_else_removed_first_is_removed_all_the_same() {
    let mut world = asked();
    world.draft(DraftEvent::Removed("1111".to_owned()));
    world.tell(Event::Removal(RemovalEvent::Confirmed));
    let request = world.request();
    world.tell(Event::Answered { request, answer: Ok(Written::default()) });
    assert!(world.model.removal.is_none());
}

#[test]
fn a_no_removes_nothing() {
    let mut world = asked();
    world.tell(Event::Removal(RemovalEvent::Canceled));
    assert_eq!(world.asked, []);
    assert!(world.model.removal.is_none());
    assert_eq!(world.numbers(), ["1111", "2222"]);
}

#[test]
fn a_row_that_changed_while_the_question_was_open_is_asked_about_anew() {
    let mut world = asked();
    world.draft(DraftEvent::Written(item("1111", 9, 3)));
    world.tell(Event::Removal(RemovalEvent::Confirmed));
    assert_eq!(world.asked, []);
    let removal = world.model.removal.as_ref().unwrap();
    assert_eq!(removal.state, RemovalState::ChangedMeanwhile);
    assert_eq!(removal.extension, extension("1111", 9));
    world.tell(Event::Removal(RemovalEvent::Confirmed));
    assert!(matches!(&world.asked[..], [Effect::Write { key, what: Write::Remove, .. }] if key == "1111"));
}

#[test]
fn a_failed_removal_says_so_and_can_be_tried_again() {
    let mut world = asked();
    world.tell(Event::Removal(RemovalEvent::Confirmed));
    let request = world.request();
    world.tell(Event::Answered { request, answer: Err(lost()) });
    assert_eq!(world.model.removal.as_ref().unwrap().state, RemovalState::Failed(lost()));
    assert_eq!(world.numbers(), ["1111", "2222"]);
    world.tell(Event::Removal(RemovalEvent::Confirmed));
    assert!(matches!(&world.asked[..], [Effect::Write { what: Write::Remove, .. }]));
}
