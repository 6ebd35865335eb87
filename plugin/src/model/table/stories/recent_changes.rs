//! Marking what others changed.

use crate::model::stories::world::{World, item, row, stands};
use crate::model::{Announcement, DraftEvent, Effect, Event, Item, PanelEvent, RemovalEvent, Timer};

fn by_bob(number: &str, n: u32, event_id: u64) -> Item {
    let mut data = row(number, n);
    data["updatedBy"] = "Bob Stone".into();
    Item { data, ..item(number, n, event_id) }
}

fn said(world: &mut World) -> Announcement {
    world.tell(Event::Elapsed(Timer::Announce));
    world.model.recent_changes.announcement.clone().unwrap()
}

#[test]
fn a_row_that_somebody_else_changed_is_marked_for_a_moment() {
    let mut world = World::loaded();
    world.draft(DraftEvent::Written(by_bob("1111", 9, 5)));
    assert!(world.model.recent_changes.has("1111") && !world.model.recent_changes.has("2222"));
    world.tell(Event::Elapsed(Timer::RecentChanges));
    assert!(world.model.recent_changes.has("1111"), "it is seen for one round at least");
    assert!(matches!(world.asked[..], [Effect::Wait { timer: Timer::RecentChanges, .. }]));
    world.tell(Event::Elapsed(Timer::RecentChanges));
    assert!(!world.model.recent_changes.has("1111"));
    assert_eq!(world.asked, []);
}

#[test]
fn one_change_is_told_with_its_number_and_its_person() {
    let mut world = World::loaded();
    world.draft(DraftEvent::Written(by_bob("1111", 9, 5)));
    let expected = Announcement { changed: 1, removed: 0, number: "1111".to_owned(), by: Some("Bob Stone".to_owned()) };
    assert_eq!(said(&mut world), expected);
}

#[test]
fn a_burst_of_changes_is_told_in_one_sentence_and_sets_each_timer_once() {
    let mut world = World::loaded();
    let mut asked = Vec::new();
    for n in 0..1000 {
        world.draft(DraftEvent::Written(by_bob(&(3000 + n).to_string(), n, 5)));
        asked.append(&mut world.asked);
    }
    assert_eq!(asked.len(), 2);
    world.draft(DraftEvent::Removed("1111".to_owned()));
    let said = said(&mut world);
    assert_eq!(said.changed, 1000);
    assert_eq!(said.removed, 1);
    assert_eq!(said.by, None);
}

#[test]
fn our_own_writes_are_not_marked_whenever_their_events_come() {
    let mut world = World::loaded();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1111", 7);
    let underway = std::mem::take(&mut world.asked);
    world.draft(DraftEvent::Written(item("1111", 7, 5)));
    world.asked = underway;
    world.written(Ok(stands(item("1111", 7, 5))));
    world.draft(DraftEvent::Written(item("1111", 7, 5)));
    assert!(!world.model.recent_changes.has("1111"));

    world.tell(Event::Removal(RemovalEvent::Asked("2222".to_owned())));
    world.tell(Event::Removal(RemovalEvent::Confirmed));
    world.draft(DraftEvent::Removed("2222".to_owned()));
    assert_eq!(world.asked, [], "nothing is said of it");
}

#[test]
fn what_is_still_being_read_is_nobodys_change() {
    let mut world = World::default();
    world.tell(Event::Shown);
    world.draft(DraftEvent::Written(by_bob("1111", 9, 5)));
    assert!(!world.model.recent_changes.has("1111"));
}

#[test]
fn an_event_that_comes_again_marks_nothing() {
    let mut world = World::loaded();
    world.draft(DraftEvent::Written(item("1111", 1, 5)));
    assert!(!world.model.recent_changes.has("1111"));
}
