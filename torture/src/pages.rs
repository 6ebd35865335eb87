//! Pages of others in a developer's browser ask the emulator: under a name that they have point to it, and from their own
//! origin. They get neither a login nor a secret, and give no order.
//!
//! Knows nothing of how the emulator tells them apart.

use anyhow::{Result, bail};
use reqwest::RequestBuilder;
use serde_json::json;

use crate::bench::Case;
use crate::world::{Home, World};

/// Names that are not the emulator's own, with a port or without.
const NAMES: [&str; 4] = ["evil.example", "evil.example:4010", "127.0.0.1.evil.example", ""];
/// Pages of the internet, of another port here, and one that hides where it is from.
const ORIGINS: [&str; 4] = ["https://evil.example", "http://localhost:3001", "http://127.0.0.1:1", "null"];

/// Asks for everything that is not for others.
///
/// # Errors
///
/// When the case is lost.
pub(crate) async fn run(case: &Case) -> Result<String> {
    let world = World::open(case, Home::Native, &[]).await?;
    let before = world.live_build()?;
    let mut refused = 0;
    for name in NAMES {
        for request in requests(&world) {
            must_be_refused(&world, request.header("Host", name), 421).await?;
            refused += 1;
        }
    }
    for origin in ORIGINS {
        for request in requests(&world) {
            must_be_refused(&world, request.header("Origin", origin), 403).await?;
            refused += 1;
        }
    }
    if world.live_build()? != before {
        bail!("a page of others has reset the emulator");
    }
    Ok(format!("{refused} requests refused"))
}

fn requests(world: &World) -> Vec<RequestBuilder> {
    let url = |path: &str| format!("{}{path}", world.emulator.base());
    let orders = ["reset", "fail", "expire-tokens", "drop-sockets"];
    let order = |what: &str| world.http.post(url(&format!("/control/{what}"))).json(&json!({"demo": 0, "status": 500}));
    let mut requests: Vec<_> = orders.into_iter().map(order).collect();
    requests.extend(["/host/login?as=admin", "/control/env", "/control/calls"].map(|path| world.http.get(url(path))));
    requests
}

async fn must_be_refused(world: &World, request: RequestBuilder, expected: u16) -> Result<()> {
    let response = request.send().await?;
    let (status, path) = (response.status(), response.url().path().to_owned());
    let body = response.text().await?;
    if status != expected || body.contains(world.variable("TWILIO_AUTH_TOKEN")?) {
        bail!("{path} answered {status} {body}");
    }
    Ok(())
}
