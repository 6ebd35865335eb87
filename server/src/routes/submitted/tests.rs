//! What is understood, and what is refused before it takes much room.

use super::super::form::MOST_FIELDS;
use super::*;
use proptest::prelude::*;
use serde_json::json;

fn read(body: &str, is_form: bool) -> Result<Submission, ApiError> {
    submission(body.as_bytes(), is_form, &NumberRules::default())
}

fn row(number: &str) -> Value {
    json!({"workerFullName": "Ann", "extensionNumber": number, "workerSid": format!("WK{:032x}", 1)})
}

#[test]
fn a_form_and_a_json_object_say_the_same() {
    let rows = json!([row("77")]).to_string();
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("Token", "1"), ("version", "2"), ("confirmedCount", "0"), ("data", &rows), ("x", "{")])
        .finish();
    let json = format!(r#"{{"Token":"1","version":"2","confirmedCount":0,"data":{rows},"x":null}}"#);
    for submission in [read(&form, true).unwrap(), read(&json, false).unwrap()] {
        assert_eq!(submission.directory.len(), 1);
        assert_eq!((submission.version.as_deref(), submission.confirmed_count), (Some("2"), Some(0)));
    }
}

#[test]
fn a_row_that_takes_too_much_room_is_named() {
    let with = |extra: Value| {
        let mut large = row("78");
        large["note"] = extra;
        read(&json!({"data": [row("77"), large, row("79")]}).to_string(), false)
    };
    assert!(with(json!("x".repeat(LARGEST_ROW - 200))).is_ok());
    assert!(matches!(with(json!("x".repeat(LARGEST_ROW))), Err(ApiError::RowTooLarge { row: 1 })));
}

#[test]
fn a_row_that_is_small_and_can_not_be_read_is_not_said_to_be_large() {
    let deep = format!("{}{}", "[".repeat(8_000), "]".repeat(8_000));
    for odd in [r#""\ud83d""#, "1e999", &deep] {
        let sound = row("77").to_string();
        let body = format!(r#"{{"data":[{sound},{}]}}"#, sound.replace('{', &format!(r#"{{"note":{odd},"#)));
        assert!(matches!(read(&body, false), Err(ApiError::RowUnreadable { row: 1 })), "{odd}");
    }
}

#[test]
fn rows_that_take_far_more_room_than_their_text_are_refused() {
    let row = |n: usize| {
        let mut row = row(&n.to_string());
        row["note"] = json!(vec![json!({"": 0}); 1_000]);
        row
    };
    let rows: Vec<_> = (1_000..1_400).map(row).collect();
    assert!(matches!(read(&json!({"data": rows}).to_string(), false), Err(ApiError::RowTooLarge { row: 200..300 })));
    assert!(read(&json!({"data": rows[..200]}).to_string(), false).is_ok());
}

#[test]
fn more_rows_than_a_directory_can_have_are_refused_in_a_short_sentence() {
    let body = format!(r#"{{"data":[{}0]}}"#, "0,".repeat(MOST_ROWS));
    let Err(ApiError::InvalidRequest(sentence)) = read(&body, false) else { panic!("accepted") };
    assert!(sentence.contains("200000") && sentence.len() < 400, "{sentence}");
    let body = format!(r#"{{"data":"{}"}}"#, "x".repeat(100_000));
    let Err(ApiError::InvalidRequest(sentence)) = read(&body, false) else { panic!("accepted") };
    assert!(sentence.len() < 400, "{} characters", sentence.len());
}

#[test]
fn a_form_of_very_many_fields_is_refused() {
    let form = format!("data=[]{}", "&a".repeat(100)).replace("&a", "&a=1");
    assert!(read(&form, true).is_ok(), "a field that is repeated counts once");
    let form: String = (0..=MOST_FIELDS).map(|n| format!("a{n}=1&")).collect();
    assert!(matches!(read(&form, true), Err(ApiError::InvalidRequest(_))));
}

proptest! {
    #[test]
    fn a_form_is_read_as_the_object_that_it_stands_for(
        texts in proptest::collection::btree_map(".{0,9}", ".{0,9}", 0..9),
    ) {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(&texts).finish();
        let names: Vec<_> = texts.keys().map(String::as_str).collect();
        let object: Value = serde_json::from_slice(&form_as_json(form.as_bytes(), &names).unwrap()).unwrap();
        prop_assert_eq!(object, json!(texts));
    }

    #[test]
    fn whatever_is_sent_is_understood_or_refused(bytes in any::<Vec<u8>>(), is_form in any::<bool>()) {
        if let Err(error) = submission(&bytes, is_form, &NumberRules::default()) {
            prop_assert!(error.status().is_client_error(), "{error:?}");
        }
    }

    #[test]
    fn what_is_almost_a_directory_is_understood_or_refused(
        text in r#"\{"data":\[(\{"(workerSid|extensionNumber|x)":[\[\]0-9a-z",]{0,9}\},?){0,3}\]\}?"#,
    ) {
        if let Err(error) = read(&text, false) {
            prop_assert!(error.status().is_client_error(), "{error:?}");
        }
    }
}
