//! What happens to everybody: crashes, late housekeeping at Twilio, Builds that fail, strange items in Sync.
//!
//! Knows nothing of single requests.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, header};
use serde_json::json;
use shared::{PUBLISHING_KEY, publishing_map_name};

use crate::faults::{Faults, Incident};
use crate::oddities::NextBuild;
use crate::outage::Outage;
use crate::replica::Server;
use crate::twilio::MAP_NAME;
use crate::world::World;

/// Something happens now and then until nothing goes wrong any more.
pub(crate) async fn happen(server: Server) {
    let world = &server.world;
    loop {
        world.pause(1_000, 15_000).await;
        if world.is_calm() {
            return;
        }
        if let Some(incident) = world.fault(Faults::incident) {
            world.trace(|| format!("{incident:?}"));
            happens(&server, incident).await;
        }
    }
}

/// A replica restarts when an outage begins: what it knew of Twilio it has on its disk, or not at all.
pub(crate) async fn restart_in(outage: Outage, server: Server) {
    server.world.executor.sleep(outage.begins).await;
    if !server.world.is_calm() {
        crash(&server);
    }
}

async fn happens(server: &Server, incident: Incident) {
    let world = &server.world;
    match incident {
        Incident::Crash => crash(server),
        Incident::ExpiryIsLate => {
            let seconds = world.choose(|choices| choices.between(10, 900));
            world.twilio.app().sync.remove_expired_late(u32::try_from(seconds).unwrap_or(u32::MAX));
        }
        Incident::DomainIsLate => {
            let late = world.choose(|choices| choices.milliseconds(1_000, 40_000));
            world.oddities().next_deployment_is_late = Some(late);
        }
        Incident::BuildFails => world.oddities().next_build = Some(NextBuild::Fails),
        Incident::BuildIsEndless => world.oddities().next_build = Some(NextBuild::IsEndless),
        Incident::StrangeLock => leave_strange_lock(world).await,
    }
}

/// Kills a replica, which comes back after a while.
fn crash(server: &Server) {
    let (world, replica) = (&server.world, server.any());
    if !server.is_running(replica) {
        return;
    }
    server.kill_replica(replica);
    world.trace(|| format!("replica {replica} is killed"));
    let down = world.choose(|choices| choices.milliseconds(100, 10_000));
    let back = server.clone();
    world.executor.spawn(None, async move {
        back.world.executor.sleep(down).await;
        back.world.trace(|| format!("replica {replica} starts"));
        back.start_replica(replica);
    });
}

/// An item as a stranger, a clock that was wrong or an older tool may leave it, which never expires by itself.
async fn leave_strange_lock(world: &World) {
    let strange = [
        json!({"hello": 1}),
        json!({"startedBy": "somebody", "startedAt": "9999-12-30T22:00:00Z"}),
        json!({
            "startedBy": "somebody", "startedAt": "2027-06-01T00:00:00Z",
            "stage": "building", "buildSid": "ZB00000000000000000000000000000001",
        }),
        json!({"startedBy": "somebody", "startedAt": "yesterday"}),
    ];
    let data = &strange[world.choose(|choices| choices.below(strange.len()))];
    let map = publishing_map_name(MAP_NAME);
    let form = [("Key", PUBLISHING_KEY.to_owned()), ("Data", data.to_string())];
    let request = Request::post(format!("/sync/v1/Services/default/Maps/{map}/Items"))
        .header(header::AUTHORIZATION, world.twilio.credentials())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Bytes::from(serde_urlencoded::to_string(form).unwrap_or_default()))
        .expect("the address is one");
    let status = world.twilio.answer(request).await.status();
    world.trace(|| format!("somebody leaves {data} in place of the lock: {status}"));
}

/// Waits until every replica runs.
pub(crate) async fn all_running(server: &Server) {
    while !(0..server.count()).all(|replica| server.is_running(replica)) {
        server.world.executor.sleep(Duration::from_secs(1)).await;
    }
}
