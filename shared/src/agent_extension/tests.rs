//! What a row may hold, and what is made of one that holds something else.

use super::*;
use crate::{ExtensionNumberError, SidError, WorkerNameError};
use serde_json::json;

const WORKER: &str = "WK0123456789abcdef0123456789abcdef";

fn parse(value: &Value) -> Result<AgentExtension, RowError> {
    AgentExtension::parse(value, &NumberRules::default())
}

/// A sound row in which one field is something else.
fn with(field: &str, value: Value) -> Value {
    let mut row = json!({"workerFullName": "Ann", "extensionNumber": "77", "workerSid": WORKER});
    row[field] = value;
    row
}

#[test]
fn fields_of_other_tools_survive_a_round_trip() {
    let row = json!({"workerFullName": "Ann", "extensionNumber": "007", "workerSid": WORKER, "mapKey": "k", "note": {"a": 1}});
    let extension = parse(&row).unwrap();
    assert_eq!(serde_json::to_value(&extension).unwrap(), row);
    assert_eq!(serde_json::from_value::<AgentExtension>(row).unwrap(), extension);
}

#[test]
fn every_broken_rule_is_named() {
    let refused = |field: &str, value: Value| parse(&with(field, value)).unwrap_err();
    assert_eq!(parse(&json!([])).unwrap_err(), RowError::NotAnObject);
    assert_eq!(refused("workerFullName", json!("  ")), RowError::Name(WorkerNameError::Invisible));
    assert_eq!(refused("workerFullName", json!("\u{200b}")), RowError::Name(WorkerNameError::Invisible));
    assert_eq!(refused("workerFullName", json!("A\nB")), RowError::Name(WorkerNameError::Control));
    assert_eq!(
        refused("workerFullName", json!("x".repeat(257))),
        RowError::Name(WorkerNameError::TooLong { max: 256 })
    );
    assert_eq!(refused("workerFullName", Value::Null), RowError::Missing { field: "workerFullName" });
    assert_eq!(refused("extensionNumber", Value::Null), RowError::Missing { field: "extensionNumber" });
    assert_eq!(refused("extensionNumber", json!("7a")), RowError::Number(ExtensionNumberError::NotDigits));
    assert_eq!(refused("workerSid", json!("WKxxxx")), RowError::Worker(SidError { prefix: "WK" }));
    assert_eq!(refused("workerSid", json!(WORKER.replace('a', "A"))), RowError::Worker(SidError { prefix: "WK" }));
    assert_eq!(refused("updatedAt", json!(5)), RowError::NotText { field: "updatedAt" });
}

#[test]
fn a_json_number_is_refused_because_its_leading_zeros_are_lost() {
    let error = parse(&with("extensionNumber", json!(77))).unwrap_err();
    assert_eq!(error, RowError::NumberIsNotText);
    assert!(error.to_string().contains("leading zeros"), "{error}");
    assert_eq!(AgentExtension::read(&with("extensionNumber", json!(77))), Err(RowError::NumberIsNotText));
}

#[test]
fn only_the_number_and_the_worker_decide_whether_a_row_leads_to_an_agent() {
    for (field, odd, oddity) in [
        ("workerFullName", Value::Null, Oddity::NameMissing),
        ("workerFullName", json!(["Ann"]), Oddity::NameMissing),
        ("workerFullName", json!(" \u{200b} "), Oddity::Name(WorkerNameError::Invisible)),
        ("workerFullName", json!("Ann\u{0}"), Oddity::Name(WorkerNameError::Control)),
        ("workerFullName", json!("x".repeat(70_000)), Oddity::Name(WorkerNameError::TooLong { max: 256 })),
        ("updatedBy", json!({"name": "Bea"}), Oddity::NotText { field: "updatedBy" }),
        ("updatedAt", json!(1_700_000_000), Oddity::NotText { field: "updatedAt" }),
        ("replacesKey", json!(false), Oddity::NotText { field: "replacesKey" }),
    ] {
        let row = with(field, odd);
        let (extension, oddities) = AgentExtension::read(&row).unwrap();
        assert_eq!((extension.extension_number.as_str(), extension.worker_sid.as_str()), ("77", WORKER), "{row}");
        assert_eq!(oddities, [oddity], "{row}");
        assert!(extension.worker_full_name.chars().count() <= 256);
        assert_eq!(parse(&row).err(), oddity.refusal());
    }
    assert!(AgentExtension::read(&with("note", json!({"any": [1, null]}))).unwrap().1.is_empty());
    for (field, wrong) in [("extensionNumber", json!("")), ("workerSid", json!("WK1")), ("workerSid", json!(5))] {
        assert!(AgentExtension::read(&with(field, wrong)).is_err(), "{field}");
    }
}

#[test]
fn the_bookkeeping_of_a_change_of_number_is_not_published_however_it_is_spelled() {
    let mut row = with("replacesKey", json!("76"));
    for name in ["replaces_key", "ReplacesKey", "replaceskey", "replaces-key"] {
        row[name] = json!("76");
    }
    row["mapKey"] = json!("k");
    let published = serde_json::to_value(parse(&row).unwrap().published()).unwrap();
    assert_eq!(published, with("mapKey", json!("k")));
}
