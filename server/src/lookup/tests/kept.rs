//! What never takes the place of the last good directory, in memory or on the disk.

use super::*;
use crate::directory::CONFIRMED_EMPTY;
use crate::scripted_home::ScriptedHome;

const NO_ROW_LEADS_ANYWHERE: &str = r#"[{"extensionNumber": "7777", "workerSid": "WKxxxx"}, "junk"]"#;

fn kept(home: &ScriptedHome) -> Bytes {
    home.disk.lock().unwrap().clone().unwrap()
}

/// What the lookup says keeps it from newer rows.
fn problem(app: &App) -> Option<String> {
    app.lookup.health(&app.base).problem.map(|problem| problem.to_string())
}

#[tokio::test]
async fn what_nobody_published_takes_no_caller_his_agent() {
    let newer = Twilio::leading_to(2);
    for (twilio, said) in [
        (newer.clone().serving("{half"), "not a JSON array"),
        (newer.clone().serving(r#"[{"extensionNumber": "7777"},]"#), "trailing comma"),
        (newer.clone().serving(NO_ROW_LEADS_ANYWHERE), "none of the 2 rows"),
        (newer.clone().serving("[]"), "empty array"),
        (newer.clone().serving("[\n\n]"), "empty array"),
        (Twilio { version: None, ..newer.clone() }, "no asset /extensions.json"),
        (Twilio { build: None, ..newer.clone() }, "no asset /extensions.json"),
    ] {
        let (home, app) = world(Twilio::leading_to(1).script());
        ask(&app).await;
        let file = kept(&home);
        home.answer_with(twilio.script());
        home.pass(5);
        assert_eq!(ask(&app).await, Some(worker(1)), "{said}");
        assert_eq!(kept(&home), file, "{said}");
        assert!(problem(&app).is_some_and(|problem| problem.contains(said)), "{said}: {:?}", problem(&app));
        // As soon as there is something to read it is read.
        home.answer_with(newer.script());
        home.pass(5);
        assert_eq!((ask(&app).await, problem(&app)), (Some(worker(2)), None), "{said}");
    }
}

#[tokio::test]
async fn an_environment_or_a_build_that_is_gone_takes_no_caller_his_agent() {
    for gone in ["/Environments/", "/Builds/", "/extensions.json"] {
        let (home, app) = world(Twilio::leading_to(1).script());
        ask(&app).await;
        let file = kept(&home);
        let mut others = Twilio::leading_to(2).script();
        home.answer_with(move |request| match request.uri().path().contains(gone) {
            true => Answer::Status(404, None, String::new()),
            false => others(request),
        });
        home.pass(5);
        assert_eq!((ask(&app).await, kept(&home)), (Some(worker(1)), file), "{gone}");
        assert!(
            problem(&app).is_some_and(|problem| problem.contains("not found") || problem.contains("is gone")),
            "{gone}"
        );
    }
}

#[tokio::test]
async fn an_empty_directory_that_somebody_published_leads_to_nobody_also_after_a_restart() {
    let (home, app) = world(Twilio::leading_to(1).script());
    ask(&app).await;
    let emptied = Twilio::leading_to(2).serving(std::str::from_utf8(CONFIRMED_EMPTY).unwrap());
    home.answer_with(emptied.script());
    home.pass(5);
    assert_eq!((ask(&app).await, problem(&app)), (None, None));
    let (_, app) = restarted(&home, |_| Answer::Refused);
    assert_eq!(ask(&app).await, None);
}

#[test]
fn to_every_reader_of_json_the_empty_directory_is_an_empty_array() {
    assert_eq!(serde_json::from_slice::<serde_json::Value>(CONFIRMED_EMPTY).unwrap(), json!([]));
    assert!(![&b"[]"[..], b"[]\n", b"[ ]", b"[\n]", b"[\n\n]"].contains(&CONFIRMED_EMPTY));
}

#[tokio::test]
async fn before_the_first_publish_nobody_is_found_and_nothing_is_kept() {
    let newer = Twilio::leading_to(1);
    for twilio in [
        newer.clone().serving("[]"),
        Twilio { version: None, ..newer.clone() },
        Twilio { build: None, ..newer.clone() },
    ] {
        let (home, app) = world(twilio.script());
        for _ in 0..2 {
            assert_eq!((ask(&app).await, problem(&app)), (None, None));
            home.pass(5);
        }
        assert_eq!(*home.disk.lock().unwrap(), None);
        // What nobody may put in the place of a directory may stand where there is none.
        home.answer_with(Twilio::leading_to(2).serving("[]").script());
        home.pass(5);
        assert_eq!((ask(&app).await, problem(&app)), (None, None));
        home.answer_with(newer.script());
        home.pass(5);
        assert_eq!(ask(&app).await, Some(worker(1)));
    }
}

#[tokio::test]
async fn a_new_server_says_that_no_published_row_leads_to_anybody_and_does_not_tell_callers_that_their_number_is_unknown()
 {
    let (home, app) = world(Twilio::leading_to(1).serving(NO_ROW_LEADS_ANYWHERE).script());
    for _ in 0..2 {
        assert!(app.lookup.find(&app.base, "7777").await.is_err());
        assert!(problem(&app).is_some_and(|problem| problem.contains("row")), "{:?}", problem(&app));
        home.pass(5);
    }
    assert_eq!(*home.disk.lock().unwrap(), None);
    home.answer_with(Twilio::leading_to(1).script());
    home.pass(5);
    assert_eq!((ask(&app).await, problem(&app)), (Some(worker(1)), None));
}

#[tokio::test]
async fn a_byte_order_mark_before_the_rows_is_skipped() {
    let twilio = Twilio::leading_to(1);
    let (home, app) = world(twilio.clone().serving(&format!("\u{feff}{}", twilio.content)).script());
    assert_eq!(ask(&app).await, Some(worker(1)));
    let (_, app) = restarted(&home, |_| Answer::Refused);
    assert_eq!(ask(&app).await, Some(worker(1)));
}

#[tokio::test]
async fn a_file_without_anything_good_in_it_is_as_good_as_none() {
    for file in ["", "[]", "{", NO_ROW_LEADS_ANYWHERE] {
        let (home, app) = world(|_| Answer::Refused);
        *home.disk.lock().unwrap() = Some(file.into());
        assert!(matches!(app.lookup.find(&app.base, "7777").await, Err(NothingToAnswerFrom { .. })), "{file}");
    }
}
