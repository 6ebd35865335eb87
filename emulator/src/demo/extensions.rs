//! The extensions of the demo: which numbers, and the rows that the Map and the asset hold.

use serde_json::{Value, json};

use crate::account::CREATED_AT;
use crate::rest::date;
use crate::taskrouter::Worker;

/// Numbers that stay free, so that a demo or a test can assign one and dial the other.
const ALWAYS_FREE: [usize; 2] = [7777, 9999];

/// `count` numbers of the same length: 2000, 2001, ...; longer ones when there are too many for that.
fn numbers(count: usize) -> Vec<usize> {
    let mut first = 2000;
    while first * 4 < count + ALWAYS_FREE.len() {
        first *= 10;
    }
    (first..).filter(|number| !ALWAYS_FREE.contains(number)).take(count).collect()
}

/// One row for each Worker by its extension number, in the form of the Map Item's data.
pub(super) fn rows(workers: &[Worker], editor: &str) -> Vec<(String, Value)> {
    let quarter_hour = 15 * 60 * 1_000_000;
    let mut edited_at = CREATED_AT;
    let numbers = numbers(workers.len());
    let row = |(worker, number): (&Worker, usize)| {
        edited_at += quarter_hour;
        let data = json!({
            "workerFullName": worker.attributes.get("full_name"),
            "extensionNumber": number.to_string(),
            "workerSid": worker.sid,
            "updatedBy": editor,
            "updatedAt": date(edited_at),
        });
        (number.to_string(), data)
    };
    workers.iter().zip(numbers).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_length_and_leave_7777_and_9999_free() {
        assert_eq!(numbers(3), [2000, 2001, 2002]);
        for count in [7998, 7999, 100_000] {
            let numbers = numbers(count);
            assert_eq!(numbers.len(), count);
            assert!(!numbers.contains(&7777) && !numbers.contains(&9999));
            assert_eq!(numbers[0].to_string().len(), numbers[count - 1].to_string().len());
        }
        assert_eq!(numbers(7998)[0], 2000);
        assert_eq!(numbers(8001)[0], 20_000);
    }
}
