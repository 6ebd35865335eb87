//! Published assets that something else than a publish left there.

use std::time::Duration;

use emulator::records::Record;
use emulator::serverless::{Build, Environment};
use serde_json::{Value, json};

use crate::world::{World, refused, row, worker};

/// One row and a comma too many, as a hand leaves it.
const COMMA: &str =
    r#"[{"workerFullName":"A","extensionNumber":"7001","workerSid":"WK00000000000000000000000000000001"},]"#;

/// A world whose lookup looks for a newer directory all the time.
async fn watchful() -> World {
    World::with(5, Duration::ZERO, &[("LOOKUP_REFRESH_SECONDS", "1")]).await
}

#[tokio::test]
async fn what_can_not_be_read_is_said_and_a_publish_confirmed_by_its_count_replaces_it() {
    let world = World::small().await;
    let version = world.deploy_asset(COMMA).await;
    let list = world.list().await;
    assert_eq!((&list["data"], &list["version"]), (&json!([]), &json!(version)));
    assert_eq!(list["unreadable"]["path"], "/extensions.json");
    assert!(list["unreadable"]["problem"].as_str().unwrap().contains("trailing comma"), "{list}");
    let update = |confirmed: Value| json!({"data": [row("7001", 1)], "version": version, "confirmedCount": confirmed});
    for wrong in [Value::Null, json!(0), json!(5)] {
        let body = refused(world.admin("/admin/update", update(wrong)).await, 422, "confirmation-required");
        assert_eq!(body["detail"], json!({"count": 1, "published": null}));
    }
    let answer = world.admin("/admin/update", update(json!(1))).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let build_sid = answer.body["buildSid"].as_str().unwrap();
    assert_eq!(world.wait_for(build_sid).await, "completed");
    assert_eq!(world.deploy(build_sid).await.status, 200);
    assert_eq!(world.dial("7001").await.body["workerSID"], worker(1));
    let list = world.list().await;
    assert_eq!((list["data"].as_array().unwrap().len(), list.get("unreadable")), (1, None));
}

#[tokio::test]
async fn a_byte_order_mark_before_the_rows_is_skipped() {
    let mut world = World::small().await;
    world.deploy_asset(&format!("\u{feff}{}", json!([row("7001", 1)]))).await;
    assert_eq!(world.rows().await, [row("7001", 1)]);
    world.server = world.another_server("log-of-a-later-one");
    assert_eq!(world.dial("7001").await.body["workerSID"], worker(1));
}

#[tokio::test]
async fn only_the_number_and_the_worker_decide_whether_a_row_leads_to_an_agent() {
    let mut world = World::small().await;
    let rows = json!([
        {"extensionNumber": "7001", "workerSid": worker(1)},
        {"extensionNumber": "7002", "workerSid": worker(2), "workerFullName": 5, "updatedBy": [], "updatedAt": 7},
        {"extensionNumber": "7003", "workerSid": worker(3), "workerFullName": "x".repeat(100_000)},
        {"extensionNumber": 7004, "workerSid": worker(4), "workerFullName": "Ann"},
        {"extensionNumber": "7005", "workerSid": worker(10).replace('a', "A"), "workerFullName": "Bob"},
    ]);
    world.deploy_asset(&rows.to_string()).await;
    world.server = world.another_server("log-of-a-later-one");
    for (number, n, name) in [("7001", 1, String::new()), ("7002", 2, String::new()), ("7003", 3, "x".repeat(256))] {
        let body = world.dial(number).await.body;
        assert_eq!((&body["workerSID"], &body["workerFullName"]), (&json!(worker(n)), &json!(name)), "{number}");
    }
    for number in ["7004", "7005"] {
        assert_eq!(world.dial(number).await.body["found"], false, "{number}");
    }
    let rejected = world.list().await["rejected"].clone();
    assert_eq!((&rejected[0]["row"], &rejected[1]["row"], &rejected[2]), (&json!(3), &json!(4), &Value::Null));
    assert!(rejected[0]["problem"].as_str().unwrap().contains("leading zeros"), "{rejected}");
}

