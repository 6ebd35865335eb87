//! What must never be written.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{World, answer, refused, row, worker};

#[tokio::test]
async fn bad_input_is_refused_with_a_code_and_a_sentence_and_nothing_is_written() {
    let world = World::new().await;
    let list = world.list().await;
    let good = list["data"].as_array().unwrap().clone();
    let with = |extra: Value| good.iter().cloned().chain([extra]).collect::<Vec<_>>();
    let mut wrong_worker = row("777701", 1);
    wrong_worker["workerSid"] = json!("WKxxxxxxxxxxxxxxxxxxxx");
    let mut taken = row("", 1);
    taken["extensionNumber"] = good[0]["extensionNumber"].clone();
    let named = |name: &str| {
        let mut named = row("777701", 1);
        named["workerFullName"] = json!(name);
        with(named)
    };
    let rows = [
        named("Ann\nLee"),
        named("\u{200b}\u{feff}"),
        named(&"x".repeat(257)),
        with(json!({"workerFullName": "Ann", "extensionNumber": "777701", "workerSid": worker(10).replace('a', "A")})),
        with(json!({"workerFullName": "Ann", "extensionNumber": 777_701, "workerSid": worker(1)})),
        with(json!("garbage")),
        with(json!({})),
        with(wrong_worker),
        with(taken),
        with(row("7x", 1)),
        with(row("1", 1)),
        with(row(&"7".repeat(1_000_000), 1)),
    ];
    for rows in rows {
        let body = json!({"data": rows, "version": list["version"]});
        let detail = refused(world.admin("/admin/update", body).await, 422, "invalid-directory")["detail"].clone();
        assert_eq!(detail["rows"][0]["row"], 120, "{detail}");
        assert!(detail["rows"][0]["problem"].is_string());
    }
    for body in [json!({}), json!({"data": 5, "version": "ZN1"}), json!({"data": {}, "version": list["version"]})] {
        refused(world.admin("/admin/update", body).await, 400, "invalid-request");
    }
    assert_eq!(world.writes().await, []);
}

#[tokio::test]
async fn a_directory_that_lost_much_is_published_only_when_somebody_confirms_the_number() {
    let world = World::new().await;
    let list = world.list().await;
    let few = &list["data"].as_array().unwrap()[..59];
    for (rows, confirmed) in [(&few[..0], None), (&few[..0], Some(1)), (few, None), (few, Some(120))] {
        let body = json!({"data": rows, "version": list["version"], "confirmedCount": confirmed});
        let body = refused(world.admin("/admin/update", body).await, 422, "confirmation-required");
        assert_eq!(body["detail"], json!({"count": rows.len(), "published": 120}));
    }
    assert_eq!(world.writes().await, []);
    let body = json!({"data": [], "version": list["version"], "confirmedCount": 0});
    let answer = world.admin("/admin/update", body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[tokio::test]
async fn a_body_that_is_no_object_is_refused() {
    let world = World::new().await;
    for path in ["/admin/list", "/admin/update", "/admin/update-status", "/admin/publish"] {
        for body in ["{garbage", "[]", "5", "\"text\"", "{\"Token\":"] {
            let request = world.http.post(format!("{}{path}", world.server.url));
            let request = request.header("content-type", "application/json").body(body);
            refused(answer(request.send().await.unwrap()).await, 400, "invalid-request");
        }
    }
    assert_eq!(world.writes().await, []);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let world = World::new().await;
    let large = format!("Token={}", "x".repeat(64 * 1024));
    let request = world.http.post(format!("{}/admin/list", world.server.url));
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(large);
    refused(answer(request.send().await.unwrap()).await, 413, "too-large");
    assert_eq!(world.writes().await, []);
}

#[tokio::test]
async fn a_build_that_is_none_is_refused() {
    let world = World::new().await;
    for path in ["/admin/update-status", "/admin/publish"] {
        let post = async |build_sid: &str| world.admin(path, json!({"buildSid": build_sid})).await;
        refused(post(&format!("ZB{:032x}", 1)).await, 404, "unknown-build");
        for wrong in ["", "ZB", "../Environments", &format!("ZN{:032x}", 1)] {
            refused(post(wrong).await, 400, "invalid-request");
        }
        refused(world.admin(path, json!({})).await, 400, "invalid-request");
    }
    assert_eq!(world.writes().await, []);
}

#[tokio::test]
async fn reserved_numbers_are_told_to_the_view_and_refused_on_update() {
    let world = World::with(10, Duration::ZERO, &[("EXTENSION_RESERVED", "911,7700-7799")]).await;
    let list = world.list().await;
    assert_eq!(list["rules"], json!({"minDigits": 2, "maxDigits": 10, "reserved": ["911", "7700-7799"]}));
    let mut rows = list["data"].as_array().unwrap().clone();
    rows.push(row("7777", 1));
    let body = json!({"data": rows, "version": list["version"]});
    let detail = refused(world.admin("/admin/update", body).await, 422, "invalid-directory")["detail"].clone();
    assert_eq!(detail["rows"][0]["row"], 10);
    assert!(detail["rows"][0]["problem"].as_str().is_some_and(|problem| problem.contains("7700-7799")), "{detail}");
    assert_eq!(world.writes().await, []);
}
