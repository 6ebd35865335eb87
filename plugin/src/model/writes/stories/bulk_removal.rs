//! Removing all chosen rows.

use crate::model::stories::world::{World, item, lost};
use crate::model::{
    BulkRemovalEvent, BulkRemovalState, DraftEvent, Effect, Event, Notification, SelectionEvent, Timer, Write, Written,
};

/// `count` rows are there and chosen, and the question is on the screen.
pub(in crate::model) fn asked(count: u32) -> World {
    let mut world = World::loaded();
    let shown: Vec<_> = (0..count).map(|n| (5000 + n).to_string()).collect();
    for key in &shown {
        world.draft(DraftEvent::Written(item(key, 5, 9)));
    }
    world.tell(Event::Selection(SelectionEvent::PageToggled { shown }));
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Asked));
    assert_eq!(world.asked, [], "nothing is removed without a yes");
    world
}

/// Says yes, answers every removal, and returns the keys in the order in which they were sent.
pub(in crate::model) fn confirm(world: &mut World, fails: fn(&str) -> bool) -> Vec<String> {
    let mut sent = Vec::new();
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Confirmed));
    loop {
        let asked = std::mem::take(&mut world.asked);
        let more = asked.iter().any(|effect| matches!(effect, Effect::Wait { timer: Timer::RemoveNext, .. }));
        for effect in asked {
            if let Effect::Write { key, request, what: Write::Remove } = effect {
                let answer = if fails(&key) { Err(lost()) } else { Ok(Written::default()) };
                sent.push(key);
                world.tell(Event::Answered { request, answer });
            }
        }
        if !more {
            return sent;
        }
        world.tell(Event::Elapsed(Timer::RemoveNext));
    }
}

#[test]
fn all_chosen_rows_are_removed_after_one_yes_and_one_offer_takes_all_back() {
    let mut world = asked(30);
    assert_eq!(world.model.bulk_removal.as_ref().unwrap().rows.len(), 30);
    let sent = confirm(&mut world, |_| false);
    assert_eq!(sent.len(), 30);
    assert_eq!(world.numbers(), ["1111", "2222"]);
    assert!(world.model.bulk_removal.is_none());
    assert_eq!(world.model.selection.count(&world.model.draft), 0);
    assert_eq!(world.model.undo.as_ref().unwrap().rows.len(), 30);
}

#[test]
fn removals_are_sent_one_at_a_time_and_fewer_than_twenty_in_a_second() {
    let mut world = asked(3);
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Confirmed));
    let [Effect::Write { what: Write::Remove, .. }, Effect::Wait { milliseconds, timer: Timer::RemoveNext }] =
        world.asked[..]
    else {
        panic!("{:?}", world.asked)
    };
    assert!(1000 / milliseconds < 20);
}

#[test]
fn removals_wait_while_too_many_answers_are_outstanding() {
    let mut world = asked(30);
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Confirmed));
    for _ in 0..7 {
        world.tell(Event::Elapsed(Timer::RemoveNext));
        assert!(matches!(world.asked[..], [Effect::Write { what: Write::Remove, .. }, Effect::Wait { .. }]));
    }
    world.tell(Event::Elapsed(Timer::RemoveNext));
    assert!(matches!(world.asked[..], [Effect::Wait { timer: Timer::RemoveNext, .. }]));
}

#[test]
fn a_no_removes_nothing_and_keeps_the_choice() {
    let mut world = asked(3);
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Canceled));
    assert!(world.model.bulk_removal.is_none() && world.model.undo.is_none());
    assert_eq!(world.model.selection.count(&world.model.draft), 3);
}

#[test]
fn what_failed_is_kept_and_offered_again_and_one_offer_takes_back_both_rounds() {
    let mut world = asked(5);
    confirm(&mut world, |key| key == "5003");
    let bulk = world.model.bulk_removal.as_ref().unwrap();
    assert!(
        matches!(&bulk.state, BulkRemovalState::Failed(failed) if failed.len() == 1 && failed[0].row.key == "5003")
    );
    assert_eq!(world.numbers(), ["1111", "2222", "5003"]);
    assert!(world.model.undo.is_none(), "it is not over yet");
    assert_eq!(confirm(&mut world, |_| false), ["5003"]);
    assert!(world.model.bulk_removal.is_none());
    assert_eq!(world.model.undo.as_ref().unwrap().rows.len(), 5);
}

#[test]
fn giving_up_on_what_failed_still_offers_to_take_back_the_rest() {
    let mut world = asked(5);
    confirm(&mut world, |key| key == "5003");
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Canceled));
    assert!(world.model.bulk_removal.is_none());
    assert_eq!(world.model.undo.as_ref().unwrap().rows.len(), 4);
}

#[test]
fn a_failure_is_said_wherever_the_person_is() {
    let mut world = asked(1);
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Confirmed));
    let request = world.request();
    world.tell(Event::Answered { request, answer: Err(lost()) });
    assert_eq!(world.asked, [Effect::Notify(Notification::SaveFailed)]);
}

#[test]
fn stopping_leaves_the_rest_alone_and_offers_to_take_back_what_is_gone() {
    let mut world = asked(5);
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Confirmed));
    let [Effect::Write { request, what: Write::Remove, .. }, _] = world.asked[..] else { panic!() };
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Canceled));
    assert!(world.model.bulk_removal.is_some(), "one answer is outstanding");
    world.tell(Event::Answered { request, answer: Ok(Written::default()) });
    assert!(world.model.bulk_removal.is_none());
    assert_eq!(world.numbers().len(), 6);
    assert_eq!(world.model.undo.as_ref().unwrap().rows.len(), 1);
    world.tell(Event::Elapsed(Timer::RemoveNext));
    assert_eq!(world.asked, []);
}

#[test]
fn rows_that_changed_while_the_question_was_open_are_asked_about_anew() {
    let mut world = asked(3);
    world.draft(DraftEvent::Removed("5001".to_owned()));
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Confirmed));
    assert_eq!(world.asked, []);
    let bulk = world.model.bulk_removal.as_ref().unwrap();
    assert_eq!(bulk.state, BulkRemovalState::ChangedMeanwhile);
    assert_eq!(bulk.rows.len(), 2);
    assert_eq!(confirm(&mut world, |_| false).len(), 2);
}
