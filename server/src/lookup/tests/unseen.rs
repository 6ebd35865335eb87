//! A home that reads the directory behind the callers' backs: nobody waits while there is something to answer from.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::task::Poll;

use http::Request;

use super::*;
use crate::scripted_home::ScriptedHome;

fn world(script: impl FnMut(&Request<Bytes>) -> Answer + Send + 'static) -> (Arc<ScriptedHome>, App) {
    let (home, app) = super::world(script);
    home.refreshes_unseen.store(true, Ordering::Relaxed);
    (home, app)
}

#[tokio::test]
async fn no_caller_asks_twilio_however_old_the_directory_is() {
    let (home, app) = world(Twilio::leading_to(1).script());
    app.keep_fresh().await;
    home.count_sent();
    home.answer_with(Twilio::leading_to(2).script());
    home.pass(3600);
    assert_eq!(ask(&app).await, Some(worker(1)));
    assert_eq!(home.count_sent(), 0);
    let pause = app.keep_fresh().await;
    assert_eq!(ask(&app).await, Some(worker(2)));
    assert_eq!(pause, app.base.config.lookup_refresh);
}

#[tokio::test]
async fn no_caller_waits_while_a_directory_is_read() {
    let (home, app) = world(Twilio::leading_to(1).script());
    app.keep_fresh().await;
    home.answer_with(Twilio::leading_to(2).script());
    home.pass(3600);
    home.is_busy.store(true, Ordering::Relaxed);
    let mut reading = pin!(app.keep_fresh());
    assert!(poll_fn(|context| Poll::Ready(reading.as_mut().poll(context))).await.is_pending());
    assert_eq!(ask(&app).await, Some(worker(1)));
    home.is_busy.store(false, Ordering::Relaxed);
    reading.await;
    assert_eq!(ask(&app).await, Some(worker(2)));
}

#[tokio::test]
async fn after_a_deploy_the_very_next_caller_gets_the_new_directory() {
    let (home, app) = world(Twilio::leading_to(1).script());
    app.keep_fresh().await;
    home.answer_with(Twilio::leading_to(2).script());
    app.lookup.refresh_now(&app.base).await;
    assert_eq!(ask(&app).await, Some(worker(2)));
}

#[tokio::test]
async fn a_start_answers_from_the_disk_at_once_while_twilio_is_silent() {
    let (before, app) = world(Twilio::leading_to(1).script());
    app.keep_fresh().await;
    let (home, app) = world(|_| Answer::Silence);
    *home.disk.lock().unwrap() = before.disk.lock().unwrap().clone();
    assert_eq!(ask(&app).await, Some(worker(1)));
    assert_eq!(home.count_sent(), 0);
    app.keep_fresh().await;
    assert_eq!(ask(&app).await, Some(worker(1)));
}

#[tokio::test]
async fn the_first_caller_of_all_waits_for_the_first_directory() {
    let (_, app) = world(Twilio::leading_to(1).script());
    assert_eq!(ask(&app).await, Some(worker(1)));
}

#[tokio::test]
async fn while_there_is_nothing_to_answer_from_twilio_is_asked_every_few_seconds_however_rarely_else() {
    let (home, mut app) = world(|_| Answer::Refused);
    Arc::make_mut(&mut app.base.config).lookup_refresh = Duration::from_secs(3600);
    assert_eq!(app.keep_fresh().await, FIRST_READ_PAUSE);
    home.answer_with(Twilio::leading_to(1).script());
    home.pass(5);
    assert_eq!(app.keep_fresh().await, Duration::from_secs(3600));
    assert_eq!(ask(&app).await, Some(worker(1)));
}

#[tokio::test]
async fn health_tells_from_what_callers_are_answered_and_since_when_it_is_not_confirmed() {
    let (home, app) = world(Twilio::leading_to(1).script());
    assert!(app.lookup.health(&app.base).directory.is_none());
    app.keep_fresh().await;
    home.answer_with(|_| Answer::Refused);
    home.pass(5);
    app.keep_fresh().await;
    home.pass(37);
    let health = app.lookup.health(&app.base);
    let directory = health.directory.unwrap();
    assert_eq!((directory.extensions, directory.version.as_deref()), (1, Some("ZN1")));
    assert_eq!(directory.confirmed_ago.map(|ago| ago.as_secs()), Some(42));
    assert!(health.problem.is_some());
    let (other, app) = world(|_| Answer::Refused);
    *other.disk.lock().unwrap() = home.disk.lock().unwrap().clone();
    app.keep_fresh().await;
    let directory = app.lookup.health(&app.base).directory.unwrap();
    assert_eq!((directory.version.as_deref(), directory.confirmed_ago), (Some("ZN1"), None));
}
