//! A command-line tool that deploys now and then: it takes no lock, and carries the asset along, or an older one, or none.
//!
//! Knows nothing of the server. Deployments take no condition, so nobody can guard against a tool that deploys between
//! a look at the Environment and the Deployment after it; the tool waits until none is on its way.

use bytes::Bytes;
use emulator::serverless::{Build, Version};
use http::{Request, Response, header};
use serde_json::Value;

use crate::history::Deployer;
use crate::twilio::ASSET;
use crate::world::World;

/// How long it waits between two looks, in milliseconds.
const LOOKS_EVERY: u64 = 300;
/// How often it looks before it gives up.
const MOST_LOOKS: usize = 400;

/// Deploys a number of times.
pub(crate) async fn deploy_now_and_then(world: World, times: u64) {
    for _ in 0..times {
        world.pause(500, 40_000).await;
        if let Some(build_sid) = create_build(&world).await {
            deploy(&world, &build_sid).await;
        }
    }
}

async fn create_build(world: &World) -> Option<String> {
    let live = world.twilio.build(&world.twilio.environment().build_sid?)?;
    let form = form(world, &live);
    let response = post(world, "Builds", &form).await;
    let body: Value = serde_json::from_slice(response.body()).ok()?;
    Some(body["sid"].as_str()?.to_owned())
}

/// Another runtime and other packages, with or without the Functions, and the asset as it is, as it was once, or not at all.
fn form(world: &World, live: &Build) -> String {
    let asset = |build: &Build| build.asset_versions.iter().find(|version| version.path == ASSET).cloned();
    let once: Vec<Version> = world.checks().history.live.iter().filter_map(|live| asset(&live.build)).collect();
    let ours = match world.choose(|choices| choices.below(100)) {
        0..30 if !once.is_empty() => Some(once[world.choose(|choices| choices.below(once.len()))].clone()),
        // Functions without the asset that they read would answer nobody any more.
        30..38 if !world.plan.is_private => None,
        _ => asset(live),
    };
    let others = live.asset_versions.iter().filter(|version| version.path != ASSET).cloned();
    let mut pairs: Vec<(&str, String)> = others.chain(ours).map(|version| ("AssetVersions", version.sid)).collect();
    if world.choose(|choices| choices.chance(60)) {
        pairs.extend(live.function_versions.iter().map(|version| ("FunctionVersions", version.sid.clone())));
    }
    let number = world.choose(|choices| choices.between(1, 99));
    pairs.push(("Dependencies", format!(r#"[{{"name":"twilio","version":"5.{number}.0"}}]"#)));
    pairs.push(("Runtime", ["node20", "node22", "node24"][world.choose(|choices| choices.below(3))].to_owned()));
    serde_urlencoded::to_string(pairs).unwrap_or_default()
}

async fn deploy(world: &World, build_sid: &str) {
    world.executor.sleep(world.plan.build_delay).await;
    world.pause(100, 15_000).await;
    for _ in 0..MOST_LOOKS {
        if !world.deploying.is_any() {
            let environment = world.twilio.environment().sid;
            let form = format!("BuildSid={build_sid}");
            let response = post(world, &format!("Environments/{environment}/Deployments"), &form).await;
            if response.status().is_success() {
                world.went_live(Deployer::Tool);
            }
            return;
        }
        world.pause(LOOKS_EVERY, LOOKS_EVERY).await;
    }
}

async fn post(world: &World, path: &str, form: &str) -> Response<Bytes> {
    let service = &world.twilio.app().account.sids().serverless_service;
    let request = Request::post(format!("/serverless/v1/Services/{service}/{path}"))
        .header(header::AUTHORIZATION, world.twilio.credentials())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Bytes::from(form.to_owned()))
        .expect("the address is one");
    let response = world.twilio.answer(request).await;
    world.trace(|| format!("a tool posts to {path}: {}", response.status()));
    response
}
