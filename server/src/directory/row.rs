//! One row of an asset as far as it can be told, whatever stands in it. JSON allows what its readers do not take: half of
//! a surrogate pair, numbers beyond every type, values in values without end.
//!
//! Knows nothing of the other rows and of what makes a row lead to an agent.

use std::fmt::Formatter;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use shared::{AgentExtension, UNREADABLE};

/// How large the JSON of a row may be, in bytes: what a Map Item may have, so no draft has a larger one.
/// <https://www.twilio.com/docs/sync/limits>
pub(crate) const LARGEST_ROW: usize = 16 * 1024;
/// How deep values may stand in values: every reader of JSON takes that, also with what stands around a row.
const DEEPEST: usize = 100;

/// What can be told of a row: our fields, each as the text that it is or as what shows that it is none. Of the fields of
/// other tools there is one that can not be read, if there is any, and [`UNREADABLE`] in its place.
pub(super) fn read_row(json: &str) -> Value {
    let fields = json.starts_with('{').then(|| serde_json::from_str(json).ok()).flatten();
    fields.map_or_else(|| read_text(json), |Fields(fields)| Value::Object(fields))
}

/// Whether every reader takes this JSON as it stands.
pub(super) fn is_plain(json: &str) -> bool {
    plain(json).is_some()
}

fn plain(json: &str) -> Option<Value> {
    let json = Some(json).filter(|json| json.len() <= LARGEST_ROW)?;
    serde_json::from_str(json).ok().filter(|value| depth(value) <= DEEPEST)
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// A value that should be a text. Of any other there is no more than shows what it is.
fn read_text(json: &str) -> Value {
    match json.as_bytes().first() {
        Some(b'"') => serde_json::from_str(json)
            .map_or(Value::Null, |LossyText(text)| Value::String(text.chars().take(LARGEST_ROW).collect())),
        Some(b'[') => Value::Array(Vec::new()),
        Some(b'{') => Value::Object(Map::new()),
        // Only a number can be beyond what is read.
        _ => serde_json::from_str(json).unwrap_or_else(|_| Value::from(0)),
    }
}

struct Fields(Map<String, Value>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Fields, A::Error> {
        let (mut fields, mut unreadable) = (Map::new(), None);
        while let Some((LossyText(name), value)) = entries.next_entry::<LossyText, &RawValue>()? {
            if AgentExtension::FIELDS.contains(&name.as_str()) {
                fields.insert(name, read_text(value.get()));
            } else if unreadable.is_none()
                && (name.contains(UNREADABLE) || plain(value.get()).is_none_or(|value| value == UNREADABLE))
            {
                unreadable = Some(name.chars().take(LARGEST_ROW).collect());
            }
        }
        fields.extend(unreadable.map(|name: String| (name, UNREADABLE.into())));
        Ok(Fields(fields))
    }
}

/// A text with U+FFFD in place of what is none, such as half of a surrogate pair.
struct LossyText(String);

impl<'de> Deserialize<'de> for LossyText {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        // As text it would be refused.
        reader.deserialize_bytes(LossyTextVisitor)
    }
}

struct LossyTextVisitor;

impl Visitor<'_> for LossyTextVisitor {
    type Value = LossyText;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<LossyText, E> {
        Ok(LossyText(String::from_utf8_lossy(bytes).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_no_reader_takes_costs_no_field_beside_it() {
        let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
        let long = format!("\"{}\"", "x".repeat(LARGEST_ROW));
        for odd in [r#""\ud83d""#, "1e999", &"9".repeat(5_000), &deep, &long, r#"{"a":["\udc00"]}"#] {
            let row = format!(r#"{{"extensionNumber":"7","note":{odd},"workerSid":"WK1"}}"#);
            assert!(!is_plain(&row) && is_plain(&row.replace(odd, "1e99")), "{odd}");
            assert_eq!(read_row(&row), json!({"extensionNumber": "7", "workerSid": "WK1", "note": UNREADABLE}));
        }
    }

    #[test]
    fn values_stand_in_each_other_no_deeper_than_every_reader_takes_and_beside_each_other_as_they_like() {
        let nested = |[open, close]: [&str; 2], levels| format!("{}1{}", open.repeat(levels), close.repeat(levels));
        for around in [["[", "]"], [r#"{"a":"#, "}"], [r#"[{"a":"#, "}]"]] {
            let levels = DEEPEST / around[1].len();
            assert!(is_plain(&nested(around, levels)), "{around:?}");
            assert!(!is_plain(&nested(around, levels + 1)), "{around:?}");
        }
        assert!(is_plain(&format!("[{}1]", "[],".repeat(DEEPEST + 1))));
    }

    #[test]
    fn a_field_of_ours_is_its_text_or_what_shows_that_it_is_none() {
        for (json, read) in [
            (r#""\u00e9 \ud83d\ude00""#, json!("é 😀")),
            (r#""a\ud83d""#, json!("a\u{fffd}\u{fffd}\u{fffd}")),
            ("77", json!(77)),
            ("1e999", json!(0)),
            ("-1e999", json!(0)),
            ("true", json!(true)),
            ("null", json!(null)),
            (r#"["7"]"#, json!([])),
            (r#"{"a":1e999}"#, json!({})),
        ] {
            assert_eq!(
                read_row(&format!(r#"{{"extensionNumber": {json}}}"#)),
                json!({"extensionNumber": read}),
                "{json}"
            );
            assert_eq!(read_row(json).is_object(), json.starts_with('{'), "{json}");
        }
        let long = read_row(&format!(r#"{{"workerFullName":"{}"}}"#, "x".repeat(100_000)));
        assert_eq!(long["workerFullName"].as_str().map(str::len), Some(LARGEST_ROW));
    }

    #[test]
    fn also_a_name_of_a_field_that_no_reader_takes_costs_no_field_beside_it() {
        let row = read_row(r#"{"\ud83d": 1, "extensionNumber": "7", "\u0077orkerSid": "WK1"}"#);
        assert_eq!((&row["extensionNumber"], &row["workerSid"]), (&json!("7"), &json!("WK1")));
        assert_eq!(row.as_object().unwrap().values().filter(|value| *value == UNREADABLE).count(), 1);
    }
}
