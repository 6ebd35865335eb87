//! The slots that rows stand in: which row gets which `<tr>`. While somebody types, the slot of a row that is not found
//! any more is reused for another row: its texts change, and its elements stay, which is most of what a keystroke would
//! cost.
//!
//! At any other time a row that goes takes its slot with it, so that nobody finds another row where the focus was.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::RowKeys;

/// A slot, and the row that stands in it; none where it waits, out of sight, for the next one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slot {
    /// Tells it from all other slots that there are.
    pub(super) id: usize,
    pub(super) row: Option<Arc<RowKeys>>,
}

/// The slots for these rows, in their order, and those that wait. `reuse` says whether a slot may be given to another
/// row, and `focused` which one may not, because the focus is in it.
pub(super) fn assign_slots(
    before: &[Slot],
    rows: &[Arc<RowKeys>],
    reuse: bool,
    focused: impl FnOnce() -> Option<usize>,
) -> Vec<Slot> {
    let taken: HashMap<&str, usize> =
        before.iter().filter_map(|slot| Some((slot.row.as_ref()?.key.as_str(), slot.id))).collect();
    let stays: Vec<Option<usize>> = rows.iter().map(|row| taken.get(row.key.as_str()).copied()).collect();
    let gone = before.iter().filter(|slot| slot.row.is_none() || reuse);
    let mut free: Vec<usize> = gone.map(|slot| slot.id).filter(|id| !stays.contains(&Some(*id))).collect();
    if reuse && !free.is_empty() {
        let focused = focused();
        free.retain(|id| Some(*id) != focused);
    }
    let mut free = free.into_iter();
    let mut unused = before.iter().map(|slot| slot.id + 1).max().unwrap_or(0)..;
    let mut slots: Vec<_> = rows
        .iter()
        .zip(stays)
        .filter_map(|(row, id)| {
            let id = id.or_else(|| free.next()).or_else(|| unused.next())?;
            Some(Slot { id, row: Some(Arc::clone(row)) })
        })
        .collect();
    slots.extend(free.map(|id| Slot { id, row: None }));
    slots
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

    fn keys_by_slot(slots: &[Slot]) -> Vec<(usize, &str)> {
        slots.iter().map(|slot| (slot.id, slot.row.as_ref().map_or("-", |row| row.key.as_str()))).collect()
    }

    #[test]
    fn a_row_that_is_still_there_keeps_its_slot() {
        let before = assign_slots(&[], &rows(&["1", "2", "3"]), false, || None);
        for reuse in [true, false] {
            let after = assign_slots(&before, &rows(&["3", "1"]), reuse, || None);
            assert_eq!(keys_by_slot(&after)[..2], [(2, "3"), (0, "1")]);
        }
    }

    #[test]
    fn while_somebody_types_a_free_slot_is_given_to_the_next_row_or_waits() {
        let before = assign_slots(&[], &rows(&["1", "2", "3"]), false, || None);
        let after = assign_slots(&before, &rows(&["3", "4"]), true, || None);
        assert_eq!(keys_by_slot(&after), [(2, "3"), (0, "4"), (1, "-")]);
        let more = assign_slots(&after, &rows(&["3", "4", "5", "6"]), true, || None);
        assert_eq!(keys_by_slot(&more), [(2, "3"), (0, "4"), (1, "5"), (3, "6")]);
    }

    #[test]
    fn at_any_other_time_a_row_that_goes_takes_its_slot_with_it() {
        let before = assign_slots(&[], &rows(&["1", "2"]), false, || None);
        let after = assign_slots(&before, &rows(&["2", "3"]), false, || None);
        assert_eq!(keys_by_slot(&after), [(1, "2"), (2, "3")]);
    }

    #[test]
    fn the_slot_that_has_the_focus_is_given_to_nobody() {
        let before = assign_slots(&[], &rows(&["1", "2"]), false, || None);
        let after = assign_slots(&before, &rows(&["2", "3"]), true, || Some(0));
        assert_eq!(keys_by_slot(&after), [(1, "2"), (2, "3")]);
    }
}
