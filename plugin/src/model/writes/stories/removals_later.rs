//! Removals that are asked for while the connection is lost.

use crate::model::stories::world::{World, extension, item, lost};
use crate::model::{
    BulkRemovalEvent, DraftEvent, Effect, Event, OutboxEvent, PanelEvent, PendingState, RemovalEvent, SaveFailure,
    SelectionEvent, SocketState, UndoState, Write, Written,
};

fn remove(world: &mut World, key: &str) {
    world.tell(Event::Removal(RemovalEvent::Asked(key.to_owned())));
    world.tell(Event::Removal(RemovalEvent::Confirmed));
}

/// A removal that was asked for.
#[derive(Debug, PartialEq)]
struct Sent {
    key: String,
    request: u32,
}

/// The removal that was sent, if one was.
fn sent(world: &World) -> Option<Sent> {
    world.asked.iter().find_map(|effect| match effect {
        Effect::Write { key, request, what: Write::Remove } => Some(Sent { key: key.clone(), request: *request }),
        _ => None,
    })
}

fn answered(world: &mut World, answer: Result<Written, crate::model::Problem>) {
    let request = sent(world).expect("a removal was sent").request;
    world.tell(Event::Answered { request, answer });
}

fn states(world: &World) -> Vec<PendingState> {
    world.model.outbox.removals.iter().map(|pending| pending.state.clone()).collect()
}

#[test]
fn what_is_removed_while_the_connection_is_lost_is_pending_and_sent_when_it_is_back() {
    let mut world = World::offline();
    remove(&mut world, "1111");
    assert!(world.model.removal.is_none(), "the next one can be removed");
    assert_eq!(sent(&world), None);
    assert_eq!(states(&world), vec![PendingState::Waiting]);
    assert_eq!(world.numbers(), vec!["1111", "2222"], "nothing is gone yet");
    assert_eq!(world.model.outbox.len(), 1, "nothing is gone yet");
    remove(&mut world, "2222");
    world.connection(SocketState::Connected);
    assert_eq!(sent(&world).map(|removal| removal.key).as_deref(), Some("1111"));
    answered(&mut world, Ok(Written::default()));
    assert!(world.model.undo.is_none(), "the other one is on its way");
    answered(&mut world, Ok(Written::default()));
    assert_eq!(world.numbers(), [""; 0]);
    assert_eq!(world.model.outbox.len(), 0);
    let undo = world.model.undo.expect("both can be taken back");
    assert_eq!(undo.rows.len(), 2);
    assert_eq!(undo.state, UndoState::Offered);
}

#[test]
fn a_removal_can_be_taken_back_until_it_is_sent() {
    let mut world = World::offline();
    remove(&mut world, "1111");
    let request = world.model.outbox.removals[0].request;
    world.tell(Event::Outbox(OutboxEvent::DiscardClicked(request)));
    world.connection(SocketState::Connected);
    assert_eq!(sent(&world), None);
    assert_eq!(world.numbers(), vec!["1111", "2222"]);
}

#[test]
fn a_row_that_somebody_changed_meanwhile_is_asked_about_anew() {
    let mut world = World::offline();
    remove(&mut world, "1111");
    world.draft(DraftEvent::Written(item("1111", 9, 9)));
    world.connection(SocketState::Connected);
    assert_eq!(sent(&world), None);
    assert_eq!(states(&world), vec![PendingState::Offered(Some(SaveFailure::ChangedByOther))]);
    let request = world.model.outbox.removals[0].request;
    world.tell(Event::Outbox(OutboxEvent::AgainClicked(request)));
    answered(&mut world, Ok(Written::default()));
    assert_eq!(world.numbers(), ["2222"]);
}

#[test]
fn a_removal_that_the_connection_did_not_carry_waits_whichever_is_noticed_first() {
    for lost_first in [true, false] {
        let mut world = World::loaded();
        world.connection(SocketState::Connected);
        remove(&mut world, "1111");
        let request = sent(&world).expect("it was sent").request;
        let failed = Event::Answered { request, answer: Err(lost()) };
        if lost_first {
            world.connection(SocketState::Connecting);
            world.tell(failed);
        } else {
            world.tell(failed);
            world.connection(SocketState::Connecting);
        }
        assert!(world.model.removal.is_none());
        assert_eq!(states(&world), [PendingState::Waiting]);
        world.connection(SocketState::Connected);
        let request = sent(&world).expect("it is sent again").request;
        world.connection(SocketState::Connecting);
        world.tell(Event::Answered { request, answer: Err(lost()) });
        assert_eq!(states(&world), [PendingState::Waiting], "the connection went again");
    }
}

#[test]
fn what_is_asked_for_last_counts_be_it_a_removal_or_a_write() {
    let mut world = World::offline();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1212", 7);
    remove(&mut world, "1111");
    assert_eq!(world.model.outbox.writes.len(), 0);
    assert_eq!(world.model.outbox.removals.len(), 1);
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1111", 7);
    assert_eq!(world.model.outbox.writes.len(), 1);
    assert_eq!(world.model.outbox.removals.len(), 0);
}

#[test]
fn many_rows_wait_like_one() {
    let mut world = World::offline();
    let shown = vec!["1111".to_owned(), "2222".to_owned()];
    world.tell(Event::Selection(SelectionEvent::PageToggled { shown }));
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Asked));
    world.tell(Event::BulkRemoval(BulkRemovalEvent::Confirmed));
    assert!(world.model.bulk_removal.is_none());
    assert_eq!(states(&world), [PendingState::Waiting, PendingState::Waiting]);
}

#[test]
fn a_removal_that_was_pending_when_the_page_was_reloaded_is_offered() {
    let mut world = World::offline();
    remove(&mut world, "1111");
    let kept = world.asked.iter().find_map(|effect| match effect {
        Effect::StorePending(kept) => Some(kept.clone()),
        _ => None,
    });
    let mut world = World::loaded();
    world.connection(SocketState::Connected);
    world.tell(Event::Outbox(OutboxEvent::Recalled(kept.expect("it is kept"))));
    assert_eq!(states(&world), vec![PendingState::Offered(None)]);
    assert_eq!(sent(&world), None);
    assert_eq!(world.model.outbox.removals[0].row.row, extension("1111", 1));
    assert_eq!(world.model.outbox.writes.len(), 0);
}