#[tokio::test]
async fn what_no_json_reader_takes_in_one_row_costs_nobody_the_agent_and_can_be_published_over() {
    let mut world = World::small().await;
    let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
    let odd: [(&str, &[u8]); 6] = [
        ("workerFullName", br#""\ud83d""#),
        ("workerFullName", b"\"\xff\""),
        ("note", b"\"\xff\""),
        ("note", br#"{"\ud83d":1}"#),
        ("note", b"1e999"),
        ("note", deep.as_bytes()),
    ];
    for (field, value) in odd {
        let odd_row = format!(r#"{{"extensionNumber":"7002","workerSid":"{}","{field}":"#, worker(2));
        let content = [b"[", row("7001", 1).to_string().as_bytes(), b",", odd_row.as_bytes(), value, b"}]"].concat();
        let version = world.deploy_asset(&content).await;
        world.server = world.another_server("log-of-a-later-one");
        for (number, n) in [("7001", 1), ("7002", 2)] {
            assert_eq!(world.dial(number).await.body["workerSID"], worker(n), "{field} {value:?}");
        }
        let list = world.list().await;
        assert_eq!((&list["data"][0], &list["data"][1]["workerSid"]), (&row("7001", 1), &json!(worker(2))), "{list}");
        assert_eq!((&list["rejected"], &list["unreadable"]), (&json!([]), &Value::Null), "{list}");
        let body = json!({"data": [row("7001", 1), row("7002", 2)], "version": version});
        let answer = world.admin("/admin/update", body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let build_sid = answer.body["buildSid"].as_str().unwrap();
        assert_eq!(world.wait_for(build_sid).await, "completed");
        assert_eq!(world.deploy(build_sid).await.status, 200);
    }
}

#[tokio::test]
async fn what_nobody_published_takes_no_caller_his_agent_and_health_says_so() {
    let world = watchful().await;
    let number = world.rows().await[0]["extensionNumber"].as_str().unwrap().to_owned();
    assert_eq!(world.dial(&number).await.body["found"], true);
    let (ours, another) = ("/extensions.json", "/another.json");
    for (path, content, said) in [(ours, "[]", "is empty"), (ours, "[{}]", "No row"), (another, "[]", "no asset")] {
        world.deploy_asset_at(path, content).await;
        while !world.get("/health").await.body["problem"].as_str().is_some_and(|problem| problem.contains(said)) {}
        assert_eq!(world.dial(&number).await.body["found"], true, "{said}");
        assert_eq!(world.get("/health").await.body["extensions"], 5);
        assert!(world.log().contains("the last good one answers"), "{said}");
    }
}

#[tokio::test]
async fn an_empty_directory_that_was_published_and_confirmed_leads_to_nobody_everywhere() {
    let mut world = watchful().await;
    let first = world.rows().await[0]["extensionNumber"].as_str().unwrap().to_owned();
    let other = world.another_server("log-of-another-one");
    let ours = std::mem::replace(&mut world.server, other);
    assert_eq!(world.dial(&first).await.body["found"], true);
    let other = std::mem::replace(&mut world.server, ours);
    let version = world.list().await["version"].clone();
    let body = json!({"data": [], "version": version, "confirmedCount": 0});
    let build_sid = world.admin("/admin/update", body).await.body["buildSid"].as_str().unwrap().to_owned();
    assert_eq!(world.wait_for(&build_sid).await, "completed");
    assert_eq!(world.deploy(&build_sid).await.status, 200);
    assert_eq!(world.dial(&first).await.body["found"], false);
    assert_eq!(world.rows().await, [] as [Value; 0]);
    world.server = other;
    while world.dial(&first).await.body["found"] == true {}
}

#[tokio::test]
async fn a_live_build_that_was_removed_is_said_and_a_publish_confirmed_by_its_count_replaces_it() {
    let world = World::small().await;
    let rows = world.rows().await;
    assert_eq!(world.dial("7001").await.status, 200);
    let build_sid = world.remove_the_live_build();
    let list = world.list().await;
    assert_eq!((&list["data"], &list["version"]), (&json!([]), &Value::Null));
    assert!(list["unreadable"]["problem"].as_str().unwrap().contains(&build_sid), "{list}");
    let update = |confirmed: Value| json!({"data": rows, "version": null, "confirmedCount": confirmed});
    refused(world.admin("/admin/update", update(Value::Null)).await, 422, "confirmation-required");
    let answer = world.admin("/admin/update", update(json!(rows.len()))).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let build_sid = answer.body["buildSid"].as_str().unwrap();
    assert_eq!(world.wait_for(build_sid).await, "completed");
    assert_eq!(world.deploy(build_sid).await.status, 200);
    assert_eq!(world.list().await["data"].as_array().unwrap().len(), rows.len());
}

impl World {
    /// What nobody can do at Twilio, and what was seen all the same. Answers its SID.
    fn remove_the_live_build(&self) -> String {
        let app = &self.emulator.app;
        let environment = &self.env["TWILIO_SERVERLESS_ENVIRONMENT_SID"];
        let live: Environment = app.store.get(Environment::COLLECTION, environment).unwrap().unwrap();
        let sid = live.build_sid.unwrap();
        app.store.write(|tx| tx.delete(Build::COLLECTION, &sid)).unwrap();
        sid
    }
}
