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
    assert!(twilio.create_deployment("ZB1", Some("ZB0")).await.is_ok());
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
        assert_eq!(home.slept.lock().unwrap().iter().map(Duration::as_millis).collect::<Vec<_>>(), [50, 100, 150]);
    }
}

/// What a network answers to requests to write, while the Environment names `live`, if anything.
fn unclear_writes(failure: fn() -> Answer, live: Option<&'static str>) -> impl FnMut(&Request<Bytes>) -> Answer + Send {
    move |request| match *request.method() {
        Method::GET => ok(&json!({"build_sid": live, "domain_name": "d.twil.io"})),
        _ => failure(),
    }
}

const UNCLEAR: [fn() -> Answer; 4] = [
    || Answer::Refused,
    || Answer::Silence,
    || Answer::Status(502, None, "<html>Bad gateway</html>".into()),
    || Answer::Status(201, None, "<html>Created</html>".into()),
];

#[tokio::test]
async fn after_an_unclear_write_we_look_before_it_is_sent_again() {
    for failure in UNCLEAR {
        let (home, twilio) = world(unclear_writes(failure, Some("ZB1")));
        let deployed = twilio.create_deployment("ZB1", Some("ZB0")).await.unwrap();
        assert!(deployed.deployment_sid.is_none() && deployed.is_another_on_its_way);
        let sent = home.sent.lock().unwrap().clone();
        assert!(sent.len() == 2 && sent[0].starts_with("POST ") && sent[1].starts_with("GET "), "{sent:?}");
    }
}

#[tokio::test]
async fn a_write_that_was_not_done_is_repeated_as_often_as_the_settings_say_and_stays_unclear() {
    for failure in UNCLEAR {
        let (home, twilio) = world(unclear_writes(failure, Some("ZB0")));
        assert!(twilio.create_deployment("ZB1", Some("ZB0")).await.unwrap_err().is_unclear());
        assert_eq!(home.sent.lock().unwrap().iter().filter(|sent| sent.starts_with("POST ")).count(), 4);
    }
}

#[tokio::test]
async fn after_an_unclear_try_nothing_is_deployed_over_what_somebody_else_deployed_meanwhile() {
    let (home, twilio) = world(unclear_writes(|| Answer::Refused, Some("ZB2")));
    assert!(twilio.create_deployment("ZB1", Some("ZB0")).await.unwrap_err().is_unclear());
    assert_eq!(home.sent.lock().unwrap().iter().filter(|sent| sent.starts_with("POST ")).count(), 1);
}

#[tokio::test]
async fn a_refusal_after_an_unclear_try_does_not_make_it_clear() {
    let mut tries = 0;
    let (_, twilio) = world(move |request| {
        if *request.method() == Method::GET {
            return Answer::Refused;
        }
        tries += 1;
        if tries == 1 { Answer::Refused } else { Answer::Status(429, Some(60), String::new()) }
    });
    assert!(twilio.create_deployment("ZB1", Some("ZB0")).await.unwrap_err().is_unclear());
}

#[tokio::test]
async fn nothing_is_sent_once_nobody_waits_for_the_answer() {
    let (home, twilio) = world(failing(0, || Answer::Refused));
    let error = twilio.until(home.now()).fetch_environment().await.unwrap_err();
    assert!(matches!(error, TwilioError::NoTimeLeft { .. }) && !error.is_unclear());
    assert_eq!(home.count_sent(), 0);
}

#[tokio::test]
async fn reading_is_repeated_after_an_answer_that_is_not_what_it_should_be() {
    let (home, twilio) = world(failing(1, || Answer::Status(200, None, "<html>".into())));
    assert!(twilio.fetch_environment().await.is_ok());
    assert_eq!(home.count_sent(), 2);
}

#[tokio::test]
async fn a_refusal_keeps_twilios_own_code_and_sentence() {
    let body = || Answer::Status(400, None, json!({"code": 20001, "message": "At least one"}).to_string());
    let (_, twilio) = world(failing(1, body));
    let error = twilio.create_deployment("ZB1", Some("ZB0")).await.unwrap_err();
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
