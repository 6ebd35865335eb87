//! Changes of a number that were cut off between their two writes, as those see it who come afterwards.

use serde_json::json;

use crate::model::stories::world::{World, item, lost, row, stands};
use crate::model::{DraftEvent, Effect, Event, Guard, Item, PanelEvent, RenumberingEvent, Timer, Write, Written};

fn new_row() -> Item {
    let mut data = row("1212", 1);
    data["replacesKey"] = json!("1111");
    data["updatedAt"] = json!("2026-11-22T10:00:00.000Z");
    Item { data, ..item("1212", 1, 3) }
}

/// Another supervisor's browser has written the new row, and nothing came after it.
fn half() -> World {
    let mut world = World::loaded();
    world.draft(DraftEvent::Written(new_row()));
    world
}

fn waits(world: &World) -> bool {
    world.asked.iter().any(|effect| matches!(effect, Effect::Wait { timer: Timer::RenumberingDue, .. }))
}

fn due(world: &mut World) {
    world.tell(Event::Elapsed(Timer::RenumberingDue));
}

fn offered(world: &World) -> Vec<String> {
    world.model.unfinished_renumberings().into_iter().map(|found| found.key).collect()
}

#[test]
fn a_change_that_finishes_in_time_is_never_mentioned() {
    let mut world = half();
    assert!(waits(&world));
    assert_eq!(offered(&world), [""; 0]);
    world.draft(DraftEvent::Removed("1111".to_owned()));
    due(&mut world);
    assert_eq!(offered(&world), [""; 0]);
}

#[test]
fn a_change_that_was_cut_off_is_offered_to_whoever_sees_it_and_finished_with_one_click() {
    let mut world = half();
    due(&mut world);
    assert_eq!(offered(&world), ["1111"]);
    assert!(!waits(&world));
    world.tell(Event::Renumbering(RenumberingEvent::FinishClicked("1111".to_owned())));
    let request = world.request();
    assert_eq!(world.asked, [Effect::Write { key: "1111".to_owned(), request, what: Write::Remove }]);
    world.tell(Event::Answered { request, answer: Err(lost()) });
    assert_eq!(world.model.renumbering.problem, Some(lost()));
    world.tell(Event::Renumbering(RenumberingEvent::FinishClicked("1111".to_owned())));
    let request = world.request();
    world.tell(Event::Answered { request, answer: Ok(Written::default()) });
    assert_eq!(offered(&world), [""; 0]);
    assert_eq!(world.numbers(), vec!["1212", "2222"]);
}

#[test]
fn both_numbers_can_be_kept_and_then_nothing_is_offered_any_more() {
    let mut world = half();
    due(&mut world);
    world.tell(Event::Renumbering(RenumberingEvent::KeepBothClicked("1111".to_owned())));
    let Effect::Write { what: Write::Put(put), .. } = world.asked[0].clone() else { panic!() };
    assert_eq!(put.row.replaces_key, None);
    let mut data = new_row().data;
    assert!(matches!(&put.guard, Guard::Unchanged(before) if before.replaces_key.as_deref() == Some("1111")));
    assert!(put.guard.judge(&put.row, &data).is_ok_and(|written| written.replaces_key.is_none()));
    data.as_object_mut().unwrap().remove("replacesKey");
    world.written(Ok(stands(Item { data, ..item("1212", 1, 4) })));
    assert_eq!(offered(&world), [""; 0]);
    assert_eq!(world.numbers(), vec!["1111", "1212", "2222"]);
}

#[test]
fn a_change_that_was_cut_off_before_the_page_was_loaded_is_found_in_what_is_read() {
    let mut world = World::default();
    world.tell(Event::Shown);
    world.draft(DraftEvent::PageRead(vec![new_row(), item("1111", 1, 1)]));
    assert!(waits(&world));
    due(&mut world);
    assert_eq!(offered(&world), ["1111"]);
}

#[test]
fn a_number_that_was_given_away_again_later_is_no_leftover() {
    let mut world = World::default();
    let mut later = item("1111", 9, 7);
    later.data["updatedAt"] = json!("2026-11-22T11:00:00.000Z");
    world.draft(DraftEvent::PageRead(vec![new_row(), later]));
    assert!(!waits(&world));
    due(&mut world);
    assert_eq!(offered(&world), [""; 0]);
}

#[test]
fn saving_the_row_again_keeps_the_word_only_while_its_old_row_is_a_leftover() {
    let mut world = half();
    world.save(PanelEvent::EditClicked("1212".to_owned()), "1212", 1);
    assert!(
        matches!(&world.asked[0], Effect::Write { what: Write::Put(put), .. } if put.row.replaces_key.as_deref() == Some("1111"))
    );
    let mut later = item("1111", 9, 7);
    later.data["updatedAt"] = json!("2026-11-22T11:00:00.000Z");
    let mut world = half();
    world.draft(DraftEvent::Written(later));
    world.save(PanelEvent::EditClicked("1212".to_owned()), "1212", 1);
    assert!(matches!(&world.asked[0], Effect::Write { what: Write::Put(put), .. } if put.row.replaces_key.is_none()));
}

#[test]
fn ones_own_change_is_not_offered_while_the_panel_is_about_it() {
    let mut world = World::loaded();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1212", 1);
    world.written(Ok(stands(new_row())));
    assert!(!waits(&world));
    let request = world.request();
    world.tell(Event::Answered { request, answer: Err(lost()) });
    world.panel(PanelEvent::Closed);
    assert!(waits(&world), "given up half-way, it is offered like anybody else's");
}

#[test]
fn the_word_what_a_row_replaces_is_never_published() {
    let world = half();
    let rows = world.model.draft.snapshot();
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row.get("replacesKey").is_none()), "{rows:?}");
}
