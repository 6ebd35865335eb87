//! A domain that serves an older asset than the one in the deployed Build, for however long.

use super::*;

/// Build and Asset Version `n` are deployed, and the domain still serves what leads to Worker `m`.
fn lagging(n: u32, m: u32) -> Twilio {
    Twilio::leading_to(n).serving(&Twilio::leading_to(m).content)
}

#[tokio::test]
async fn the_new_asset_is_read_within_seconds_however_late_the_domain_serves_it() {
    for late in [10, 61, 600, 3595] {
        let (home, app) = world(Twilio::leading_to(1).script());
        ask(&app).await;
        home.pass(7200);
        home.answer_with(lagging(2, 1).script());
        assert_eq!(ask(&app).await, Some(worker(1)));
        home.pass(late);
        assert_eq!(ask(&app).await, Some(worker(1)));
        home.answer_with(Twilio::leading_to(2).script());
        home.pass(5);
        assert_eq!(ask(&app).await, Some(worker(2)), "{late} s later");
        home.count_sent();
        home.pass(5);
        ask(&app).await;
        let is_read_again = home.count_sent() > 1;
        assert_eq!(is_read_again, late == 10, "{late} s later");
    }
}

#[tokio::test]
async fn also_a_server_that_starts_meanwhile_reads_the_new_asset_within_seconds() {
    let (home, app) = world(Twilio::leading_to(1).script());
    ask(&app).await;
    let (home, app) = restarted(&home, lagging(2, 1).script());
    ask(&app).await;
    for _ in 0..100 {
        home.pass(5);
        assert_eq!(ask(&app).await, Some(worker(1)));
    }
    home.answer_with(Twilio::leading_to(2).script());
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(2)));
}

#[tokio::test]
async fn once_the_new_asset_was_read_an_edge_that_lags_behind_changes_nothing() {
    let (home, app) = world(Twilio::leading_to(1).script());
    ask(&app).await;
    home.answer_with(Twilio::leading_to(2).script());
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(2)));
    let file = home.disk.lock().unwrap().clone();
    for _ in 0..20 {
        home.answer_with(lagging(2, 1).script());
        home.pass(5);
        assert_eq!(ask(&app).await, Some(worker(2)));
    }
    assert_eq!(*home.disk.lock().unwrap(), file);
    // With the next Build the same rows may be what somebody published.
    home.answer_with(lagging(3, 1).script());
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(1)));
}

#[tokio::test]
async fn what_was_replaced_and_is_all_that_the_domain_serves_for_minutes_is_deployed_again() {
    let (home, app) = world(Twilio::leading_to(1).script());
    ask(&app).await;
    home.answer_with(Twilio::leading_to(2).script());
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(2)));
    home.answer_with(lagging(2, 1).script());
    for _ in 0..60 {
        home.pass(5);
        assert_eq!(ask(&app).await, Some(worker(2)));
    }
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(1)));
    home.answer_with(Twilio::leading_to(2).script());
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(1)), "now the other one lags behind");
}

#[tokio::test]
async fn an_edge_that_lags_behind_now_and_then_never_counts_as_all_that_the_domain_serves() {
    let (home, app) = world(Twilio::leading_to(1).script());
    ask(&app).await;
    for served in [1, 2, 1, 2, 1] {
        home.answer_with(lagging(2, served).script());
        for _ in 0..40 {
            home.pass(5);
            ask(&app).await;
        }
    }
    assert_eq!(ask(&app).await, Some(worker(2)));
}

#[tokio::test]
async fn also_after_a_restart_an_edge_that_lags_behind_changes_nothing() {
    let (home, app) = world(Twilio::leading_to(1).script());
    ask(&app).await;
    home.answer_with(Twilio::leading_to(2).script());
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(2)));
    let (home, app) = restarted(&home, lagging(2, 1).script());
    for _ in 0..20 {
        assert_eq!(ask(&app).await, Some(worker(2)));
        home.pass(5);
    }
    // What was kept may itself have been served too long.
    home.answer_with(lagging(2, 3).script());
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(3)));
}

#[tokio::test]
async fn of_two_publishes_in_a_row_the_second_one_is_read_although_the_first_one_was_served_longer() {
    let (home, app) = world(Twilio::leading_to(1).script());
    ask(&app).await;
    home.answer_with(lagging(3, 2).script());
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(2)));
    home.pass(600);
    ask(&app).await;
    home.answer_with(Twilio::leading_to(3).script());
    home.pass(60);
    assert_eq!(ask(&app).await, Some(worker(3)));
    home.answer_with(lagging(3, 2).script());
    home.pass(60);
    assert_eq!(ask(&app).await, Some(worker(3)));
}

#[tokio::test]
async fn another_build_with_the_same_version_brings_nothing_to_read() {
    let (home, app) = world(Twilio::leading_to(1).script());
    ask(&app).await;
    home.pass(3601);
    home.count_sent();
    home.answer_with(Twilio { build: Some(2), ..Twilio::leading_to(1).serving("unread") }.script());
    assert_eq!(ask(&app).await, Some(worker(1)));
    let sent = std::mem::take(&mut *home.sent.lock().unwrap());
    assert_eq!(sent.iter().filter(|sent| sent.ends_with("/extensions.json")).count(), 0, "{sent:?}");
    home.pass(5);
    ask(&app).await;
    assert_eq!(home.count_sent(), 1);
}

#[tokio::test]
async fn where_the_domain_gives_entity_tags_the_same_content_is_sent_once() {
    let tagging = |twilio: Twilio| Twilio { gives_tags: true, ..twilio };
    let bodies = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counting = |twilio: Twilio| {
        let (mut script, bodies) = (twilio.script(), bodies.clone());
        move |request: &http::Request<Bytes>| {
            let answer = script(request);
            let sent = usize::from(matches!(answer, Answer::Tagged(..)));
            bodies.fetch_add(sent, std::sync::atomic::Ordering::Relaxed);
            answer
        }
    };
    let (home, app) = world(counting(tagging(Twilio::leading_to(1))));
    ask(&app).await;
    home.answer_with(counting(tagging(lagging(2, 1))));
    for _ in 0..100 {
        home.pass(5);
        assert_eq!(ask(&app).await, Some(worker(1)));
    }
    assert_eq!(bodies.load(std::sync::atomic::Ordering::Relaxed), 1);
    home.answer_with(counting(tagging(Twilio::leading_to(2).serving("[\n\n\n]\n"))));
    home.pass(5);
    assert_eq!(ask(&app).await, None);
    assert_eq!(bodies.load(std::sync::atomic::Ordering::Relaxed), 2);
}

#[tokio::test]
async fn after_an_hour_only_the_environment_is_asked() {
    let twilio = Twilio::leading_to(1);
    // Earlier releases kept a file that does not say which version it is.
    for kept in [None, Some(Bytes::from(twilio.content.clone()))] {
        let (home, app) = world(twilio.script());
        *home.disk.lock().unwrap() = kept;
        ask(&app).await;
        let asked_in_an_hour = {
            for _ in 0..720 {
                home.pass(5);
                ask(&app).await;
            }
            let sent = std::mem::take(&mut *home.sent.lock().unwrap());
            sent.iter().filter(|sent| sent.ends_with("/extensions.json")).count()
        };
        assert!((20..100).contains(&asked_in_an_hour), "{asked_in_an_hour}");
        home.pass(5);
        ask(&app).await;
        assert_eq!(home.count_sent(), 1);
    }
}
