//! The review before a publish: what it lists, what blocks it, and what is published in the end.

use serde_json::json;
use shared::wire::{ListReply, UnreadableAsset};
use shared::{NumberRules, RowError};

use crate::model::stories::world::{World, item, reply, row};
use crate::model::{ChangedRow, DraftEvent, Effect, Event, Item, Loss, Obstacle, PublishedEvent, Review, ReviewEvent};

fn review(world: &mut World, event: ReviewEvent) {
    world.tell(Event::Review(event));
}

fn opened(world: &World) -> &Review {
    world.model.review.as_ref().unwrap()
}

/// A view with these published rows and this draft.
fn world(published: ListReply, draft: Vec<Item>) -> World {
    let mut world = World::default();
    world.tell(Event::Shown);
    world.listed(Ok(published));
    world.draft(DraftEvent::PageRead(draft));
    world.draft(DraftEvent::AllRead);
    review(&mut world, ReviewEvent::Opened);
    world
}

#[test]
fn the_review_lists_what_is_added_changed_and_removed() {
    let published = reply(&[row("1111", 1), row("2222", 2), row("3333", 3)]);
    let world = world(published, vec![item("1111", 1, 1), item("2222", 9, 2), item("4444", 4, 3)]);
    let review = opened(&world);
    let numbers =
        |rows: &[shared::AgentExtension]| rows.iter().map(|row| row.extension_number.to_string()).collect::<Vec<_>>();
    assert_eq!(numbers(&review.added), ["4444"]);
    assert_eq!(numbers(&review.removed), ["3333"]);
    let [ChangedRow { before, after }] = &review.changed[..] else { panic!() };
    assert_eq!(before.worker_full_name.as_str(), "Agent 2");
    assert_eq!(after.worker_full_name.as_str(), "Agent 9");
    assert_eq!(review.count, 3);
    assert_eq!(review.loses, None);
    assert_eq!(world.model.obstacle(), None);
}

#[test]
fn nothing_is_published_before_the_review_is_confirmed() {
    let mut world = World::loaded();
    review(&mut world, ReviewEvent::Opened);
    assert!(world.asked.is_empty());
    review(&mut world, ReviewEvent::Canceled);
    review(&mut world, ReviewEvent::Confirmed);
    assert!(world.asked.is_empty() && world.model.review.is_none());
}

#[test]
fn rows_that_break_a_rule_of_the_account_are_listed_and_block() {
    let mut published = reply(&[row("1111", 1)]);
    published.rules = NumberRules { min_digits: 4, ..NumberRules::default() };
    let mut twice = item("1111", 2, 3);
    twice.key = crate::model::stories::world::sid(2);
    let mut world = world(published, vec![item("1111", 1, 1), item("22", 2, 2), twice]);
    let broken: Vec<_> = opened(&world).broken.iter().map(|row| (row.number.as_str(), row.agent.as_str())).collect();
    assert_eq!(broken, [("22", "Agent 2"), ("1111", "Agent 2")]);
    assert!(matches!(&opened(&world).broken[1].why, RowError::Taken { owner, .. } if owner == "Agent 1"));
    assert_eq!(world.model.obstacle(), Some(Obstacle::BrokenRows));
    review(&mut world, ReviewEvent::Confirmed);
    assert!(world.asked.is_empty());
}

#[test]
fn losing_more_than_half_needs_the_count_typed_in_and_sends_it() {
    let published = reply(&[row("1111", 1), row("2222", 2), row("3333", 3)]);
    let mut world = world(published, vec![item("1111", 1, 1)]);
    assert_eq!(opened(&world).loses, Some(Loss::MostOf(3)));
    for wrong in ["", "3", "one", "-1"] {
        review(&mut world, ReviewEvent::CountTyped(wrong.to_owned()));
        assert_eq!(world.model.obstacle(), Some(Obstacle::CountNeeded), "{wrong}");
        review(&mut world, ReviewEvent::Confirmed);
        assert!(world.asked.is_empty());
    }
    review(&mut world, ReviewEvent::CountTyped(" 1 ".to_owned()));
    review(&mut world, ReviewEvent::Confirmed);
    assert!(matches!(world.asked[..], [Effect::Update { confirmed_count: Some(1), .. }]));
}

