//! TaskRouter over real sockets.

use std::collections::HashSet;
use std::time::Duration;

use crate::fixture::{self, Answer, answer_to};
use reqwest::{Method, StatusCode};
use serde_json::Value;

#[tokio::test]
async fn every_worker_is_found_by_following_the_pages() {
    let fixture = fixture::start(120, Duration::ZERO).await;
    let mut next = format!("/taskrouter/v1/Workspaces/{}/Workers?PageSize=70", fixture.env("TASKROUTER_WORKSPACE_SID"));
    let mut found = HashSet::new();
    let mut pages = 0;
    loop {
        let page = fixture.fetch(&next).await;
        pages += 1;
        for worker in page["workers"].as_array().unwrap() {
            assert!(found.insert(worker["sid"].as_str().unwrap().to_owned()));
        }
        match page["meta"]["next_page_url"].as_str() {
            Some(url) => next = url.strip_prefix(fixture.emulator.base()).unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!(found.len(), 150);
    assert_eq!(pages, 3);
}

#[tokio::test]
async fn a_worker_is_fetched_by_its_sid_and_found_by_its_name() {
    let fixture = fixture::start(3, Duration::ZERO).await;
    let workers = format!("/taskrouter/v1/Workspaces/{}/Workers", fixture.env("TASKROUTER_WORKSPACE_SID"));
    let row = fixture.published().await[0].clone();
    let worker = fixture.fetch(&format!("{workers}/{}", row["workerSid"].as_str().unwrap())).await;
    let attributes: Value = serde_json::from_str(worker["attributes"].as_str().unwrap()).unwrap();
    assert_eq!(attributes["full_name"], row["workerFullName"]);
    let name = worker["friendly_name"].as_str().unwrap();
    let found = fixture.fetch(&format!("{workers}?FriendlyName={name}")).await;
    assert_eq!(found["workers"].as_array().unwrap().len(), 1);
    let Answer { status, .. } = answer_to(fixture.twilio(Method::GET, &format!("{workers}/WK00"))).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}
