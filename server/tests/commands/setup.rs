//! `setup`: makes what is missing, once.

use serde_json::{Value, json};

use crate::world::World;

const SIDS: [&str; 4] = [
    "TWILIO_SERVERLESS_SERVICE_SID",
    "TWILIO_SERVERLESS_ENVIRONMENT_SID",
    "FLEX_SYNC_MAP_SID",
    "FLEX_APP_FUNCTIONS_BASE",
];

/// A Flex account in which nothing of ours is there yet, and settings that name nothing but the account.
async fn fresh() -> World {
    let world = World::new(0).await;
    let maps = "/sync/v1/Services/default/Maps/AgentExtensionMaps";
    world.delete(maps).await;
    world.delete(&format!("{maps}.publishing")).await;
    world.delete(&world.service("")).await;
    world.without(&SIDS).without(&["FLEX_SYNC_MAP_NAME", "FLEX_SYNC_SERVICE_SID", "TASKROUTER_WORKSPACE_SID"])
}

async fn workflow(world: &World) -> Value {
    world.named(&world.workspace("/Workflows"), "workflows", "Assign to Anyone").await
}

/// The path of the Flow that setup makes.
async fn flow_path(world: &World) -> String {
    let flow = world.named("/studio/v2/Flows", "flows", "Agent extensions").await;
    format!("/studio/v2/Flows/{}", flow["sid"].as_str().unwrap())
}

