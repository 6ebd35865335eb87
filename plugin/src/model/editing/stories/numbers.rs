//! What is said about a number while it is typed, and which one is offered.

use shared::{ExtensionNumberError, NumberRules, ReservedNumbers};

use crate::model::stories::world::{World, extension, item, reply};
use crate::model::{DraftEvent, Event, NumberProblem, NumberWarning, PanelEvent};

fn warning(world: &World) -> Option<NumberWarning> {
    world.model.panel.as_ref().unwrap().number_warning(&world.model.published.rules(), &world.model.draft)
}

fn problem(world: &World) -> Option<NumberProblem> {
    world.model.panel.as_ref().unwrap().number_problem(&world.model.published.rules(), &world.model.draft)
}

fn suggestion(world: &World) -> Option<String> {
    world.model.panel.as_ref().unwrap().suggestion.clone().map(String::from)
}

fn typed(world: &mut World, number: &str) {
    world.panel(PanelEvent::NumberTyped(number.to_owned()));
}

#[test]
fn a_prefix_of_another_number_is_a_warning_and_can_be_saved() {
    let mut world = World::loaded();
    world.save(PanelEvent::AddClicked, "111", 7);
    assert_eq!(world.asked.len(), 1);
    assert_eq!(warning(&world), Some(NumberWarning::IsBeginningOf(extension("1111", 1))));
    let mut world = World::loaded();
    world.panel(PanelEvent::AddClicked);
    typed(&mut world, "22223");
    assert_eq!(warning(&world), Some(NumberWarning::BeginsWith(extension("2222", 2))));
    assert_eq!(problem(&world), None);
}

#[test]
fn the_number_that_is_given_up_is_in_nobodys_way() {
    let mut world = World::loaded();
    world.panel(PanelEvent::EditClicked("1111".to_owned()));
    assert_eq!(warning(&world), None);
    typed(&mut world, "11112");
    assert_eq!(warning(&world), None);
}

#[test]
fn a_reserved_number_is_refused_while_typing_and_the_next_free_one_is_offered() {
    let mut world = World::default();
    world.tell(Event::Shown);
    let reserved = ReservedNumbers::parse_list("911,3000-3099").unwrap();
    let mut reply = reply(&[]);
    reply.rules = NumberRules { reserved: reserved.clone(), ..NumberRules::default() };
    world.listed(Ok(reply));
    world.panel(PanelEvent::AddClicked);
    typed(&mut world, "3050");
    assert_eq!(problem(&world), Some(NumberProblem::Rule(ExtensionNumberError::Reserved(reserved[1].clone()))));
    assert_eq!(suggestion(&world).as_deref(), Some("3100"));
}

#[test]
fn the_next_free_number_is_offered_while_nothing_is_typed_and_when_the_number_is_taken() {
    let mut world = World::loaded();
    world.panel(PanelEvent::AddClicked);
    assert_eq!(suggestion(&world).as_deref(), Some("1112"));
    typed(&mut world, "2222");
    assert_eq!(suggestion(&world).as_deref(), Some("2223"));
    typed(&mut world, "5555");
    assert_eq!(suggestion(&world), None);
}

#[test]
fn an_offered_number_that_somebody_took_meanwhile_is_replaced_by_the_next_one() {
    let mut world = World::loaded();
    world.panel(PanelEvent::AddClicked);
    world.draft(DraftEvent::Written(item("1112", 9, 3)));
    world.panel(PanelEvent::SuggestionClicked);
    assert_eq!(world.model.panel.as_ref().unwrap().number, "1113");
    assert_eq!(suggestion(&world), None);
    assert_eq!(problem(&world), None);
}

#[test]
fn which_numbers_an_agent_has_besides_is_known() {
    let mut world = World::loaded();
    world.draft(DraftEvent::Written(item("3333", 1, 3)));
    let one = extension("1111", 1).worker_sid;
    let others: Vec<_> =
        world.model.draft.others_of(&one, Some("1111")).map(|row| row.extension_number.as_str()).collect();
    assert_eq!(others, ["3333"]);
    world.draft(DraftEvent::Removed("3333".to_owned()));
    assert_eq!(world.model.draft.others_of(&one, Some("1111")).count(), 0);
}

#[test]
fn a_number_is_free_again_when_all_rows_that_had_it_are_gone() {
    let mut world = World::loaded();
    let mut old_tool = item("1111", 1, 3);
    old_tool.key = "anything".to_owned();
    world.draft(DraftEvent::Written(old_tool));
    world.draft(DraftEvent::Removed("1111".to_owned()));
    assert!(world.model.draft.owner("1111", None).is_some());
    world.draft(DraftEvent::Removed("anything".to_owned()));
    assert!(world.model.draft.owner("1111", None).is_none());
}