#[test]
fn an_empty_directory_needs_a_zero_typed_in() {
    let mut world = world(reply(&[row("1111", 1)]), Vec::new());
    assert_eq!(world.model.obstacle(), Some(Obstacle::CountNeeded));
    review(&mut world, ReviewEvent::CountTyped("0".to_owned()));
    review(&mut world, ReviewEvent::Confirmed);
    assert!(matches!(&world.asked[..], [Effect::Update { rows, confirmed_count: Some(0), .. }] if rows.is_empty()));
}

#[test]
fn what_was_reviewed_is_what_is_published_and_later_edits_are_said() {
    let mut world = World::loaded();
    review(&mut world, ReviewEvent::Opened);
    assert!(!world.model.edited_since_review());
    world.draft(DraftEvent::Written(item("5555", 5, 9)));
    assert!(world.model.edited_since_review());
    review(&mut world, ReviewEvent::Confirmed);
    let [Effect::Update { rows, .. }] = &world.asked[..] else { panic!() };
    assert_eq!(rows.len(), 2);
    assert_eq!(world.model.review.map(|review| review.count), None);
}

#[test]
fn a_review_that_compares_with_what_somebody_else_replaced_is_taken_anew() {
    let mut world = World::loaded();
    world.draft(DraftEvent::Written(item("3333", 3, 3)));
    review(&mut world, ReviewEvent::Opened);
    let before = opened(&world).opening;
    world.tell(Event::Published(PublishedEvent::ReloadClicked));
    let mut newer = reply(&[row("1111", 1), row("2222", 2), row("3333", 3)]);
    newer.version = Some("ZN9".to_owned());
    world.listed(Ok(newer));
    assert_eq!(world.model.obstacle(), Some(Obstacle::Outdated));
    review(&mut world, ReviewEvent::Confirmed);
    assert!(world.asked.is_empty());
    review(&mut world, ReviewEvent::Opened);
    assert!(opened(&world).is_empty() && opened(&world).opening > before);
    review(&mut world, ReviewEvent::Confirmed);
    assert!(matches!(&world.asked[..], [Effect::Update { version: Some(version), .. }] if version == "ZN9"));
}

#[test]
fn an_item_that_is_no_extension_does_not_stand_in_the_way() {
    let other = Item { key: "note".to_owned(), data: json!({"hello": 1}), ..item("1111", 1, 2) };
    let world = world(reply(&[row("1111", 1)]), vec![item("1111", 1, 1), other]);
    assert_eq!(world.model.obstacle(), None);
    assert_eq!(opened(&world).count, 1);
}

#[test]
fn where_nobody_can_read_what_is_published_the_count_is_typed_in_and_sent() {
    let mut published = reply(&[]);
    published.unreadable =
        Some(UnreadableAsset { path: "/extensions.json".to_owned(), problem: "trailing comma".to_owned() });
    let mut world = world(published, vec![item("1111", 1, 1), item("2222", 2, 2)]);
    assert_eq!(opened(&world).loses, Some(Loss::Unknown));
    assert_eq!(world.model.obstacle(), Some(Obstacle::CountNeeded));
    review(&mut world, ReviewEvent::CountTyped("2".to_owned()));
    review(&mut world, ReviewEvent::Confirmed);
    let [Effect::Update { rows, version, confirmed_count, .. }] = &world.asked[..] else { panic!("{:?}", world.asked) };
    assert_eq!((rows.len(), version.as_deref(), *confirmed_count), (2, Some("ZN1"), Some(2)));
}

#[test]
fn a_row_without_a_name_blocks_and_an_item_that_is_no_extension_is_named() {
    let mut nameless = item("2222", 2, 2);
    nameless.data["workerFullName"] = json!("\u{200b}");
    let mut unreadable = item("3333", 3, 3);
    unreadable.data["workerSid"] = json!("WK3");
    let world = world(reply(&[row("1111", 1)]), vec![item("1111", 1, 1), nameless, unreadable]);
    let review = opened(&world);
    assert_eq!(review.broken.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(), ["2222"]);
    assert_eq!(review.left_out.keys().collect::<Vec<_>>(), ["3333"]);
    assert_eq!(world.model.obstacle(), Some(Obstacle::BrokenRows));
}
