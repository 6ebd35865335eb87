//! The lookup while time passes, somebody publishes, or Twilio is gone.
//!
//! From outside: nothing. `twilio` is the account that the stories beside it are told with.
//!
//! Knows nothing of sockets and files: the network, the clock and the disk are scripted.

mod kept;
mod lagging;
mod twilio;
mod unseen;

use bytes::Bytes;
use serde_json::json;

use self::twilio::{Twilio, ask, restarted, worker, world};
use super::*;
use crate::app::App;
use crate::scripted_home::Answer;

#[tokio::test]
async fn answers_come_from_memory_until_a_refresh_is_due() {
    let (home, app) = world(Twilio::leading_to(1).script());
    assert_eq!(ask(&app).await, Some(worker(1)));
    assert_eq!(home.count_sent(), 3);
    home.answer_with(Twilio::leading_to(2).script());
    home.pass(4);
    assert_eq!(ask(&app).await, Some(worker(1)));
    assert_eq!(home.count_sent(), 0);
    home.pass(1);
    assert_eq!(ask(&app).await, Some(worker(2)));
}

#[tokio::test]
async fn a_function_answers_from_its_own_build_and_asks_nobody_however_much_time_passes() {
    let (home, app) = world(Twilio::leading_to(2).script());
    let row = json!([{"workerFullName": "Ann", "extensionNumber": "7777", "workerSid": worker(1)}]);
    *home.private_asset.lock().unwrap() = Some(row.to_string().into());
    assert_eq!(ask(&app).await, Some(worker(1)));
    // It never changes, so it is not even read again.
    *home.private_asset.lock().unwrap() = Some(Bytes::from_static(b"{garbage"));
    home.pass(3600);
    assert_eq!(ask(&app).await, Some(worker(1)));
    assert_eq!(home.count_sent(), 0);
}

#[tokio::test]
async fn while_twilio_is_down_the_last_good_directory_answers_and_twilio_is_not_pestered() {
    let (home, app) = world(Twilio::leading_to(1).script());
    ask(&app).await;
    for trouble in [|| Answer::Refused, || Answer::Silence, || Answer::Status(500, None, String::new())] {
        home.answer_with(move |_| trouble());
        home.pass(5);
        assert_eq!(ask(&app).await, Some(worker(1)));
        home.count_sent();
        assert_eq!(ask(&app).await, Some(worker(1)));
        assert_eq!(home.count_sent(), 0);
    }
    home.answer_with(Twilio::leading_to(2).script());
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(2)));
}

#[tokio::test]
async fn a_restart_while_twilio_is_down_answers_from_the_disk() {
    let (home, app) = world(Twilio::leading_to(1).script());
    ask(&app).await;
    let (_, app) = restarted(&home, |_| Answer::Refused);
    assert_eq!(ask(&app).await, Some(worker(1)));
}

#[tokio::test]
async fn without_any_last_good_directory_the_lookup_says_so() {
    let (home, app) = world(|_| Answer::Refused);
    for asks_twilio in [true, false, false] {
        assert!(matches!(app.lookup.find(&app.base, "7777").await, Err(NothingToAnswerFrom { .. })));
        assert_eq!(home.count_sent() > 0, asks_twilio);
    }
    home.answer_with(Twilio::leading_to(1).script());
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(1)));
}
