//! What one number leads to, and what differs between two directories.

use super::*;
use proptest::prelude::*;
use serde_json::json;

fn worker(n: u32) -> String {
    format!("WK{n:032x}")
}

fn row(number: &str, n: u32) -> Value {
    json!({"workerFullName": format!("Agent {n}"), "extensionNumber": number, "workerSid": worker(n)})
}

fn directory(rows: &[(&str, u32)]) -> Directory {
    let rows: Vec<_> = rows.iter().map(|(number, n)| row(number, *n)).collect();
    Directory::parse(&rows, &NumberRules::default()).unwrap()
}

#[test]
fn a_number_leads_to_one_agent() {
    let mut agents = directory(&[("7777", 1)]);
    let second = AgentExtension::parse(&row("7777", 2), &NumberRules::default()).unwrap();
    assert_eq!(agents.assign(second).unwrap_err().owner.worker_sid.as_str(), worker(1));
    assert_eq!(agents.get("7777").unwrap().worker_sid.as_str(), worker(1));
}

#[test]
fn saving_ones_own_number_again_is_no_conflict() {
    let mut agents = directory(&[("7777", 1)]);
    let mut same = agents.get("7777").unwrap().clone();
    same.worker_full_name = "Renamed".into();
    assert_eq!(agents.assign(same), Ok(()));
    assert_eq!(agents.get("7777").unwrap().worker_full_name, "Renamed");
    assert_eq!(agents.len(), 1);
}

#[test]
fn an_agent_may_have_several_numbers() {
    assert_eq!(directory(&[("77", 1), ("78", 1)]).len(), 2);
}

#[test]
fn every_row_that_breaks_a_rule_is_reported_with_its_position() {
    let error =
        Directory::parse(&[row("77", 1), row("7x", 2), json!(3), row("77", 4)], &NumberRules::default()).unwrap_err();
    assert!(matches!(
        &error.rows[..],
        [
            InvalidRow { row: 1, error: RowError::Number(_) },
            InvalidRow { row: 2, error: RowError::NotAnObject },
            InvalidRow { row: 3, error: RowError::Taken { owner, .. } },
        ] if owner == "Agent 1"
    ));
}

#[test]
fn no_more_broken_rows_are_reported_than_anybody_reads() {
    let error = Directory::parse(vec![json!(3); 5_000], &NumberRules::default()).unwrap_err();
    assert_eq!(error.rows.len(), MOST_REPORTED);
}

#[test]
fn the_order_of_rows_and_fields_is_no_difference() {
    assert_eq!(directory(&[("77", 1), ("78", 2)]).changes_since(&directory(&[("78", 2), ("77", 1)])), []);
}

#[test]
fn a_change_is_an_addition_a_change_or_a_removal() {
    let changes =
        directory(&[("10", 1), ("20", 9), ("40", 4)]).changes_since(&directory(&[("10", 1), ("20", 2), ("30", 3)]));
    assert!(matches!(
        &changes[..],
        [Change::Changed { .. }, Change::Removed(gone), Change::Added(new)]
            if gone.extension_number.as_str() == "30" && new.extension_number.as_str() == "40"
    ));
}

#[test]
fn losing_more_than_half_or_everything_must_be_confirmed() {
    let published = directory(&[("10", 1), ("20", 2), ("30", 3), ("40", 4)]);
    assert!(Directory::default().loses_too_much(&published));
    assert!(Directory::default().loses_too_much(&Directory::default()));
    assert!(directory(&[("10", 1)]).loses_too_much(&published));
    assert!(directory(&[("10", 1), ("50", 5), ("60", 6)]).loses_too_much(&published));
    assert!(!directory(&[("10", 1), ("20", 2)]).loses_too_much(&published));
    assert!(!directory(&[("10", 1)]).loses_too_much(&Directory::default()));
}

proptest! {
    #[test]
    fn applying_the_changes_to_the_published_directory_gives_the_draft(
        draft in proptest::collection::btree_map("[0-9]{2,4}", 0u32..6, 0..30),
        published in proptest::collection::btree_map("[0-9]{2,4}", 0u32..6, 0..30),
    ) {
        let build = |rows: &BTreeMap<String, u32>| directory(&rows.iter().map(|(number, n)| (number.as_str(), *n)).collect::<Vec<_>>());
        let (draft, published) = (build(&draft), build(&published));
        let mut result = published.clone();
        for change in draft.changes_since(&published) {
            result.remove(change.number().as_str());
            if let Change::Added(after) | Change::Changed { after, .. } = change {
                result.assign(after).unwrap();
            }
        }
        prop_assert_eq!(result, draft);
    }
}
