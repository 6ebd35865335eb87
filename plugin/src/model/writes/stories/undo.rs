//! Taking a removal back.

use serde_json::json;

use super::bulk_removal;
use crate::model::stories::world::{World, extension, item, lost, row, stands};
use crate::model::{
    DraftEvent, Effect, Event, Guard, Put, Refusal, RemovalEvent, RowFailure, Timer, UNDO_FOR, UndoEvent, UndoState,
    Write, Written,
};

fn removed() -> World {
    let mut world = World::loaded();
    remove(&mut world, "1111");
    world
}

fn remove(world: &mut World, key: &str) {
    world.tell(Event::Removal(RemovalEvent::Asked(key.to_owned())));
    world.tell(Event::Removal(RemovalEvent::Confirmed));
    let request = world.request();
    world.tell(Event::Answered { request, answer: Ok(Written::default()) });
}

fn serial(world: &World) -> u32 {
    world.model.undo.as_ref().unwrap().serial
}

fn tell(world: &mut World, event: UndoEvent) {
    world.tell(Event::Undo(event));
}

fn restored(world: &mut World, answer: Result<Written, crate::model::Problem>) {
    let request = world.asked.iter().find_map(|effect| match effect {
        Effect::Write { request, what: Write::Put(_), .. } => Some(*request),
        _ => None,
    });
    world.tell(Event::Answered { request: request.expect("a row was to be written again"), answer });
}

#[test]
fn a_removal_is_written_at_once_and_can_be_taken_back_for_ten_seconds() {
    let mut world = removed();
    let timer = Timer::Undo(serial(&world));
    assert_eq!(UNDO_FOR, 10_000);
    assert_eq!(world.asked, [Effect::Wait { milliseconds: UNDO_FOR, timer }]);
    world.tell(Event::Elapsed(timer));
    assert!(world.model.undo.is_none());
}

#[test]
fn the_row_comes_back_under_its_key_as_it_was() {
    let mut world = removed();
    tell(&mut world, UndoEvent::Clicked);
    let [Effect::Write { key, what: Write::Put(put), .. }] = &world.asked[..] else { panic!("{:?}", world.asked) };
    assert_eq!(key, "1111");
    assert_eq!(**put, Put { row: extension("1111", 1), guard: Guard::Restore });
    restored(&mut world, Ok(stands(item("1111", 1, 9))));
    assert_eq!(world.numbers(), ["1111", "2222"]);
    assert!(world.model.undo.is_none());
}

#[test]
fn the_time_of_an_earlier_offer_does_not_end_a_later_one() {
    let mut world = removed();
    let earlier = serial(&world);
    remove(&mut world, "2222");
    world.tell(Event::Elapsed(Timer::Undo(earlier)));
    assert_eq!(world.model.undo.as_ref().unwrap().rows[0].key, "2222");
}

#[test]
fn the_offer_stays_while_the_pointer_or_the_focus_is_on_it() {
    let mut world = removed();
    let timer = Timer::Undo(serial(&world));
    tell(&mut world, UndoEvent::Held(true));
    world.tell(Event::Elapsed(timer));
    assert!(world.model.undo.is_some());
    tell(&mut world, UndoEvent::Held(false));
    assert_eq!(world.asked, [Effect::Wait { milliseconds: UNDO_FOR, timer }]);
    world.tell(Event::Elapsed(timer));
    assert!(world.model.undo.is_none());
}

#[test]
fn a_number_that_somebody_took_meanwhile_stays_theirs_and_that_is_said() {
    let mut world = removed();
    world.draft(DraftEvent::Written(item("1111", 9, 8)));
    tell(&mut world, UndoEvent::Clicked);
    let theirs = extension("1111", 9);
    let refused = Some(Refusal::Taken(Box::new(theirs.clone())));
    restored(&mut world, Ok(Written { item: Some(item("1111", 9, 8)), refused }));
    assert_eq!(world.model.draft.get("1111"), Some(&theirs));
    let UndoState::Failed(failed) = &world.model.undo.as_ref().unwrap().state else { panic!() };
    assert_eq!(failed[0].why, RowFailure::Taken(Box::new(theirs)));
}

#[test]
fn a_number_that_somebody_took_under_another_key_is_not_given_out_twice() {
    let mut world = removed();
    let other = crate::model::Item { key: crate::model::stories::world::sid(9), ..item("1111", 9, 8) };
    world.draft(DraftEvent::Written(other));
    tell(&mut world, UndoEvent::Clicked);
    assert_eq!(world.asked, []);
    assert!(matches!(&world.model.undo.as_ref().unwrap().state, UndoState::Failed(failed) if failed.len() == 1));
}

#[test]
fn a_place_is_judged_by_what_stands_there_at_that_moment() {
    let mine = extension("1111", 1);
    assert_eq!(Guard::Restore.judge(&mine, &json!({})), Ok(mine.clone()));
    assert_eq!(Guard::Restore.judge(&mine, &row("1111", 1)), Ok(mine.clone()), "our own write, whose answer was lost");
    assert_eq!(Guard::Restore.judge(&mine, &row("1111", 2)), Err(Refusal::Taken(Box::new(extension("1111", 2)))));
    assert_eq!(Guard::Restore.judge(&mine, &json!({"odd": 1})), Err(Refusal::Unreadable));
}

#[test]
fn a_failure_stays_until_it_is_tried_again_or_dismissed() {
    let mut world = removed();
    let timer = Timer::Undo(serial(&world));
    tell(&mut world, UndoEvent::Clicked);
    restored(&mut world, Err(lost()));
    world.tell(Event::Elapsed(timer));
    assert!(world.model.undo.is_some());
    tell(&mut world, UndoEvent::Clicked);
    restored(&mut world, Ok(stands(item("1111", 1, 9))));
    assert!(world.model.undo.is_none());
}

#[test]
fn many_rows_come_back_at_the_same_pace_as_they_went() {
    let mut world = bulk_removal::asked(30);
    bulk_removal::confirm(&mut world, |_| false);
    tell(&mut world, UndoEvent::Clicked);
    let mut event_id = 100;
    while let Some((key, request)) = world.asked.iter().find_map(|effect| match effect {
        Effect::Write { key, request, what: Write::Put(_) } => Some((key.clone(), *request)),
        _ => None,
    }) {
        let more = world.asked.iter().any(|effect| matches!(effect, Effect::Wait { timer: Timer::RestoreNext, .. }));
        event_id += 1;
        world.tell(Event::Answered { request, answer: Ok(stands(item(&key, 5, event_id))) });
        if more {
            world.tell(Event::Elapsed(Timer::RestoreNext));
        }
    }
    assert_eq!(world.numbers().len(), 32);
    assert!(world.model.undo.is_none());
}

#[test]
fn what_is_removed_while_rows_come_back_is_offered_after_them() {
    let mut world = removed();
    tell(&mut world, UndoEvent::Clicked);
    let underway = std::mem::take(&mut world.asked);
    remove(&mut world, "2222");
    world.asked = underway;
    restored(&mut world, Ok(stands(item("1111", 1, 9))));
    assert_eq!(world.model.undo.as_ref().unwrap().rows[0].key, "2222");
    assert!(matches!(world.asked[..], [Effect::Wait { timer: Timer::Undo(_), .. }]));
}
