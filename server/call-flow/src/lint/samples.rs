//! Values to render a template with: for an agent who was found, for one who was not, and the longest that can happen.

use serde_json::{Map, Value, json};

use crate::liquid::{LiquidError, render, variables};

/// What to fill a template with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sample {
    /// The lookup found an agent.
    Found,
    /// The lookup answered nothing of use, as the original function did for an unknown extension.
    Missed,
    /// Everything is as long as it can be.
    Longest,
}

/// Renders a template with made-up values for every variable that it names.
pub(super) fn render_with(template: &str, sample: Sample) -> Result<String, LiquidError> {
    let mut values = Map::new();
    for path in variables(template) {
        if let Some(value) = sample.value(path) {
            put(&mut values, path, value);
        }
    }
    render(template, &values)
}

impl Sample {
    fn value(self, path: &str) -> Option<Value> {
        let is_answer = path.contains(".parsed.") || path.starts_with("flow.variables.");
        if self == Self::Missed && is_answer {
            return None;
        }
        let leaf = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let (usual, most) = match leaf.as_str() {
            "found" => return Some(json!(true)),
            // A SID is a SID.
            leaf if leaf.ends_with("sid") => return Some(json!(format!("WK{}", "0".repeat(32)))),
            // Studio gathers 30 digits at most.
            "digits" => ("7777", 30),
            // A telephone number, or the address of a SIP endpoint.
            "from" | "to" | "caller" | "called" => ("+14155550100", 64),
            "speechresult" => ("seven", 500),
            // A reply may hold 64 kB; names and sentences are what they hold in fact.
            _ if path.contains(".parsed.") => ("Jo Doe", 256),
            _ => ("text", 64),
        };
        Some(if self == Self::Longest { json!("7".repeat(most)) } else { json!(usual) })
    }
}

fn put(values: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => _ = values.insert(path.to_owned(), value),
        Some((first, rest)) => {
            let inner = values.entry(first).or_insert_with(|| json!({}));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "{{trigger.call.From}}/{{widgets.l.parsed.workerSID}}/{{widgets.g.Digits}}";

    #[test]
    fn a_miss_leaves_out_what_only_a_lookup_can_know() {
        assert_eq!(render_with(TEMPLATE, Sample::Missed), Ok("+14155550100//7777".to_owned()));
    }

    #[test]
    fn the_longest_values_are_as_long_as_twilio_allows() {
        assert_eq!(render_with(TEMPLATE, Sample::Longest).map(|text| text.len()), Ok(64 + 1 + 34 + 1 + 30));
    }
}
