//! The connection to Sync, and the token that keeps it.

use super::world::World;
use crate::model::{ConnectionEvent, ConnectionStatus, Effect, Event, SocketState, Timer};

fn connected() -> World {
    let mut world = World::loaded();
    tell(&mut world, ConnectionEvent::StateChanged(SocketState::Connected));
    world
}

fn tell(world: &mut World, event: ConnectionEvent) {
    world.tell(Event::Connection(event));
}

#[test]
fn a_lost_connection_is_said_and_so_is_its_return_for_a_while() {
    let mut world = connected();
    assert_eq!(world.model.connection.status, ConnectionStatus::Online);
    tell(&mut world, ConnectionEvent::StateChanged(SocketState::Connecting));
    assert_eq!(world.model.connection.status, ConnectionStatus::Lost);
    tell(&mut world, ConnectionEvent::StateChanged(SocketState::Connected));
    assert_eq!(world.model.connection.status, ConnectionStatus::Back);
    assert!(matches!(world.asked[..], [Effect::Wait { timer: Timer::ReconnectedShown, .. }]));
    world.tell(Event::Elapsed(Timer::ReconnectedShown));
    assert_eq!(world.model.connection.status, ConnectionStatus::Online);
}

#[test]
fn connecting_for_the_first_time_is_no_loss() {
    let mut world = World::loaded();
    tell(&mut world, ConnectionEvent::StateChanged(SocketState::Connecting));
    assert_eq!(world.model.connection.status, ConnectionStatus::Opening);
}

#[test]
fn the_token_is_renewed_when_flex_has_a_new_one() {
    let mut world = connected();
    tell(&mut world, ConnectionEvent::TokenUpdated);
    assert_eq!(world.asked, [Effect::RenewToken]);
    tell(&mut world, ConnectionEvent::TokenAboutToExpire);
    assert_eq!(world.asked, [Effect::RenewToken]);
}

#[test]
fn after_the_token_expired_a_new_one_is_handed_over_only_when_the_connection_is_closed() {
    let mut world = connected();
    tell(&mut world, ConnectionEvent::TokenExpired);
    assert_eq!(world.asked, []);
    tell(&mut world, ConnectionEvent::StateChanged(SocketState::Disconnecting));
    tell(&mut world, ConnectionEvent::TokenUpdated);
    assert_eq!(world.asked, []);
    tell(&mut world, ConnectionEvent::StateChanged(SocketState::Disconnected));
    assert_eq!(world.asked, [Effect::RenewToken]);
}

#[test]
fn a_token_that_was_refused_is_renewed_at_once() {
    let mut world = connected();
    tell(&mut world, ConnectionEvent::StateChanged(SocketState::Denied));
    tell(&mut world, ConnectionEvent::TokenExpired);
    assert_eq!(world.asked, [Effect::RenewToken]);
}
