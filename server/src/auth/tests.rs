//! How often Twilio is asked about a token.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

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
    ann_until(None)
}

fn ann_until(end: Option<&str>) -> Answer {
    ok(&json!({"valid": true, "expiration": end, "realm_user_id": "ann", "identity": null, "roles": ["admin"]}))
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
    assert!(matches!(sign_in(&base, &sessions, Some(&token("anns-very-own"))).await, Err(SignInError::Twilio(_))));
    home.answer_with(|_| ann());
    assert!(sign_in(&base, &sessions, Some(&token("anns-very-own"))).await.is_ok());
}

#[tokio::test]
async fn of_many_with_one_unknown_token_one_asks_and_where_it_gives_up_the_next_one_does() {
    let home = Arc::new(ScriptedHome::new(|_| Answer::Silence));
    let (base, sessions) = (Base::new(config(), home.clone()), Sessions::default());
    let anns = token("anns-very-own");
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

/// Asks about `count` bad tokens that nobody sent before, and counts how many of them were turned away.
async fn flood(base: &Base, sessions: &Sessions, name: &str, count: usize) -> usize {
    let mut turned_away = 0;
    for n in 0..count {
        match sign_in(base, sessions, Some(&token(&format!("{name}{n}")))).await {
            Err(SignInError::Busy) => turned_away += 1,
            other => assert!(matches!(other, Err(SignInError::NotSignedIn)), "{other:?}"),
        }
    }
    turned_away
}

/// Twilio, which knows Ann's token and no other.
fn knows_ann(request: &http::Request<bytes::Bytes>) -> Answer {
    if request.body().windows(9).any(|text| text == b"anns-very") { ann() } else { nobody() }
}

#[tokio::test]
async fn of_very_many_different_bad_tokens_twilio_hears_of_a_few_and_more_as_time_passes() {
    let home = Arc::new(ScriptedHome::new(|_| nobody()));
    let (base, sessions) = (Base::new(config(), home.clone()), Sessions::default());
    assert_eq!(flood(&base, &sessions, "a", 300).await, 250);
    assert_eq!(home.count_sent(), 50);
    home.pass(1);
    flood(&base, &sessions, "b", 300).await;
    assert_eq!(home.count_sent(), 5);
    home.pass(3600);
    flood(&base, &sessions, "c", 300).await;
    assert_eq!(home.count_sent(), 50);
}

#[tokio::test]
async fn who_has_been_here_with_a_token_is_let_in_whatever_strangers_send() {
    let home = Arc::new(ScriptedHome::new(knows_ann));
    let (base, sessions) = (Base::new(config(), home.clone()), Sessions::default());
    assert!(sign_in(&base, &sessions, Some(&token("anns-very-own"))).await.is_ok());
    flood(&base, &sessions, "a", 300).await;
    assert!(sign_in(&base, &sessions, Some(&token("anns-very-own"))).await.is_ok());
    // By now Twilio has to be asked about hers again.
    home.pass(61);
    flood(&base, &sessions, "b", 300).await;
    assert!(sign_in(&base, &sessions, Some(&token("anns-very-own"))).await.is_ok());
}

#[tokio::test]
async fn who_signs_in_while_strangers_send_very_much_is_let_in_when_they_come_again() {
    let home = Arc::new(ScriptedHome::new(knows_ann));
    let (base, sessions) = (Base::new(config(), home.clone()), Sessions::default());
    flood(&base, &sessions, "a", 300).await;
    for seconds in [0, 1, 3] {
        home.pass(seconds);
        flood(&base, &sessions, &format!("b{seconds}"), 300).await;
        assert!(matches!(sign_in(&base, &sessions, Some(&token("anns-very-own"))).await, Err(SignInError::Busy)));
    }
    home.pass(1);
    flood(&base, &sessions, "c", 300).await;
    assert!(sign_in(&base, &sessions, Some(&token("anns-very-own"))).await.is_ok());
}

/// Ann has been here, which has to be asked about again by now, and Twilio has stopped answering.
async fn known_while_twilio_says_nothing() -> (Arc<ScriptedHome>, Base, Sessions) {
    let home = Arc::new(ScriptedHome::new(|_| ann()));
    let (base, sessions) = (Base::new(config(), home.clone()), Sessions::default());
    assert!(sign_in(&base, &sessions, Some(&token("anns-very-own"))).await.is_ok());
    home.pass(61);
    home.answer_with(|_| Answer::Silence);
    (home, base, sessions)
}

#[tokio::test]
async fn twilio_is_asked_about_few_unknown_tokens_at_once_and_about_a_known_one_all_the_same() {
    let (home, base, sessions) = known_while_twilio_says_nothing().await;
    home.count_sent();
    let unknown: Vec<_> = (0..100).map(|n| token(&n.to_string())).collect();
    let mut asking: Vec<_> = unknown.iter().map(|one| Box::pin(sign_in(&base, &sessions, Some(one)))).collect();
    let mut context = Context::from_waker(Waker::noop());
    assert!(asking.iter_mut().all(|one| one.as_mut().poll(&mut context).is_pending()));
    assert_eq!(home.count_sent(), strangers::AT_ONCE);
    home.answer_with(|_| ann());
    assert!(sign_in(&base, &sessions, Some(&token("anns-very-own"))).await.is_ok());
}

#[tokio::test]
async fn while_twilio_says_nothing_few_wait_to_be_known_and_all_others_are_turned_away_at_once() {
    let (home, base, sessions) = known_while_twilio_says_nothing().await;
    // Many send one token, and others one each.
    let unknown: Vec<_> = (0..1_000).map(|n| token(&(n % 500).to_string())).collect();
    let mut asking: Vec<_> = unknown.iter().map(|one| Box::pin(sign_in(&base, &sessions, Some(one)))).collect();
    let mut context = Context::from_waker(Waker::noop());
    let answers = asking.iter_mut().map(|one| one.as_mut().poll(&mut context));
    let turned_away = answers.filter(|answer| matches!(answer, Poll::Ready(Err(SignInError::Busy)))).count();
    assert_eq!(turned_away, unknown.len() - strangers::MOST_WAITING);
    home.answer_with(|_| ann());
    assert!(sign_in(&base, &sessions, Some(&token("anns-very-own"))).await.is_ok());
    drop(asking);
    assert!(sign_in(&base, &sessions, Some(&token("new"))).await.is_ok(), "all places are free again");
}

#[tokio::test]
async fn what_is_not_written_as_a_token_is_refused_without_asking() {
    let home = Arc::new(ScriptedHome::new(|_| ann()));
    let (base, sessions) = (Base::new(config(), home.clone()), Sessions::default());
    for text in ["", "  ", "two words", "\u{e9}", "a\nb", "\"quoted\"", "{}"] {
        let refused = sign_in(&base, &sessions, Some(&token(text))).await;
        assert!(matches!(refused, Err(SignInError::NotSignedIn)), "{text}");
    }
    assert_eq!(home.count_sent(), 0);
    for text in ["eyJhbGciOiJkaXIi.._a-b.c.d", "abc+/=="] {
        assert!(sign_in(&base, &sessions, Some(&token(text))).await.is_ok(), "{text}");
    }
}

#[tokio::test]
async fn a_token_counts_before_its_end_and_not_any_more_in_that_moment() {
    let home = Arc::new(ScriptedHome::new(|_| ann_until(Some("1970-01-01T00:01:40Z"))));
    let (base, sessions) = (Base::new(config(), home.clone()), Sessions::default());
    home.pass(99);
    assert!(sign_in(&base, &sessions, Some(&token("anns-very-own"))).await.is_ok());
    home.pass(1);
    let refused = sign_in(&base, &sessions, Some(&token("anns-very-own"))).await;
    assert!(matches!(refused, Err(SignInError::NotSignedIn)));
}
