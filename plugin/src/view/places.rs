//! The places that rows have in the table. While somebody types, a place whose row is not found any more is given to
//! another row: what stands in it changes, and its elements stay, which is most of what a keystroke would cost.
//!
//! Knows nothing of how a row looks. At any other time a row that goes takes its place with it, so that nobody finds
//! another row where the focus was.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::RowKeys;

/// A place, and the row that stands in it; none where it waits, out of sight, for the next one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// Tells it from all other places that there are.
    pub(super) id: usize,
    pub(super) row: Option<Arc<RowKeys>>,
}

/// The places for these rows, in their order, and those that wait. `hand_on` says whether a place may be given to
/// another row, and `focused` which one may not, because the focus is in it.
pub(super) fn take_places(
    before: &[Place],
    rows: &[Arc<RowKeys>],
    hand_on: bool,
    focused: impl FnOnce() -> Option<usize>,
) -> Vec<Place> {
    let taken: HashMap<&str, usize> =
        before.iter().filter_map(|place| Some((place.row.as_ref()?.key.as_str(), place.id))).collect();
    let stays: Vec<Option<usize>> = rows.iter().map(|row| taken.get(row.key.as_str()).copied()).collect();
    let gone = before.iter().filter(|place| place.row.is_none() || hand_on);
    let mut free: Vec<usize> = gone.map(|place| place.id).filter(|id| !stays.contains(&Some(*id))).collect();
    if hand_on && !free.is_empty() {
        let focused = focused();
        free.retain(|id| Some(*id) != focused);
    }
    let mut free = free.into_iter();
    let mut unused = before.iter().map(|place| place.id + 1).max().unwrap_or(0)..;
    let mut places: Vec<_> = rows
        .iter()
        .zip(stays)
        .filter_map(|(row, id)| {
            let id = id.or_else(|| free.next()).or_else(|| unused.next())?;
            Some(Place { id, row: Some(Arc::clone(row)) })
        })
        .collect();
    places.extend(free.map(|id| Place { id, row: None }));
    places
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::{AgentExtension, NumberRules};

    use super::*;
    use crate::model::Item;

    fn rows(keys: &[&str]) -> Vec<Arc<RowKeys>> {
        let entry = |key: &&str| {
            let data = json!({"workerFullName": "A", "extensionNumber": key, "workerSid": format!("WK{:032}", 1)});
            let row = AgentExtension::parse(&data, &NumberRules::ANY).expect("a row");
            Arc::new(RowKeys::new(&Item { key: (*key).to_owned(), data, event_id: 1, date_updated: None }, &row))
        };
        keys.iter().map(entry).collect()
    }

    fn told(places: &[Place]) -> Vec<(usize, &str)> {
        places.iter().map(|place| (place.id, place.row.as_ref().map_or("-", |row| row.key.as_str()))).collect()
    }

    #[test]
    fn a_row_that_is_still_there_keeps_its_place() {
        let before = take_places(&[], &rows(&["1", "2", "3"]), false, || None);
        for hand_on in [true, false] {
            let after = take_places(&before, &rows(&["3", "1"]), hand_on, || None);
            assert_eq!(told(&after)[..2], [(2, "3"), (0, "1")]);
        }
    }

    #[test]
    fn while_somebody_types_a_free_place_is_given_to_the_next_row_or_waits() {
        let before = take_places(&[], &rows(&["1", "2", "3"]), false, || None);
        let after = take_places(&before, &rows(&["3", "4"]), true, || None);
        assert_eq!(told(&after), [(2, "3"), (0, "4"), (1, "-")]);
        let more = take_places(&after, &rows(&["3", "4", "5", "6"]), true, || None);
        assert_eq!(told(&more), [(2, "3"), (0, "4"), (1, "5"), (3, "6")]);
    }

    #[test]
    fn at_any_other_time_a_row_that_goes_takes_its_place_with_it() {
        let before = take_places(&[], &rows(&["1", "2"]), false, || None);
        let after = take_places(&before, &rows(&["2", "3"]), false, || None);
        assert_eq!(told(&after), [(1, "2"), (2, "3")]);
    }

    #[test]
    fn the_place_that_has_the_focus_is_given_to_nobody() {
        let before = take_places(&[], &rows(&["1", "2"]), false, || None);
        let after = take_places(&before, &rows(&["2", "3"]), true, || Some(0));
        assert_eq!(told(&after), [(1, "2"), (2, "3")]);
    }
}
