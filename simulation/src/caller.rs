//! Callers: again and again one of them keys in an extension, and a replica says which agent that is.
//!
//! Knows nothing of publishing.

use bytes::Bytes;
use emulator::serverless::signature::sign;
use http::{Request, header};

use crate::replica::{Heard, Server};
use crate::twilio::{ADDRESS, TOLD_APART_BY};

/// Callers until the run ends.
pub(crate) async fn call_for_ever(server: Server) {
    loop {
        server.world.pause(1_500, 9_000).await;
        call(&server, server.any()).await;
    }
}

/// One caller whose call a given replica answers.
pub(crate) async fn call(server: &Server, replica: usize) -> Heard {
    let world = &server.world;
    let path = format!("/agentExtensions?agentExt={TOLD_APART_BY}");
    let request = if world.choose(|choices| choices.chance(50)) {
        Request::get(&path).header(header::AUTHORIZATION, world.twilio.credentials())
    } else {
        let signature = sign(world.twilio.app().account.auth_token(), &format!("{ADDRESS}{path}"));
        Request::get(&path).header("x-twilio-signature", signature)
    };
    let request = request.body(Bytes::new()).expect("the address is one");
    server.ask(replica, request).await
}
