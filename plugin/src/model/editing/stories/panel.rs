//! Adding and editing: validation, the search for an agent, and what happens when others edit the same rows.

use serde_json::{Value, json};
use shared::{ExtensionNumberError, NumberRules, WorkerSid};

use crate::model::stories::world::{World, agent, extension, item, lost, row, sid, stands};
use crate::model::{
    AgentSearch, DraftEvent, Effect, Event, Guard, Item, Notification, NumberProblem, PanelEvent, Refusal, SaveFailure,
    Timer, Write, Written,
};

fn problem(world: &World) -> Option<NumberProblem> {
    let panel = world.model.panel.as_ref().unwrap();
    panel.number_problem(&NumberRules::default(), &world.model.draft)
}

#[test]
fn an_added_extension_is_written_under_its_number_and_shown_before_any_event_comes() {
    let mut world = World::loaded();
    world.save(PanelEvent::AddClicked, "7777", 7);
    assert!(matches!(&world.asked[..], [Effect::Write { what: Write::Put(put), .. }]
        if put.guard == Guard::FreeOrSameAgent && put.row == extension("7777", 7)));
    world.written(Ok(stands(item("7777", 7, 3))));
    assert_eq!(world.asked, [Effect::Notify(Notification::Saved(extension("7777", 7)))]);
    assert!(world.model.panel.is_none());
    world.draft(DraftEvent::Written(item("7777", 7, 3)));
    assert_eq!(world.numbers(), ["1111", "2222", "7777"]);
    assert_eq!(world.model.change_count(), Some(1));
}

#[test]
fn a_number_of_another_agent_is_refused_with_the_owners_name_while_typing() {
    let mut world = World::loaded();
    world.save(PanelEvent::AddClicked, "2222", 7);
    assert_eq!(world.asked, []);
    assert_eq!(problem(&world), Some(NumberProblem::Taken(extension("2222", 2))));
}

#[test]
fn a_number_that_another_supervisor_took_at_that_moment_is_refused_with_the_owners_name() {
    let mut world = World::loaded();
    world.save(PanelEvent::AddClicked, "7777", 7);
    let Effect::Write { what: Write::Put(put), .. } = world.asked[0].clone() else { panic!() };
    let refused = put.guard.judge(&put.row, &row("7777", 8)).unwrap_err();
    world.written(Ok(Written { item: Some(item("7777", 8, 3)), refused: Some(refused) }));
    let panel = world.model.panel.as_ref().unwrap();
    assert_eq!(panel.failure, Some(SaveFailure::Taken(extension("7777", 8))));
    assert_eq!(panel.number.as_str(), "7777", "what was typed stays");
    assert_eq!(panel.agent.clone(), Some(agent(7)), "what was typed stays");
    assert_eq!(world.model.draft.get("7777"), Some(&extension("7777", 8)), "theirs is shown though no event came");
}

#[test]
fn saving_ones_own_number_again_is_no_conflict() {
    let mut world = World::loaded();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1111", 1);
    let Effect::Write { what: Write::Put(put), .. } = world.asked[0].clone() else { panic!() };
    assert_eq!(put.guard.judge(&put.row, &row("1111", 1)), Ok(extension("1111", 1)));
    world.written(Ok(stands(item("1111", 1, 3))));
    assert!(world.model.panel.is_none());
}

#[test]
fn a_change_of_number_writes_the_new_row_before_the_old_one_goes() {
    let mut world = World::loaded();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1212", 1);
    assert!(
        matches!(&world.asked[..], [Effect::Write { what: Write::Put(put), .. }] if put.row.extension_number.as_str() == "1212")
    );
    assert_eq!(world.numbers(), ["1111", "2222"]);
    world.written(Ok(stands(item("1212", 1, 3))));
    assert_eq!(world.numbers(), ["1111", "1212", "2222"]);
    let request = world.request();
    assert_eq!(world.asked, [Effect::Write { key: "1111".to_owned(), request, what: Write::Remove }]);
    world.tell(crate::model::Event::Answered { request, answer: Ok(Written::default()) });
    assert_eq!(world.numbers(), ["1212", "2222"]);
    assert_eq!(world.asked, [Effect::Notify(Notification::Saved(extension("1212", 1)))]);
}

#[test]
fn when_the_old_number_can_not_be_removed_both_stay_and_saving_again_finishes_it() {
    let mut world = World::loaded();
    world.save(PanelEvent::EditClicked("1111".to_owned()), "1212", 1);
    world.written(Ok(stands(item("1212", 1, 3))));
    let request = world.request();
    world.tell(crate::model::Event::Answered { request, answer: Err(lost()) });
    assert_eq!(world.model.panel.as_ref().unwrap().failure, Some(SaveFailure::OldNumberStays(lost())));
    assert_eq!(world.numbers(), ["1111", "1212", "2222"]);
    world.panel(PanelEvent::SaveClicked);
    world.written(Ok(stands(item("1212", 1, 4))));
    assert!(matches!(&world.asked[..], [Effect::Write { key, what: Write::Remove, .. }] if key == "1111"));
}

#[test]
fn editing_an_item_of_an_older_tool_moves_it_under_its_number_and_keeps_its_fields() {
    let mut world = World::loaded();
    let mut data = row("4444", 4);
    data["mapKey"] = json!("anything");
    world.draft(DraftEvent::Written(Item { key: sid(4), data, event_id: 3, date_updated: None }));
    world.save(PanelEvent::EditClicked(sid(4)), "4444", 4);
    let Effect::Write { what: Write::Put(put), .. } = world.asked[0].clone() else { panic!() };
    assert_eq!(put.guard, Guard::FreeOrSameAgent);
    assert_eq!(put.row.other.get("mapKey"), Some(&Value::from("anything")));
    world.written(Ok(stands(item("4444", 4, 4))));
    assert!(matches!(&world.asked[..], [Effect::Write { key, what: Write::Remove, .. }] if *key == sid(4)));
}

