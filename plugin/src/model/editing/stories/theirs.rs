//! Somebody else touches the row that is being edited: it is said at once, and either version can be kept.

use serde_json::json;

use crate::model::stories::world::{World, agent, extension, item, row, stands};
use crate::model::{
    DraftEvent, Effect, Guard, Item, PanelEvent, PanelMode, Refusal, SaveFailure, Theirs, Write, Written,
};

fn editing() -> World {
    let mut world = World::loaded();
    world.panel(PanelEvent::EditClicked("1111".to_owned()));
    world
}

fn theirs(world: &World) -> Option<Theirs> {
    world.model.panel.as_ref().unwrap().theirs(&world.model.draft)
}

/// Somebody gives agent 1 the number 1212 instead of 1111: both writes.
fn moved_by_other(world: &mut World) -> Item {
    let mut data = row("1212", 1);
    data["replacesKey"] = json!("1111");
    let item = Item { data, ..item("1212", 1, 3) };
    world.draft(DraftEvent::Written(item.clone()));
    world.draft(DraftEvent::Removed("1111".to_owned()));
    item
}

#[test]
fn a_change_by_somebody_else_is_said_at_once_and_not_overwritten() {
    let mut world = editing();
    assert_eq!(theirs(&world), None);
    world.draft(DraftEvent::Written(item("1111", 9, 3)));
    assert_eq!(theirs(&world), Some(Theirs::Changed(extension("1111", 9))));
    world.panel(PanelEvent::SaveClicked);
    assert_eq!(world.asked, []);
    assert_eq!(world.model.panel.as_ref().unwrap().failure, Some(SaveFailure::ChangedByOther));
}

#[test]
fn keeping_theirs_starts_over_from_their_row() {
    let mut world = editing();
    world.panel(PanelEvent::NumberTyped("1234".to_owned()));
    world.draft(DraftEvent::Written(item("1111", 9, 3)));
    world.panel(PanelEvent::TheirsClicked);
    let panel = world.model.panel.as_ref().unwrap();
    assert_eq!(panel.number.as_str(), "1111");
    assert_eq!(panel.agent.clone(), Some(agent(9)));
    assert_eq!(theirs(&world), None);
}

#[test]
fn keeping_mine_keeps_what_was_typed_and_saving_replaces_theirs_and_nothing_newer() {
    let mut world = editing();
    world.choose(7);
    world.draft(DraftEvent::Written(item("1111", 9, 3)));
    world.panel(PanelEvent::MineClicked);
    assert_eq!(theirs(&world), None);
    world.panel(PanelEvent::SaveClicked);
    assert!(matches!(&world.asked[..], [Effect::Write { what: Write::Put(put), .. }]
        if put.row == extension("1111", 7) && put.guard == Guard::Unchanged(extension("1111", 9))));
}

#[test]
fn a_row_that_was_removed_can_be_added_anew_or_left_removed() {
    let mut world = editing();
    world.draft(DraftEvent::Removed("1111".to_owned()));
    assert_eq!(theirs(&world), Some(Theirs::Removed));
    let mut other = World { model: world.model.clone(), asked: Vec::new() };
    other.panel(PanelEvent::TheirsClicked);
    assert!(other.model.panel.is_none());

    world.panel(PanelEvent::MineClicked);
    world.panel(PanelEvent::SaveClicked);
    assert!(
        matches!(&world.asked[..], [Effect::Write { what: Write::Put(put), .. }] if put.guard == Guard::FreeOrSameAgent)
    );
}

#[test]
fn a_row_that_got_another_number_is_followed_to_it() {
    let mut world = editing();
    let their_item = moved_by_other(&mut world);
    let Some(Theirs::Renumbered(row)) = theirs(&world) else { panic!("not followed") };
    assert_eq!(row.extension_number.as_str(), "1212");
    world.panel(PanelEvent::MineClicked);
    world.panel(PanelEvent::SaveClicked);
    let Effect::Write { what: Write::Put(put), .. } = world.asked[0].clone() else { panic!() };
    assert_eq!(put.row.extension_number.as_str(), "1111");
    assert_eq!(put.row.replaces_key.as_deref(), Some("1212"));
    world.written(Ok(stands(item("1111", 1, 5))));
    assert!(
        world
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::Write { key, what: Write::Remove, .. } if *key == their_item.key))
    );
}

#[test]
fn keeping_theirs_opens_the_row_under_its_new_number() {
    let mut world = editing();
    moved_by_other(&mut world);
    world.panel(PanelEvent::TheirsClicked);
    let panel = world.model.panel.as_ref().unwrap();
    assert!(matches!(&panel.mode, PanelMode::Edit { key, .. } if key == "1212"));
    assert_eq!(panel.number, "1212");
}

#[test]
fn a_change_that_arrives_only_with_the_answer_to_saving_is_shown_just_the_same() {
    let mut world = World::loaded();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1111", 7);
    let refused = Some(Refusal::Changed(Box::new(extension("1111", 9))));
    world.written(Ok(Written { item: Some(item("1111", 9, 3)), refused }));
    assert_eq!(theirs(&world), Some(Theirs::Changed(extension("1111", 9))));
}

#[test]
fn an_old_row_that_somebody_changed_between_the_two_writes_is_not_removed() {
    let mut world = World::loaded();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1212", 1);
    let put = world.asked.clone();
    world.draft(DraftEvent::Written(item("1111", 9, 3)));
    world.asked = put;
    world.written(Ok(stands(item("1212", 1, 4))));
    assert!(!world.asked.iter().any(|effect| matches!(effect, Effect::Write { what: Write::Remove, .. })));
    assert_eq!(theirs(&world), Some(Theirs::Changed(extension("1111", 9))));
    assert_eq!(world.numbers(), ["1111", "1212", "2222"]);
}

#[test]
fn a_guarded_write_is_judged_by_what_stands_there() {
    let unchanged = Guard::Unchanged(extension("1111", 1));
    let mine = extension("1111", 7);
    assert_eq!(unchanged.judge(&mine, &row("1111", 9)), Err(Refusal::Changed(Box::new(extension("1111", 9)))));
    assert_eq!(unchanged.judge(&mine, &json!({})), Err(Refusal::Gone));
    assert_eq!(unchanged.judge(&mine, &row("1111", 7)), Ok(mine.clone()), "our own write whose answer was lost");
}
