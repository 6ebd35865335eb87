//! Writes that are asked for while the connection is lost.

use serde_json::Value;
use shared::AgentExtension;

use crate::model::stories::world::{World, agent, extension, item, lost, stands};
use crate::model::{
    Effect, Event, Guard, Notification, OutboxEvent, PanelEvent, PendingState, Refusal, SaveFailure, SocketState,
    TheirChange, Write, Written,
};

/// A write that was asked for.
#[derive(Debug, PartialEq)]
struct Sent {
    request: u32,
    row: AgentExtension,
    guard: Guard,
}

fn back(world: &mut World) -> Option<Sent> {
    world.connection(SocketState::Connected);
    sent(world)
}

fn sent(world: &World) -> Option<Sent> {
    world.asked.iter().find_map(|effect| match effect {
        Effect::Write { request, what: Write::Put(put), .. } => {
            Some(Sent { request: *request, row: put.row.clone(), guard: put.guard.clone() })
        }
        _ => None,
    })
}

fn answered(world: &mut World, request: u32, answer: Result<Written, crate::model::Problem>) {
    world.tell(Event::Answered { request, answer });
}

fn kept(world: &World) -> Option<&Vec<Value>> {
    world.asked.iter().find_map(|effect| match effect {
        Effect::StorePending(writes) => Some(writes),
        _ => None,
    })
}

fn states(world: &World) -> Vec<PendingState> {
    world.model.outbox.writes.iter().map(|pending| pending.state.clone()).collect()
}

#[test]
fn what_is_saved_while_the_connection_is_lost_is_pending_and_sent_when_it_is_back() {
    let mut world = World::offline();
    world.save(PanelEvent::AddClicked, "7777", 7);
    assert!(world.model.panel.is_none(), "the next one can be added");
    assert_eq!(sent(&world), None);
    assert_eq!(states(&world), vec![PendingState::Waiting]);
    assert_eq!(kept(&world).map(Vec::len), Some(1), "a reload does not lose it");
    let put = back(&mut world).unwrap();
    assert_eq!(put.row, extension("7777", 7));
    assert_eq!(put.guard, Guard::FreeOrSameAgent);
    answered(&mut world, put.request, Ok(stands(item("7777", 7, 3))));
    assert!(world.asked.contains(&Effect::Notify(Notification::Saved(extension("7777", 7)))));
    assert_eq!(kept(&world).map(Vec::len), Some(0));
    assert_eq!(world.numbers(), ["1111", "2222", "7777"]);
}

#[test]
fn pending_writes_are_sent_one_after_another() {
    let mut world = World::offline();
    world.save(PanelEvent::AddClicked, "7777", 7);
    world.save(PanelEvent::AddClicked, "8888", 8);
    let first = back(&mut world).unwrap();
    world.connection(SocketState::Connected);
    assert_eq!(sent(&world), None, "the first one is on its way");
    answered(&mut world, first.request, Ok(stands(item("7777", 7, 3))));
    assert_eq!(sent(&world).map(|put| put.row), Some(extension("8888", 8)));
}

#[test]
fn a_write_that_others_made_impossible_meanwhile_is_offered_and_never_silently_lost() {
    let mut world = World::offline();
    world.save(PanelEvent::AddClicked, "7777", 7);
    let put = back(&mut world).unwrap();
    let refused = Some(Refusal::Taken(Box::new(extension("7777", 9))));
    answered(&mut world, put.request, Ok(Written { item: Some(item("7777", 9, 3)), refused }));
    assert_eq!(states(&world), [PendingState::Offered(Some(SaveFailure::Taken(extension("7777", 9))))]);
    world.tell(Event::Outbox(OutboxEvent::AgainClicked(put.request)));
    assert_eq!(sent(&world).map(|again| again.row), Some(put.row));
    answered(&mut world, put.request, Err(lost()));
    world.tell(Event::Outbox(OutboxEvent::DiscardClicked(put.request)));
    assert_eq!(states(&world), []);
    assert_eq!(kept(&world).map(Vec::len), Some(0));
}