#[test]
fn a_row_without_a_name_is_put_right_by_choosing_its_agent() {
    let mut world = World::loaded();
    let odd = json!({"extensionNumber": "1111", "workerSid": sid(1), "updatedBy": 5, "mapKey": "k"});
    world.draft(DraftEvent::Written(Item {
        key: "1111".to_owned(),
        data: odd.clone(),
        event_id: 9,
        date_updated: None,
    }));
    world.panel(PanelEvent::EditClicked("1111".to_owned()));
    world.panel(PanelEvent::SaveClicked);
    let panel = world.model.panel.as_ref().unwrap();
    assert_eq!(panel.failure, Some(SaveFailure::AgentMissing));
    assert_eq!(panel.nameless().map(WorkerSid::as_str), Some(&*sid(1)), "it is said whom to look for");
    world.choose(1);
    assert_eq!(world.model.panel.as_ref().unwrap().nameless(), None);
    world.panel(PanelEvent::SaveClicked);
    let [Effect::Write { what: Write::Put(put), .. }] = &world.asked[..] else { panic!("{:?}", world.asked) };
    let mut right = row("1111", 1);
    right["mapKey"] = json!("k");
    assert_eq!(put.guard.judge(&put.row, &odd).map(|row| serde_json::to_value(row).unwrap()), Ok(right));
}

#[test]
fn something_else_under_the_number_is_never_overwritten() {
    let judged = Guard::FreeOrSameAgent.judge(&extension("7777", 7), &json!({"note": "not ours"}));
    assert_eq!(judged, Err(Refusal::Unreadable));
}

#[test]
fn a_failed_save_keeps_what_was_typed() {
    let mut world = World::loaded();
    world.save(PanelEvent::AddClicked, "7777", 7);
    let request = world.request();
    world.panel(PanelEvent::NumberTyped("9999".to_owned()));
    world.panel(PanelEvent::AgentTyped("Somebody".to_owned()));
    world.panel(PanelEvent::Closed);
    assert!(world.model.panel.is_some(), "the answer must have a place to be shown");
    world.tell(Event::Answered { request, answer: Err(lost()) });
    let panel = world.model.panel.as_ref().unwrap();
    assert_eq!(panel.failure, Some(SaveFailure::Problem(lost())));
    assert_eq!(panel.number.as_str(), "7777");
    assert!(!panel.saving);
    assert_eq!(world.asked, [Effect::Notify(Notification::SaveFailed)]);
}

#[test]
fn a_broken_rule_is_said_while_typing_but_not_too_early() {
    let mut world = World::loaded();
    world.panel(PanelEvent::AddClicked);
    assert_eq!(problem(&world), None);
    world.panel(PanelEvent::NumberTyped("7".to_owned()));
    assert_eq!(problem(&world), None, "there may be more to come");
    world.panel(PanelEvent::NumberLeft);
    let length = Some(NumberProblem::Rule(ExtensionNumberError::Length { min: 2, max: 10 }));
    assert_eq!(problem(&world), length);
    world.panel(PanelEvent::NumberTyped("1e3".to_owned()));
    assert_eq!(problem(&world), Some(NumberProblem::Rule(ExtensionNumberError::NotDigits)));
    world.panel(PanelEvent::NumberTyped("12345678901".to_owned()));
    assert_eq!(problem(&world), length);
}

#[test]
fn an_agent_that_was_typed_but_not_chosen_is_not_saved() {
    let mut world = World::loaded();
    world.panel(PanelEvent::AddClicked);
    world.choose(7);
    world.panel(PanelEvent::AgentTyped("Agent".to_owned()));
    world.panel(PanelEvent::NumberTyped("7777".to_owned()));
    world.panel(PanelEvent::SaveClicked);
    assert_eq!(world.asked, []);
    assert_eq!(world.model.panel.as_ref().unwrap().failure, Some(SaveFailure::AgentMissing));
}

#[test]
fn the_search_waits_for_a_pause_and_ignores_answers_to_earlier_texts() {
    let mut world = World::loaded();
    world.panel(PanelEvent::AddClicked);
    world.panel(PanelEvent::AgentTyped("a".to_owned()));
    let [Effect::Wait { timer: Timer::Search(first), .. }] = world.asked[..] else { panic!() };
    world.panel(PanelEvent::AgentTyped("an".to_owned()));
    let [Effect::Wait { timer: Timer::Search(second), .. }] = world.asked[..] else { panic!() };
    world.panel(PanelEvent::SearchDue(first));
    assert_eq!(world.asked, []);
    world.panel(PanelEvent::SearchDue(second));
    assert_eq!(world.asked, [Effect::SearchWorkers { request: second, text: "an".to_owned() }]);
    world.panel(PanelEvent::Searched { request: first, answer: Ok(vec![agent(1)]) });
    assert_eq!(world.model.panel.as_ref().unwrap().search, AgentSearch::Underway);
    world.panel(PanelEvent::Searched { request: second, answer: Ok(vec![agent(2)]) });
    assert_eq!(world.model.panel.as_ref().unwrap().search, AgentSearch::Found(vec![agent(2)]));
}
