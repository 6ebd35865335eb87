//! How often Twilio is asked about a token.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};

use serde_json::json;

use super::*;
use crate::scripted_home::{Answer, ScriptedHome, config, ok};

fn token(text: &str) -> FlexToken {
    FlexToken(text.to_owned())
}

fn nobody() -> Answer {
    ok(&json!({"valid": false, "expiration": null, "realm_user_id": null, "identity": null}))
}

fn ann() -> Answer {
    ok(&json!({"valid": true, "expiration": null, "realm_user_id": "ann", "identity": null, "roles": ["admin"]}))
}

#[tokio::test]
async fn twilio_is_asked_once_about_a_bad_token_until_some_seconds_have_passed() {
    let home = Arc::new(ScriptedHome::new(|_| nobody()));
    let (base, sessions) = (Base::new(config(), home.clone()), Sessions::default());
    for _ in 0..300 {
        let refused = sign_in(&base, &sessions, Some(&token("bad"))).await;
        assert!(matches!(refused, Err(SignInError::NotSignedIn)));
    }
    assert_eq!(home.count_sent(), 1);
    home.answer_with(|_| ann());
    home.pass(10);
    assert_eq!(sign_in(&base, &sessions, Some(&token("bad"))).await.unwrap().name, "ann");
}

#[tokio::test]
async fn what_twilio_could_not_say_is_asked_again() {
    let home = Arc::new(ScriptedHome::new(|_| Answer::Status(401, None, String::new())));
    let (base, sessions) = (Base::new(config(), home.clone()), Sessions::default());
    assert!(matches!(sign_in(&base, &sessions, Some(&token("ann's"))).await, Err(SignInError::Twilio(_))));
    home.answer_with(|_| ann());
    assert!(sign_in(&base, &sessions, Some(&token("ann's"))).await.is_ok());
}

#[tokio::test]
async fn of_many_with_one_unknown_token_one_asks_and_where_it_gives_up_the_next_one_does() {
    let home = Arc::new(ScriptedHome::new(|_| Answer::Silence));
    let (base, sessions) = (Base::new(config(), home.clone()), Sessions::default());
    let anns = token("ann's");
    let mut second = pin!(sign_in(&base, &sessions, Some(&anns)));
    {
        let mut first = pin!(sign_in(&base, &sessions, Some(&anns)));
        let mut context = Context::from_waker(Waker::noop());
        assert!(first.as_mut().poll(&mut context).is_pending());
        assert!(second.as_mut().poll(&mut context).is_pending());
        assert_eq!(home.count_sent(), 1);
        home.answer_with(|_| ann());
    }
    assert_eq!(second.await.unwrap().name, "ann");
    assert_eq!(home.count_sent(), 1);
}