#[test]
fn of_a_pending_write_and_somebody_elses_change_either_is_kept() {
    let mut world = World::offline();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1111", 7);
    let put = back(&mut world).unwrap();
    let refused = Some(Refusal::Changed(Box::new(extension("1111", 9))));
    answered(&mut world, put.request, Ok(Written { item: Some(item("1111", 9, 3)), refused }));
    let theirs = world.model.outbox.writes[0].theirs(&world.model.draft);
    assert_eq!(theirs, Some(TheirChange::Changed(&extension("1111", 9))));
    world.tell(Event::Outbox(OutboxEvent::AgainClicked(put.request)));
    assert_eq!(sent(&world).map(|again| again.guard), Some(Guard::Unchanged(extension("1111", 9))));
}

#[test]
fn a_save_that_was_on_its_way_when_the_connection_went_waits_for_it() {
    let mut world = World::loaded();
    world.connection(SocketState::Connected);
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1111", 7);
    let request = world.request();
    world.connection(SocketState::Connecting);
    answered(&mut world, request, Err(lost()));
    assert!(world.model.panel.is_none());
    assert_eq!(states(&world), [PendingState::Waiting]);
    let put = back(&mut world).unwrap();
    assert_eq!(put.row, extension("1111", 7));
    assert_eq!(put.guard, Guard::Unchanged(extension("1111", 1)));
}

#[test]
fn a_save_that_failed_just_before_the_loss_was_noticed_waits_too() {
    let mut world = World::loaded();
    world.connection(SocketState::Connected);
    world.save(PanelEvent::AddClicked, "7777", 7);
    world.written(Err(lost()));
    assert!(world.model.panel.is_some());
    world.connection(SocketState::Connecting);
    assert!(world.model.panel.is_none());
    assert_eq!(states(&world), vec![PendingState::Waiting]);
    assert_eq!(kept(&world).map(Vec::len), Some(1));
}

#[test]
fn a_change_of_number_that_was_cut_off_between_its_writes_is_finished_on_return() {
    let mut world = World::loaded();
    world.connection(SocketState::Connected);
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1212", 1);
    world.written(Ok(stands(item("1212", 1, 3))));
    let request = world.request();
    world.connection(SocketState::Connecting);
    world.tell(Event::Answered { request, answer: Err(lost()) });
    assert_eq!(world.numbers(), ["1111", "1212", "2222"]);
    let put = back(&mut world).unwrap();
    answered(&mut world, put.request, Ok(stands(item("1212", 1, 3))));
    let remove = Effect::Write { key: "1111".to_owned(), request: put.request, what: Write::Remove };
    assert!(world.asked.contains(&remove));
    world.tell(Event::Answered { request: put.request, answer: Ok(Written::default()) });
    assert_eq!(world.numbers(), vec!["1212", "2222"]);
    assert_eq!(states(&world), []);
}

#[test]
fn a_row_that_is_edited_again_while_it_waits_is_sent_as_it_was_typed_last() {
    let mut world = World::offline();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1111", 7);
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1111", 8);
    assert_eq!(states(&world).len(), 1);
    let put = back(&mut world).unwrap();
    assert_eq!(put.row, extension("1111", 8));
    assert_eq!(put.guard, Guard::Unchanged(extension("1111", 1)));
}

#[test]
fn what_was_pending_when_the_page_was_reloaded_is_offered() {
    let mut world = World::offline();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1212", 7);
    let writes = kept(&world).unwrap().clone();
    let mut world = World::loaded();
    world.connection(SocketState::Connected);
    world.tell(Event::Outbox(OutboxEvent::Recalled(writes)));
    assert_eq!(states(&world), vec![PendingState::Offered(None)]);
    assert_eq!(sent(&world), None);
    let request = world.model.outbox.writes[0].request;
    world.tell(Event::Outbox(OutboxEvent::AgainClicked(request)));
    let put = sent(&world).unwrap();
    assert_eq!(put.row.replaces_key.as_deref(), Some("1111"));
    assert_eq!(put.row.worker_sid, agent(7).worker_sid);
}

#[test]
fn a_write_that_cannot_be_sent_because_the_connection_went_again_goes_on_waiting() {
    let mut world = World::offline();
    world.save(PanelEvent::AddClicked, "7777", 7);
    let put = back(&mut world).unwrap();
    world.connection(SocketState::Connecting);
    answered(&mut world, put.request, Err(lost()));
    assert_eq!(states(&world), [PendingState::Waiting]);
    assert_eq!(back(&mut world).map(|again| again.row), Some(put.row));
}
