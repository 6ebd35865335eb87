//! Reading the Sync Map: pages, live events, and items that are not ours.

use serde_json::{Value, json};
use shared::{Oddity, RowError, WorkerNameError};

use crate::model::stories::world::{World, item, lost, row};
use crate::model::{DraftEvent, Effect, Event, Item, Reading, Roster, Sort};

#[test]
fn every_page_is_read_and_every_row_can_be_reached() {
    let mut world = World::default();
    world.tell(Event::Shown);
    assert!(world.asked.contains(&Effect::OpenDraft));
    for page in 0..3 {
        let items = (0..100).map(|n| item(&(1000 + page * 100 + n).to_string(), n, 1)).collect();
        world.draft(DraftEvent::PageRead(items));
        assert_eq!(world.model.draft.reading, Reading::Underway);
    }
    world.draft(DraftEvent::AllRead);
    assert_eq!(world.model.draft.len(), 300);
    let rows = Roster::ordered(&world.model.draft, Sort::default());
    assert_eq!(rows[0].key.as_str(), "1000");
    assert_eq!(rows[299].key.as_str(), "1299");
    assert_eq!(world.model.roster.pages(rows.len()), 3);
}

#[test]
fn leaving_the_view_and_coming_back_opens_nothing_twice() {
    let mut world = World::loaded();
    world.tell(Event::Shown);
    assert!(!world.asked.contains(&Effect::OpenDraft));
    assert_eq!(world.numbers(), ["1111", "2222"]);
}

#[test]
fn changes_by_others_appear_as_they_happen() {
    let mut world = World::loaded();
    world.draft(DraftEvent::Written(item("3333", 3, 3)));
    world.draft(DraftEvent::Written(item("1111", 9, 4)));
    world.draft(DraftEvent::Removed("2222".to_owned()));
    assert_eq!(world.numbers(), ["1111", "3333"]);
    assert_eq!(world.model.draft.get("1111").unwrap().worker_full_name, "Agent 9");
    assert_eq!(world.model.change_count(), Some(3));
}

#[test]
fn an_event_that_comes_twice_or_late_changes_nothing() {
    let mut world = World::loaded();
    world.draft(DraftEvent::Written(item("1111", 9, 5)));
    world.draft(DraftEvent::Written(item("1111", 8, 4)));
    assert_eq!(world.model.draft.get("1111").unwrap().worker_full_name, "Agent 9");
    world.draft(DraftEvent::Removed("2222".to_owned()));
    let stamp = world.model.draft.stamp;
    world.draft(DraftEvent::Removed("2222".to_owned()));
    assert_eq!(world.model.draft.stamp, stamp);
}

#[test]
fn a_page_on_its_way_neither_brings_back_what_was_removed_nor_undoes_a_change() {
    let mut world = World::default();
    world.tell(Event::Shown);
    world.draft(DraftEvent::Removed("1111".to_owned()));
    world.draft(DraftEvent::Written(item("2222", 9, 7)));
    world.draft(DraftEvent::PageRead(vec![item("1111", 1, 1), item("2222", 2, 2)]));
    assert_eq!(world.numbers(), ["2222"]);
    assert_eq!(world.model.draft.get("2222").unwrap().worker_full_name, "Agent 9");
    world.draft(DraftEvent::Written(item("1111", 5, 8)));
    assert_eq!(world.numbers(), ["1111", "2222"], "added anew after it was removed");
}

#[test]
fn an_item_of_an_older_tool_is_read_by_its_number_not_by_its_key() {
    let mut world = World::loaded();
    let mut data = row("4444", 4);
    data["mapKey"] = json!("anything");
    world.draft(DraftEvent::Written(Item {
        key: crate::model::stories::world::sid(4),
        data: data.clone(),
        event_id: 9,
        date_updated: None,
    }));
    assert_eq!(world.model.draft.owner("4444", None).unwrap().worker_full_name, "Agent 4");
    assert!(world.model.draft.snapshot().contains(&data), "its other fields are published as they are");
}

#[test]
fn an_item_that_is_no_extension_is_kept_aside_and_takes_nothing_else_down() {
    let mut world = World::loaded();
    world.draft(DraftEvent::Written(Item {
        key: "odd".to_owned(),
        data: json!({"a": 1}),
        event_id: 9,
        date_updated: None,
    }));
    assert_eq!(world.numbers(), ["1111", "2222"]);
    assert_eq!(world.model.draft.len(), 2);
    assert_eq!(world.model.draft.unreadable().keys().collect::<Vec<_>>(), ["odd"]);
    assert_eq!(world.model.draft.snapshot().len(), 2);
    world.draft(DraftEvent::Removed("odd".to_owned()));
    assert_eq!(world.model.draft.len(), 2);
    assert_eq!(world.model.draft.unreadable().len(), 0);
}

#[test]
fn what_is_odd_beside_number_and_worker_is_named_and_the_row_is_one_like_any_other() {
    let mut world = World::loaded();
    let mut data = row("3333", 3);
    data["updatedAt"] = json!(5);
    data["workerFullName"] = json!("Agent\n3");
    let written = |data: Value, event_id| {
        DraftEvent::Written(Item { key: "3333".to_owned(), data, event_id, date_updated: None })
    };
    world.draft(written(data, 9));
    assert_eq!(world.numbers(), ["1111", "2222", "3333"]);
    let odd = [Oddity::Name(WorkerNameError::Control), Oddity::NotText { field: "updatedAt" }];
    assert_eq!(world.model.draft.oddities("3333"), odd);
    assert_eq!(world.model.draft.row_keys_of("3333").unwrap().name(), "agent 3");
    assert!(world.model.draft.snapshot().contains(&row("3333", 3)), "it is published with what is odd put right");
    world.draft(written(row("3333", 3), 10));
    assert_eq!(world.model.draft.oddities("3333"), []);
}

#[test]
fn of_an_item_that_is_no_extension_it_is_known_why() {
    let mut world = World::loaded();
    let mut data = row("3333", 3);
    data["extensionNumber"] = json!(3333);
    world.draft(DraftEvent::Written(Item { key: "3333".to_owned(), data, event_id: 9, date_updated: None }));
    assert_eq!(world.model.draft.unreadable()["3333"], RowError::NumberIsNotText);
}

#[test]
fn numbers_are_sorted_by_value_and_leading_zeros_are_told_apart() {
    let mut world = World::loaded();
    for number in ["10", "9", "009", "0100"] {
        world.draft(DraftEvent::Written(item(number, 3, 9)));
    }
    let rows = Roster::ordered(&world.model.draft, Sort::default());
    let keys: Vec<_> = rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["9", "009", "10", "0100", "1111", "2222"]);
}

#[test]
fn reading_that_failed_keeps_what_is_known_and_can_be_tried_again() {
    let mut world = World::default();
    world.tell(Event::Shown);
    world.draft(DraftEvent::PageRead(vec![item("1111", 1, 1)]));
    world.draft(DraftEvent::Failed(lost()));
    assert_eq!(world.numbers(), ["1111"]);
    assert_eq!(world.model.change_count(), None, "nothing is said of rows that may be missing");
    assert!(!world.model.may_publish());
    world.draft(DraftEvent::RetryClicked);
    assert_eq!(world.asked, [Effect::OpenDraft]);
    assert_eq!(world.model.draft.reading, Reading::Underway);
}
