//! What becomes of a call that does not succeed at once, and that credentials go only where they belong.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::*;
use crate::scripted_home::{Answer, ScriptedHome, config, ok};

fn world(script: impl FnMut(&Request<Bytes>) -> Answer + Send + 'static) -> (Arc<ScriptedHome>, Twilio) {
    let home = Arc::new(ScriptedHome::new(script));
    (home.clone(), Twilio::new(config().twilio, home))
}

fn failing(times: u32, failure: fn() -> Answer) -> impl FnMut(&Request<Bytes>) -> Answer + Send {
    let mut left = times;
    move |_| {
        if left == 0 {
            return ok(&json!({"sid": "ZD1", "build_sid": null, "domain_name": "d.twil.io"}));
        }
        left -= 1;
        failure()
    }
}

#[tokio::test]
async fn a_rate_limit_is_waited_out_as_long_as_twilio_asks() {
    let (home, twilio) = world(failing(2, || Answer::Status(429, Some(1), String::new())));
    assert!(twilio.create_deployment("ZB1").await.is_ok());
    assert_eq!(home.count_sent(), 3);
    assert_eq!(*home.slept.lock().unwrap(), [Duration::from_secs(1); 2]);
}

#[tokio::test]
async fn a_rate_limit_that_stays_is_reported_with_its_wait() {
    let (home, twilio) = world(failing(99, || Answer::Status(429, Some(60), String::new())));
    let error = twilio.fetch_environment().await.unwrap_err();
    assert!(matches!(error, TwilioError::RateLimited { retry_after: Some(wait), .. } if wait.as_secs() == 60));
    assert_eq!(home.count_sent(), 1);
}

#[tokio::test]
async fn reading_is_repeated_with_growing_waits_up_to_the_limit() {
    for failure in [|| Answer::Status(503, None, String::new()), || Answer::Refused] {
        let (home, twilio) = world(failing(99, failure));
        assert!(twilio.fetch_environment().await.is_err());
        assert_eq!(home.count_sent(), 4);
        assert_eq!(home.slept.lock().unwrap().iter().map(Duration::as_millis).collect::<Vec<_>>(), [100, 200, 300]);
    }
}

#[tokio::test]
async fn what_must_not_happen_twice_is_not_repeated_after_a_server_error() {
    let (home, twilio) = world(failing(1, || Answer::Status(500, None, String::new())));
    assert_eq!(twilio.create_deployment("ZB1").await.unwrap_err().rejected_status(), Some(500));
    assert_eq!(home.count_sent(), 1);
}

#[tokio::test]
async fn a_refusal_keeps_twilios_own_code_and_sentence() {
    let body = || Answer::Status(400, None, json!({"code": 20001, "message": "At least one"}).to_string());
    let (_, twilio) = world(failing(1, body));
    let error = twilio.create_deployment("ZB1").await.unwrap_err();
    assert_eq!(error.to_string(), "create Deployment: answered 400: At least one");
    assert!(matches!(error, TwilioError::Rejected { code: Some(20001), .. }));
}

#[tokio::test]
async fn credentials_go_to_the_rest_api_and_a_signature_to_the_domain() {
    let (_, twilio) = world(|request| {
        let to_the_domain = request.uri().host() == Some("d.twil.io");
        assert_eq!(request.headers().contains_key("authorization"), !to_the_domain);
        assert_eq!(request.headers().contains_key("x-twilio-signature"), to_the_domain);
        ok(&json!({"build_sid": null, "domain_name": "d.twil.io"}))
    });
    twilio.fetch_environment().await.unwrap();
    twilio.fetch_asset_content("d.twil.io", "/extensions.json").await.unwrap();
}