async fn flows(world: &World) -> Vec<Value> {
    world.fetch("/studio/v2/Flows").await["flows"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_dry_run_shows_the_plan_and_changes_nothing() {
    let world = fresh().await;
    let before = world.writes().await.len();
    let ran = world.run(&["setup", "--dry-run"]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    for part in [
        "create the Sync Map AgentExtensionMaps\n",
        "create the Sync Map AgentExtensionMaps.publishing",
        "create the Serverless Service serverless",
        "create its Environment dev-environment",
        "publish the asset /extensions.json",
        "to the Workflow Assign to Anyone",
        "create and publish the Studio Flow Agent extensions",
        "write .env: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN",
        "nothing was changed",
    ] {
        assert!(ran.stdout.contains(part), "{part}: {ran:?}");
    }
    assert_eq!(world.writes().await.len(), before);
    assert!(!world.file(".env").exists());
}

#[tokio::test]
async fn without_a_terminal_and_without_yes_it_stops_and_says_how_to_go_on() {
    let world = fresh().await;
    let before = world.writes().await.len();
    let ran = world.run(&["setup"]).await;
    assert!(ran.code == 1 && ran.stderr.contains("--yes"), "{ran:?}");
    assert_eq!(world.writes().await.len(), before);
}

#[tokio::test]
async fn the_first_run_makes_everything_and_the_second_has_nothing_to_do() {
    let mut world = fresh().await;
    std::fs::write(world.file(".env"), "# mine\nOTHER=1\n").unwrap();
    let ran = world.run(&["setup", "--yes"]).await;
    assert!(ran.code == 0 && ran.stdout.contains("[7/7]") && ran.stdout.contains("wrote .env"), "{ran:?}");
    let settings = world.read(".env");
    assert!(settings.starts_with("# mine\nOTHER=1\n") && settings.contains("TWILIO_SERVERLESS_SERVICE_SID=ZS"));
    assert_eq!(flows(&world).await.len(), 1);
    let after = world.writes().await.len();
    let ran = world.run(&["setup", "--yes"]).await;
    assert!(ran.code == 0 && ran.stdout.contains("nothing to do"), "{ran:?}");
    assert_eq!(world.writes().await.len(), after);
    assert_eq!(world.read(".env"), settings);
    // The settings that were written are all that the server and the next setup need.
    world.env.retain(|name, _| name.starts_with("DEMO_"));
    let ran = world.run(&["setup", "--yes"]).await;
    assert!(ran.code == 0 && ran.stdout.contains("nothing to do"), "{ran:?}");
    assert_eq!(world.run(&["pull", "--out", "x.json"]).await.code, 0);
    assert_eq!(world.read("x.json"), "[]");
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_with_the_token_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let world = fresh().await;
    assert_eq!(world.run(&["setup", "--yes", "--no-call-flow"]).await.code, 0);
    assert_eq!(std::fs::metadata(world.file(".env")).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(flows(&world).await.is_empty());
}

#[tokio::test]
async fn the_filters_go_into_the_workflow_and_all_else_in_it_stays_byte_for_byte() {
    let world = World::new(3).await;
    let odd = format!(
        "{{\"task_routing\" : {{ \"filters\":[ {{\"filter_friendly_name\":\"Mine\",  \"expression\":\"1==2\",\n\t\
         \"targets\":[{{\"queue\":{queue}}}]}} ],\n\"default_filter\":{{\"queue\":{queue}}} }}, \"x\" : 1.50}}",
        queue = world.named(&world.workspace("/TaskQueues"), "task_queues", "Everyone").await["sid"]
    );
    let path = world.workspace(&format!("/Workflows/{}", workflow(&world).await["sid"].as_str().unwrap()));
    world.write(&path, &[("Configuration", &odd)]).await;
    assert_eq!(world.run(&["setup", "--yes"]).await.code, 0);
    let merged = workflow(&world).await["configuration"].as_str().unwrap().to_owned();
    let (start, end) = odd.split_once("{\"filter_friendly_name\":\"Mine\"").unwrap();
    assert!(merged.starts_with(start.trim_end()), "{merged}");
    assert!(merged.ends_with(&format!("{{\"filter_friendly_name\":\"Mine\"{end}")), "{merged}");
    let parsed: Value = serde_json::from_str(&merged).unwrap();
    assert_eq!(parsed["task_routing"]["filters"][0]["targets"][0]["known_worker_sid"], "task.workerSID");
}

#[tokio::test]
async fn a_setup_that_was_interrupted_anywhere_is_continued_by_the_next() {
    for failing in
        ["/Maps", "/Services", "/Environments", "/Versions", "/Builds", "/Deployments", "/Workflows/", "/Flows"]
    {
        let world = fresh().await;
        let order = json!({"method": "POST", "path": failing, "times": 1, "status": 400});
        world.control("fail", order).await;
        let ran = world.run(&["setup", "--yes"]).await;
        assert!(ran.code == 1 && ran.stderr.contains("again to go on"), "{failing}: {ran:?}");
        let ran = world.run(&["setup", "--yes"]).await;
        assert_eq!(ran.code, 0, "{failing}: {ran:?}");
        let ran = world.run(&["setup", "--yes"]).await;
        assert!(ran.stdout.contains("nothing to do"), "{failing}: {ran:?}");
        assert_eq!(flows(&world).await.len(), 1, "{failing}");
    }
}

#[tokio::test]
async fn a_flow_that_somebody_changed_is_left_alone_unless_it_is_to_be_replaced() {
    let world = World::new(3).await;
    assert_eq!(world.run(&["setup", "--yes"]).await.code, 0);
    let path = flow_path(&world).await;
    let ours = world.fetch(&path).await["definition"].clone();
    let mut theirs = ours.clone();
    theirs["description"] = json!("Theirs");
    world.write(&path, &[("Status", "published"), ("Definition", &theirs.to_string())]).await;
    let ran = world.run(&["setup", "--yes"]).await;
    assert!(ran.stdout.contains("was left as it is") && ran.stdout.contains("nothing to do"), "{ran:?}");
    assert_eq!(world.fetch(&path).await["definition"], theirs);
    assert_eq!(world.run(&["setup", "--yes", "--replace-flow"]).await.code, 0);
    assert_eq!(world.fetch(&path).await["definition"], ours);
}

#[tokio::test]
async fn what_was_chosen_and_is_not_there_is_named_with_what_there_is() {
    let world = World::new(1).await;
    for (arguments, part) in [
        (["setup", "--workflow", "Nope"], "--workflow; there are: Assign to Anyone"),
        (["setup", "--agents-queue", "Nope"], "--agents-queue; there are: Everyone"),
        (["setup", "--fallback-queue", "Nope"], "--fallback-queue; there are: Everyone"),
    ] {
        let ran = world.run(&arguments).await;
        assert!(ran.code == 1 && ran.stderr.contains(part), "{ran:?}");
    }
    let mut world = world;
    let nowhere = format!("ZS{}", "0".repeat(32));
    world.env.insert("TWILIO_SERVERLESS_SERVICE_SID".to_owned(), nowhere);
    let ran = world.run(&["setup"]).await;
    assert!(ran.code == 1 && ran.stderr.contains("TWILIO_SERVERLESS_SERVICE_SID names"), "{ran:?}");
}

#[tokio::test]
async fn where_a_function_looks_extensions_up_the_flow_runs_that_function() {
    let world = World::new(3).await.without(&["FLEX_APP_FUNCTIONS_BASE"]);
    let function = world.deploy_function("/agentExtensions").await;
    assert_eq!(world.run(&["setup", "--yes"]).await.code, 0);
    let definition = world.fetch(&flow_path(&world).await).await["definition"].clone();
    let lookup = definition["states"].as_array().unwrap().iter().find(|state| state["type"] == "run-function").unwrap();
    assert_eq!(lookup["properties"]["function_sid"], function);
    assert!(lookup["properties"]["url"].as_str().unwrap().ends_with("-dev.twil.io/agentExtensions"));
    assert!(world.read(".env").contains("FLEX_APP_FUNCTIONS_BASE=https://serverless-"));
}

/// `script` runs a program at a terminal of its own; every Debian has it.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn at_a_terminal_it_asks_and_takes_only_a_yes() {
    let world = fresh().await;
    let ran = world.run_at_a_terminal("setup --no-call-flow", "\n").await;
    assert!(ran.stdout.contains("Make these 6 changes? [y/N]"), "{ran:?}");
    assert!(ran.stdout.contains("nothing was changed") && !world.file(".env").exists(), "{ran:?}");
    let ran = world.run_at_a_terminal("setup --no-call-flow", "y\n").await;
    assert!(ran.code == 0 && ran.stdout.contains("wrote .env"), "{ran:?}");
}
