//! Choosing rows for what is done to many at once.

use crate::model::stories::world::{World, item};
use crate::model::{DraftEvent, Event, SelectionEvent};

/// The rows 1000 to 1009 on one page.
fn ten() -> (World, Vec<String>) {
    let mut world = World::loaded();
    let keys: Vec<_> = (1000..1010).map(|number| number.to_string()).collect();
    for key in &keys {
        world.draft(DraftEvent::Written(item(key, 3, 9)));
    }
    (world, keys)
}

fn press(world: &mut World, key: &str, range: bool, shown: &[String]) {
    let (key, shown) = (key.to_owned(), shown.to_vec());
    world.tell(Event::Selection(SelectionEvent::RowToggled { key, range, shown }));
}

fn chosen(world: &World, keys: &[String]) -> Vec<String> {
    keys.iter().filter(|key| world.model.selection.has(key)).cloned().collect()
}

#[test]
fn a_range_goes_from_the_last_box_pressed_to_this_one_in_either_direction() {
    let (mut world, keys) = ten();
    press(&mut world, "1003", false, &keys);
    press(&mut world, "1005", true, &keys);
    assert_eq!(chosen(&world, &keys), ["1003", "1004", "1005"]);
    press(&mut world, "1001", true, &keys);
    assert_eq!(world.model.selection.count(&world.model.draft), 5);
    press(&mut world, "1004", true, &keys);
    assert_eq!(chosen(&world, &keys), ["1005"], "a range can be given up like it was chosen");
}

#[test]
fn a_range_that_begins_on_another_page_is_only_this_row() {
    let (mut world, keys) = ten();
    press(&mut world, "1001", false, &keys[..5]);
    press(&mut world, "1008", true, &keys[5..]);
    assert_eq!(chosen(&world, &keys), ["1001", "1008"]);
}

#[test]
fn a_page_is_chosen_as_a_whole_and_given_up_as_a_whole() {
    let (mut world, keys) = ten();
    press(&mut world, "1000", false, &keys);
    let page = || Event::Selection(SelectionEvent::PageToggled { shown: keys[..5].to_vec() });
    world.tell(page());
    assert_eq!(chosen(&world, &keys), keys[..5]);
    world.tell(page());
    assert_eq!(chosen(&world, &keys), [""; 0]);
}

#[test]
fn a_row_that_somebody_removes_is_chosen_no_more() {
    let (mut world, keys) = ten();
    press(&mut world, "1000", false, &keys);
    press(&mut world, "1001", false, &keys);
    world.draft(DraftEvent::Removed("1000".to_owned()));
    assert_eq!(world.model.selection.count(&world.model.draft), 1);
    world.draft(DraftEvent::Written(item("1000", 4, 20)));
    assert!(!world.model.selection.has("1000"), "the number is somebody else's now");
}

#[test]
fn the_choice_stays_when_the_view_is_left_and_can_be_cleared() {
    let (mut world, keys) = ten();
    press(&mut world, "1000", false, &keys);
    world.tell(Event::Shown);
    assert_eq!(chosen(&world, &keys), ["1000"]);
    world.tell(Event::Selection(SelectionEvent::Cleared));
    assert_eq!(chosen(&world, &keys), [""; 0]);
}
