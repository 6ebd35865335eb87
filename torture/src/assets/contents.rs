//! What other tools deploy in the place of a directory.
//!
//! Knows nothing of what the server makes of it.

/// Nearly as much as an asset may have, in bytes.
const LARGE: usize = 24_000_000;
const OURS: &str = "/extensions.json";

/// What is to come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Nobody published it: callers are answered from what was there before.
    Refused,
    /// Callers are answered from what can be used of it.
    Taken,
    /// It is no asset at all: the Build that is live is removed.
    BuildIsGone,
}

/// An asset.
pub(super) struct Content {
    pub(super) name: &'static str,
    pub(super) path: &'static str,
    pub(super) make: fn() -> Vec<u8>,
    pub(super) outcome: Outcome,
}

const fn refused(name: &'static str, make: fn() -> Vec<u8>) -> Content {
    Content { name, path: OURS, make, outcome: Outcome::Refused }
}

const fn taken(name: &'static str, make: fn() -> Vec<u8>) -> Content {
    Content { name, path: OURS, make, outcome: Outcome::Taken }
}

/// All of them. A seed is a position, so new ones come at the end.
pub(super) const CONTENTS: &[Content] = &[
    refused("nothing at all", Vec::new),
    refused("bytes that are no text", || (0..=255).cycle().take(10_000).collect()),
    refused("a page", || b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>".to_vec()),
    refused("a bare []", || b"[]".to_vec()),
    refused("null", || b"null".to_vec()),
    refused("an object", || b"{\"data\": []}".to_vec()),
    refused("half a file", || GOOD.as_bytes()[..GOOD.len() / 2].to_vec()),
    refused("a comma too many", || GOOD.replace(']', ",]").into_bytes()),
    refused("rows that are all malformed", || br#"[{}, 1, null, "2000", [], {"extensionNumber": 2000}]"#.to_vec()),
    refused("brackets in brackets", || vec![b'['; 1_000_000]),
    Content { name: "another asset", path: "/another.json", make: || GOOD.into(), outcome: Outcome::Refused },
    Content { name: "a Build that is gone", path: OURS, make: Vec::new, outcome: Outcome::BuildIsGone },
    taken("a byte order mark", || format!("\u{feff}{GOOD}").into_bytes()),
    taken("one good row among malformed ones", || GOOD.replacen('[', "[{}, 7, null,", 1).into_bytes()),
    taken("one good row with a name of a megabyte", || GOOD.replace("Bob", &"B".repeat(1_000_000)).into_bytes()),
    refused("24 MB of []", || many("[]", "")),
    refused("24 MB of {}", || many("{}", "")),
    refused("24 MB of numbers", || many("1", "")),
    refused("24 MB of a single text", || format!("[\"{}\"]", "x".repeat(LARGE)).into_bytes()),
    refused("24 MB of nothing but blanks", || vec![b' '; LARGE]),
    // More rows than any directory has.
    refused("24 MB of [] and one good row", || many("[]", GOOD_ROW)),
    refused("24 MB of the same good row", || many(GOOD_ROW, "")),
    taken("24 MB of the same good row with a long name", || many(&GOOD_ROW.replace("Bob", &"B".repeat(60)), "")),
];

/// The agent is another than any that the demo or a supervisor publishes.
const GOOD_ROW: &str = concat!(
    r#"{"workerFullName":"Bob","extensionNumber":"2000","#,
    r#""workerSid":"WKb0bb0bb0bb0bb0bb0bb0bb0bb0bb0bb0"}"#
);
const GOOD: &str = concat!(
    r#"[{"workerFullName":"Bob","extensionNumber":"2000","#,
    r#""workerSid":"WKb0bb0bb0bb0bb0bb0bb0bb0bb0bb0bb0"}]"#
);

/// An array of very many of them, with one that is `different` at the end if there is one.
fn many(one: &str, different: &str) -> Vec<u8> {
    let mut text = String::with_capacity(LARGE + 1_000);
    text.push('[');
    while text.len() < LARGE - one.len() {
        text.push_str(one);
        text.push(',');
    }
    text.push_str(if different.is_empty() { one } else { different });
    text.push(']');
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::world::TOLD_APART_BY;

    #[test]
    fn what_can_be_used_has_the_row_that_tells_directories_apart() {
        let row: Value = serde_json::from_str(GOOD_ROW).unwrap();
        assert_eq!(row["extensionNumber"], TOLD_APART_BY);
        assert_eq!(serde_json::from_str::<Value>(GOOD).unwrap(), Value::Array(vec![row]));
    }

    #[test]
    fn the_small_ones_come_first() {
        let small = CONTENTS.iter().take_while(|content| !content.name.starts_with("24 MB")).count();
        assert_eq!(small as u64, super::super::SMALL);
        assert!(CONTENTS[..small].iter().all(|content| (content.make)().len() < 2_000_000));
    }

    #[test]
    fn the_large_ones_are_as_large_as_an_asset_may_nearly_be() {
        for content in CONTENTS.iter().filter(|content| content.name.starts_with("24 MB")) {
            let size = (content.make)().len();
            assert!((23_900_000..=24_100_000).contains(&size), "{}: {size}", content.name);
        }
    }
}
