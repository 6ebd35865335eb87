//! What is deployed, and where its rows are read.

use std::sync::Arc;

use crate::directory::*;
use crate::scripted_home::{Answer, ScriptedHome, config, ok};
use serde_json::json;

const SERVED: &str =
    r#"[{"workerFullName":"Ann","extensionNumber":"7777","workerSid":"WK00000000000000000000000000000001"}]"#;
const BUNDLED: &str =
    r#"[{"workerFullName":"Bob","extensionNumber":"8888","workerSid":"WK00000000000000000000000000000002"}]"#;

/// A server whose Environment has deployed ZB1, with our asset in it as ZN1, of this visibility.
fn server(visibility: &'static str) -> (Arc<ScriptedHome>, Base) {
    let home = Arc::new(ScriptedHome::new(move |request| {
        let path = request.uri().path();
        let asset = json!({"sid": "ZN1", "asset_sid": "ZH1", "path": "/extensions.json", "visibility": visibility});
        match path {
            _ if path.contains("/Environments/") => ok(&json!({"build_sid": "ZB1", "domain_name": "d.twil.io"})),
            _ if path.contains("/Builds/") => ok(&json!({
                "sid": "ZB1", "status": "completed", "asset_versions": [asset], "function_versions": null,
                "dependencies": null, "runtime": null, "date_created": "1970-01-01T00:00:00Z",
            })),
            _ => Answer::Status(200, None, SERVED.to_owned()),
        }
    }));
    let base = Base::new(config(), home.clone());
    (home, base)
}

#[tokio::test]
async fn what_changes_are_based_on_must_still_be_what_is_published() {
    let (_, base) = server("protected");
    let deployed = fetch_deployed(&base).await.unwrap();
    assert!(deployed.must_be_at(Some("ZN1")).is_ok());
    for loaded in [Some("ZN2"), None] {
        assert_eq!(deployed.must_be_at(loaded).unwrap_err().published.as_deref(), Some("ZN1"));
    }
}

#[tokio::test]
async fn an_asset_that_is_served_is_read_where_it_is_served() {
    for visibility in ["protected", "public"] {
        let (home, base) = server(visibility);
        *home.private_asset.lock().unwrap() = Some(BUNDLED.into());
        let deployed = fetch_deployed(&base).await.unwrap();
        assert_eq!(fetch_content(&base, &deployed).await.unwrap(), SERVED);
        let asset = deployed.asset().unwrap();
        assert!(fetch_served(&base, "d.twil.io", asset, None).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn a_private_asset_is_read_beside_the_code_and_nowhere_else() {
    let (home, base) = server("private");
    let deployed = fetch_deployed(&base).await.unwrap();
    assert!(matches!(fetch_content(&base, &deployed).await, Err(ReadError::Private(_))));
    assert!(matches!(
        fetch_served(&base, "d.twil.io", deployed.asset().unwrap(), None).await,
        Err(ReadError::Private(_))
    ));
    *home.private_asset.lock().unwrap() = Some(BUNDLED.into());
    assert_eq!(fetch_content(&base, &deployed).await.unwrap(), BUNDLED);
}

#[tokio::test]
async fn the_rows_are_those_of_the_asset_for_callers_and_for_people() {
    let (_, base) = server("protected");
    let deployed = fetch_deployed(&base).await.unwrap();
    let reading = fetch_reading(&base, &deployed).await.unwrap();
    assert_eq!((reading.rows, reading.directory.len()), (1, 1));
    assert_eq!(fetch_listed(&base, &deployed).await.unwrap().rows.len(), 1);
}

#[tokio::test]
async fn a_build_that_is_named_and_gone_is_told_by_its_sid() {
    let (home, base) = server("protected");
    let deployed = fetch_deployed(&base).await.unwrap();
    assert_eq!(deployed.gone_build(), None);
    home.answer_with(|request| match request.uri().path() {
        path if path.contains("/Environments/") => ok(&json!({"build_sid": "ZB1", "domain_name": "d.twil.io"})),
        _ => Answer::Status(404, None, r#"{"code":20404}"#.to_owned()),
    });
    let deployed = fetch_deployed(&base).await.unwrap();
    assert_eq!(deployed.gone_build(), Some("ZB1"));
    assert!(matches!(fetch_content(&base, &deployed).await, Err(ReadError::BuildGone(sid)) if sid == "ZB1"));
}
