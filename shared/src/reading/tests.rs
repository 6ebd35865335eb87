//! What is read of rows that may be malformed.

use super::*;
use crate::UNREADABLE;
use serde_json::json;

fn worker(n: u32) -> String {
    format!("WK{n:032x}")
}

fn row(number: &str, n: u32) -> Value {
    json!({"workerFullName": format!("Agent {n}"), "extensionNumber": number, "workerSid": worker(n)})
}

#[test]
fn a_malformed_row_takes_nothing_else_down() {
    let reading = Directory::read(&[row("77", 1), json!({"workerSid": "WKxx"}), row("1", 2)]);
    assert_eq!(reading.directory.len(), 2);
    assert_eq!(reading.rejected.len(), 1);
    assert_eq!(reading.rejected[0].row, 1);
}

#[test]
fn an_odd_row_leads_to_its_agent_and_is_named() {
    let nameless = json!({"extensionNumber": "78", "workerSid": worker(2), "updatedAt": 5});
    let reading = Directory::read(&[row("77", 1), nameless]);
    assert_eq!(reading.directory.get("78").unwrap().worker_sid.as_str(), worker(2));
    assert_eq!(reading.directory.get("78").unwrap().worker_full_name, "");
    assert_eq!(reading.rejected, []);
    let [odd] = &reading.odd[..] else { panic!("{reading:?}") };
    assert_eq!((odd.row, odd.number.as_str()), (1, "78"));
    assert_eq!(odd.oddities, [Oddity::NameMissing, Oddity::NotText { field: "updatedAt" }]);
}

#[test]
fn what_could_not_be_read_beside_the_number_and_the_worker_is_named_and_may_be_published() {
    let damaged = |field: &str, value: &str| {
        let mut row = row("77", 1);
        row[field] = json!(value);
        let reading = Directory::read(std::slice::from_ref(&row));
        assert!(Directory::parse([row], &crate::NumberRules::ANY).is_ok(), "{field}");
        reading.odd.into_iter().flat_map(|odd| odd.oddities).collect::<Vec<_>>()
    };
    assert_eq!(damaged("workerFullName", "An\u{fffd}"), [Oddity::Damaged { field: "workerFullName" }]);
    assert_eq!(damaged("updatedBy", "\u{fffd}"), [Oddity::Damaged { field: "updatedBy" }]);
    assert_eq!(damaged("note", UNREADABLE), [Oddity::OtherUnreadable]);
    assert_eq!(damaged("note", "a text of another tool, \u{fffd} and all"), []);
}

#[test]
fn all_rows_that_lead_nowhere_are_counted_and_no_more_are_repeated_than_anybody_reads() {
    let reading = Directory::read(&vec![json!({"extensionNumber": 3}); 5_000]);
    assert_eq!((reading.rows, reading.rejected.len()), (5_000, 5_000));
    assert!(reading.rejected[MOST_REPORTED - 1].problem.contains("JSON number"));
    let later = RejectedRow { row: MOST_REPORTED, problem: String::new(), value: Value::Null };
    assert_eq!(reading.rejected[MOST_REPORTED], later);
}
