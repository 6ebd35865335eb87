//! Callers: again and again one of them keys in an extension, and a replica says which agent that is.
//!
//! Knows nothing of publishing.

use bytes::Bytes;
use emulator::serverless::signature::sign;
use http::{Request, Response, header};
use serde_json::Value;

use crate::checks::Rule;
use crate::replica::{ADDRESS, Heard};
use crate::twilio::TOLD_APART_BY;
use crate::world::World;

/// Callers until the run ends.
pub(crate) async fn call_for_ever(world: World) {
    loop {
        world.pause(1_500, 5_000).await;
        let replica = world.choose(|choices| choices.below(world.replicas.count()));
        call(&world, replica).await;
    }
}

/// One caller whose call a given replica answers.
pub(crate) async fn call(world: &World, replica: usize) -> Heard {
    let path = format!("/agentExtensions?agentExt={TOLD_APART_BY}");
    let request = if world.choose(|choices| choices.chance(50)) {
        Request::get(&path).header(header::AUTHORIZATION, world.twilio.credentials())
    } else {
        let signature = sign(world.twilio.app().account.auth_token(), &format!("{ADDRESS}{path}"));
        Request::get(&path).header("x-twilio-signature", signature)
    };
    let request = request.body(Bytes::new()).expect("the address is one");
    world.ask(replica, request).await
}

/// Which directory a lookup was answered from; none if it was not answered.
#[must_use]
pub(crate) fn directory_of(response: &Response<Bytes>) -> Option<String> {
    let body: Value = serde_json::from_slice(response.body()).ok()?;
    Some(body["workerSid"].as_str()?.to_owned())
}

impl World {
    /// Holds what a replica answered a caller against what was live.
    pub(crate) fn check_lookup(&self, replica: usize, response: &Response<Bytes>) {
        let now = self.executor.elapsed();
        let mut checks = self.checks();
        let checks = &mut *checks;
        match directory_of(response) {
            Some(directory) => {
                let problem = checks.lookups.answered(&checks.history, replica, &directory);
                checks.hold(Rule::LookupsGoForward, now, problem);
            }
            None if checks.lookups.has_answered(replica) => {
                let problem = format!("replica {replica} answers {}, and has answered before", response.status());
                checks.hold(Rule::LookupsAnswer, now, Some(problem));
            }
            None => {}
        }
    }
}
